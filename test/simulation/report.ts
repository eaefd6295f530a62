import { FAULTS, type Fault } from './profile.js';
import type { SeedResult } from './run-seed.js';

/** The figures of many runs, for people. */
export class Figures {
  runs = 0;
  readonly failed: SeedResult[] = [];
  private events = 0;
  private hours = 0;
  private writes = 0;
  private bills = 0;
  private readonly injected = new Map<Fault, number>();
  private readonly calls = new Map<string, number>();

  add(result: SeedResult): void {
    this.runs += 1;
    this.events += result.events;
    this.hours += result.virtualHours;
    this.writes += result.writes;
    this.bills += result.bills;
    for (const [fault, count] of result.injected) this.injected.set(fault, (this.injected.get(fault) ?? 0) + count);
    for (const [call, count] of result.calls) this.calls.set(call, (this.calls.get(call) ?? 0) + count);
    if (result.violations.length > 0) this.failed.push(result);
  }

  text(seconds: number): string {
    const faults = FAULTS.map((fault) => `  ${fault.padEnd(30)} ${this.injected.get(fault) ?? 0}`);
    const calls = [...this.calls].sort(([, a], [, b]) => b - a).map(([call, count]) => `  ${call.padEnd(30)} ${count}`);
    const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [
      `${this.runs} runs in ${seconds.toFixed(1)} s (${(this.runs / seconds).toFixed(1)} a second), ${this.events} steps, ${Math.round(this.hours)} virtual hours, ${this.bills} bills`,
      `${total(this.injected)} faults:`, ...faults,
      `${total(this.calls)} calls, ${this.writes} writes that changed something:`, ...calls,
      `${this.failed.length} runs broke an invariant${this.failed.length > 0 ? `: ${this.failed.map(({ seed }) => seed).join(', ')}` : ''}`,
    ].join('\n');
  }
}
