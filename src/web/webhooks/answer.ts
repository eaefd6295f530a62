import type { Request, RequestHandler } from 'express';
import { errorText } from '../../http/logging.js';
import type { WebDeps } from '../deps.js';

/** What a webhook is answered with: never a body, never a cookie (xero-api 13.1). */
export interface Answer {
  /** 503: not known to be durable; the vendor sends it again. */
  status: 200 | 401 | 404 | 503;
  /** Clio wants the secret of its handshake back in a header. */
  hookSecret?: string;
}

type Deps = Pick<WebDeps, 'clock' | 'log'>;

/** Xero waits five seconds (xero-api 13.1), the way there and back included; Clio does not say how long it waits. */
const WITHIN_MS = 4_000;

/** Whoever cannot be told in time that we have it is told so, and sends it again: a repeat does no harm, and silence gets us switched off. */
export async function inTime({ clock, log }: Deps, receiving: Promise<Answer>): Promise<Answer> {
  const answered = new AbortController();
  const late = clock.sleep(WITHIN_MS, answered.signal).then((): Answer => ({ status: 503 }));
  try {
    return await Promise.race([receiving, late]);
  } catch (error) {
    log.error('a webhook could not be kept', { detail: errorText(error) });
    return { status: 503 };
  } finally {
    answered.abort();
  }
}

/** `refused` stands before every refusal: it counts them and turns away whoever tries too often. */
export function answerWith(deps: Deps, refused: RequestHandler, receive: (request: Request) => Promise<Answer>): RequestHandler {
  return async (request, response) => {
    const { status, hookSecret } = await inTime(deps, receive(request));
    if (hookSecret !== undefined) response.set('x-hook-secret', hookSecret);
    if (status === 401 || status === 404) await refused(request, response, () => response.status(status).end());
    else response.status(status).end();
  };
}
