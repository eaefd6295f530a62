import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { SandboxClock } from '../../clock.js';

export interface Outcome {
  /** 0 when no answer came. */
  status: number;
  /** Why the answer does not count, if it does not. */
  problem: string | undefined;
}

const patience = 5_000;

/** Xero delivers over https only; plain http is for the loopback address, a deviation of this sandbox. */
export function addressProblem(address: string): string | undefined {
  if (!URL.canParse(address)) return 'not an address';
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return undefined;
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? undefined : 'must be https';
}

/** Posts one body and holds the answer to Xero's rules: 5 seconds, no body, no cookie. */
export async function send(clock: SandboxClock, address: string, body: string, signed: string): Promise<Outcome> {
  const problem = addressProblem(address);
  if (problem !== undefined) return { status: 0, problem };
  const answered = new AbortController();
  const given = new AbortController();
  const tooLate = clock.sleep(patience, answered.signal).then((): Outcome => ({ status: 0, problem: 'no answer within 5 seconds' }));
  const outcome = await Promise.race([post(address, body, signed, given.signal), tooLate]);
  answered.abort();
  given.abort();
  return outcome;
}

function post(address: string, body: string, signed: string, signal: AbortSignal): Promise<Outcome> {
  const open = address.startsWith('https:') ? overHttps : overHttp;
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'user-agent': 'Xero/1.0', 'x-xero-signature': signed };
    const sending = open(address, { method: 'POST', headers, signal, agent: false }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => (length += chunk.length));
      response.on('end', () => {
        const cookie = response.headers['set-cookie'] !== undefined;
        resolve({ status: response.statusCode ?? 0, problem: cookie ? 'the answer sets a cookie' : length > 0 ? 'the answer has a body' : undefined });
      });
      response.on('error', () => resolve({ status: 0, problem: 'connection lost' }));
    });
    sending.on('error', (error) => resolve({ status: 0, problem: error.message }));
    sending.end(body);
  });
}
