import type { Exchange } from '../../src/sandbox/exchange.js';
import { checkExchange, type Finding } from './check-exchange.js';
import { descriptions } from './described.js';
import { exceptionFor } from './exceptions.js';

export interface Conformance {
  /** Departures nobody has explained, one line each, repeats counted. */
  faults: string[];
  /** Ids of the exceptions that were needed. */
  excepted: string[];
  /** Operations that were seen, as the file names them. */
  operations: string[];
}

/**
 * Holds recorded exchanges against the vendors' OpenAPI files. Only where `filesAreHere` (described.ts).
 * `requests: false`: these requests are wrong on purpose, so only the answers are checked.
 */
export function checkExchanges(exchanges: Exchange[], options: { requests: boolean } = { requests: true }): Conformance {
  const files = descriptions();
  const findings = exchanges.flatMap((exchange) => checkExchange(files, exchange, options));
  const operations = exchanges.map(({ vendor, method, path }) => files.find(vendor, method, path)).flatMap((found) => ('unknown' in found ? [] : [found.name]));
  const unexplained = findings.filter((finding) => !exceptionFor(finding)).map(sentence);
  return {
    faults: [...counted(unexplained)].map(([fault, times]) => (times > 1 ? `${fault} (${times} times)` : fault)),
    excepted: [...new Set(findings.flatMap((finding) => exceptionFor(finding)?.id ?? []))].sort(),
    operations: [...new Set(operations)].sort(),
  };
}

const sentence = (finding: Finding): string =>
  `${finding.vendor} ${finding.operation}: ${finding.part} ${[finding.pointer, finding.name].filter(Boolean).join(' ')}: ${finding.message}`;

function counted(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
