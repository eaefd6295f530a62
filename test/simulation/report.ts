import { FAULT_TABLE } from './fault-table.js';
import { FAULTS } from './profile.js';
import type { SeedResult } from './run-seed.js';

/** What many runs came to, as it goes from one process to another. */
export interface Summary {
  runs: number;
  events: number;
  hours: number;
  writes: number;
  bills: number;
  injected: Map<string, number>;
  calls: Map<string, number>;
  failures: { seed: number; violations: string[]; story: string[] }[];
}

/** The figures of many runs, for people. */
export class Figures implements Summary {
  runs = 0;
  events = 0;
  hours = 0;
  writes = 0;
  bills = 0;
  readonly injected = new Map<string, number>();
  readonly calls = new Map<string, number>();
  readonly failures: Summary['failures'] = [];

  add(result: SeedResult): void {
    const { seed, violations, injected, calls, events, writes, bills } = result;
    const failures = violations.length > 0 ? [{ seed, violations, story: [...result.history(), JSON.stringify(result.profile)] }] : [];
    this.merge({ runs: 1, events, hours: result.virtualHours, writes, bills, injected, calls, failures });
  }

  merge(other: Summary): void {
    this.runs += other.runs;
    this.events += other.events;
    this.hours += other.hours;
    this.writes += other.writes;
    this.bills += other.bills;
    addUp(this.injected, other.injected);
    addUp(this.calls, other.calls);
    this.failures.push(...other.failures);
  }

  text(seconds: number): string {
    const others = [...this.injected.keys()].filter((each) => !FAULTS.some((fault) => fault === each)).sort();
    const faults = [...FAULTS, ...others].map((fault) => `  ${fault.padEnd(34)} ${this.injected.get(fault) ?? 0}`);
    const table = FAULT_TABLE.map(({ number, says, from }) => `  F${String(number).padEnd(3)}${says.padEnd(58)} ${typeof from === 'string' ? from : from.reduce((sum, each) => sum + (this.injected.get(each) ?? 0), 0)}`);
    const calls = [...this.calls].sort(([, a], [, b]) => b - a).map(([call, count]) => `  ${call.padEnd(30)} ${count}`);
    const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [
      `${this.runs} runs in ${seconds.toFixed(1)} s (${(this.runs / seconds).toFixed(1)} a second), ${this.events} steps, ${Math.round(this.hours)} virtual hours, ${this.bills} bills`,
      `${total(this.injected)} faults and what people did:`, ...faults,
      'by the list of faults:', ...table,
      `${total(this.calls)} calls, ${this.writes} writes that changed something:`, ...calls,
      `${this.failures.length} runs broke an invariant${this.failures.length > 0 ? `: ${this.failures.map(({ seed }) => seed).join(', ')}` : ''}`,
    ].join('\n');
  }
}

function addUp<Key>(sums: Map<Key, number>, more: Map<Key, number>): void {
  for (const [key, count] of more) sums.set(key, (sums.get(key) ?? 0) + count);
}
