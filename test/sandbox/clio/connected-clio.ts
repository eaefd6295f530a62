import { z } from 'zod';
import { startClioSandbox, type ClioSandbox, type ClioSandboxOptions } from '../../../src/sandbox/clio/start.js';
import { VirtualClock } from '../../virtual-clock.js';

export const REDIRECT = 'http://127.0.0.1:9/callback?from=clio';
const Tokens = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.number(), token_type: z.literal('bearer') });

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A sandbox with one app registered and the first user's token, and the plainest of clients. */
export class ConnectedClio {
  private constructor(
    readonly sandbox: ClioSandbox,
    readonly clock: VirtualClock,
    public token: string,
  ) {}

  static async start(options: Partial<ClioSandboxOptions> = {}): Promise<ConnectedClio> {
    const clock = new VirtualClock();
    const sandbox = await startClioSandbox({ clock, ...options, switches: { rateLimit: null, ...options.switches } });
    sandbox.control.registerApp({ clientId: 'key', clientSecret: 'shh', name: 'Tieout', redirectUris: [REDIRECT], addToClioUrl: 'http://127.0.0.1:9/add', appUrl: 'http://127.0.0.1:9/' });
    const clio = new ConnectedClio(sandbox, clock, '');
    clio.token = (await clio.tokensFor(0)).access_token;
    return clio;
  }

  get control() {
    return this.sandbox.control;
  }

  userId(index: number): number {
    return this.control.users()[index]?.id ?? 0;
  }

  async tokensFor(index: number): Promise<z.infer<typeof Tokens>> {
    const code = this.control.authorize('key', this.userId(index), REDIRECT);
    return Tokens.parse((await this.askForToken({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).body);
  }

  askForToken(form: Record<string, string>): Promise<Answer> {
    return this.send('/oauth/token', { method: 'POST', body: new URLSearchParams({ client_id: 'key', client_secret: 'shh', ...form }) });
  }

  get(path: string, headers: Record<string, string> = {}, token = this.token): Promise<Answer> {
    return this.send(/^(\/|http)/.test(path) ? path : `/api/v4/${path}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
  }

  write(method: string, path: string, data?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(`/api/v4/${path}`, {
      method, headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json', ...headers }, ...(data === undefined ? {} : { body: JSON.stringify({ data }) }),
    });
  }

  async send(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(new URL(path, this.sandbox.url), { redirect: 'manual', ...init });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  }
}

const One = z.object({ data: z.record(z.string(), z.unknown()) });
const Many = z.object({ data: z.array(z.record(z.string(), z.unknown())), meta: z.object({ paging: z.object({ next: z.string().optional(), previous: z.string().optional() }), records: z.number() }) });

export function one(answer: Answer): Record<string, unknown> {
  return One.parse(answer.body).data;
}

export function many(answer: Answer): z.infer<typeof Many> {
  return Many.parse(answer.body);
}
