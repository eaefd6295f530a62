import { AsyncLocalStorage } from 'node:async_hooks';
import axios from 'axios';

/** What really went over the wire during one SDK call. */
export interface Exchange {
  reply: { status: number; headers: Record<string, string>; body: unknown } | null;
  /** Why no answer came, as Node or axios name it, e.g. ECONNREFUSED. */
  failureCode: string | null;
}

interface OpenExchange extends Exchange {
  timeoutMs: number;
}

/**
 * The SDK speaks through axios' default instance and offers no hook of its own: it sets no time-out, drops fields its models do
 * not know, turns texts that look like dates into dates, and rejects answers it cannot convert although they were carried out.
 * So each of our calls opens an exchange, and two interceptors, blind to everybody else's requests, set the deadline and
 * keep the untouched answer. The SDK then gets an empty body to convert.
 */
const open = new AsyncLocalStorage<OpenExchange>();

axios.interceptors.request.use((config) => {
  const exchange = open.getStore();
  if (!exchange) return config;
  // A deadline for the whole exchange; axios' own timeout only watches for silence.
  config.signal = AbortSignal.timeout(exchange.timeoutMs);
  config.maxRedirects = 0;
  config.maxContentLength = 50_000_000;
  config.proxy = false;
  config.validateStatus = () => true;
  return config;
});

axios.interceptors.response.use(
  (response) => {
    const exchange = open.getStore();
    if (!exchange) return response;
    const body: unknown = response.data;
    exchange.reply = { status: response.status, headers: plain(response.headers), body };
    response.data = undefined;
    return response;
  },
  (error: unknown) => {
    const exchange = open.getStore();
    if (exchange) exchange.failureCode = axios.isAxiosError(error) ? (error.code ?? 'no code') : 'unexpected failure';
    throw error instanceof Error ? error : new Error('Request failed');
  },
);

/** Runs one SDK call. Throws only what the SDK throws before anything is sent, which is a mistake of the caller. */
export async function exchange(timeoutMs: number, call: () => Promise<unknown>): Promise<Exchange> {
  const result: OpenExchange = { timeoutMs, reply: null, failureCode: null };
  try {
    await open.run(result, call);
  } catch (error) {
    // The SDK rejects with texts and plain objects for anything that happened on the wire; the interceptors saw that already.
    if (error instanceof Error && !result.reply && !result.failureCode) throw error;
  }
  return result;
}

function plain(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]: [string, unknown]) => [name.toLowerCase(), String(value)]));
}
