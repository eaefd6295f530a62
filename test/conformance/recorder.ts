import type { Exchange } from '../../src/sandbox/exchange.js';

/** Keeps every exchange a sandbox shows it: hand `observe` to startClioSandbox or startXeroSandbox. */
export function createRecorder(): { observe: (exchange: Exchange) => void; exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  return { observe: (exchange) => void exchanges.push(exchange), exchanges };
}
