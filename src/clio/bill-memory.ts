import type { Clock } from '../http/clock.js';
import type { AllocationWire, BillWire, LineWire } from './wire.js';

const LINES_BELIEVED_MS = 10 * 60_000;
const ALLOCATIONS_BELIEVED_MS = 60_000;
const MOST_BILLS = 2_000;

interface Kept<T> {
  stamp: string;
  readAt: number;
  rows: T[];
}

/**
 * Lines and allocations cost a call per bill. Lines of a bill whose etag has not moved are not read again for ten minutes: that a change of a
 * line's amount moves the bill's etag is inferred, as its totals change with it; mere wording may be that old. Allocations are believed for a
 * minute while etag, paid, credits and balance all stand still; whether a payment moves the etag is not known (C8).
 */
export class BillMemory {
  private readonly lines = new Map<string, Kept<LineWire>>();
  private readonly allocations = new Map<string, Kept<AllocationWire>>();
  private readonly settled = new Map<string, string>();

  constructor(private readonly clock: Clock) {}

  /** To be told of every bill that was read. */
  saw(bill: BillWire): void {
    put(this.settled, bill.id, JSON.stringify([bill.etag, bill.paid, bill.credits_issued, bill.balance, bill.state]));
  }

  async linesOf(bill: BillWire, read: () => Promise<LineWire[]>): Promise<LineWire[]> {
    return this.remembered(this.lines, bill.id, bill.etag, LINES_BELIEVED_MS, read);
  }

  async allocationsOf(billId: string, read: () => Promise<AllocationWire[]>): Promise<AllocationWire[]> {
    return this.remembered(this.allocations, billId, this.settled.get(billId) ?? null, ALLOCATIONS_BELIEVED_MS, read);
  }

  private async remembered<T>(memory: Map<string, Kept<T>>, id: string, stamp: string | null, believedMs: number, read: () => Promise<T[]>): Promise<T[]> {
    const kept = memory.get(id);
    if (kept && kept.stamp === stamp && this.clock.now() - kept.readAt < believedMs) return kept.rows;
    const readAt = this.clock.now();
    const rows = await read();
    if (stamp !== null) put(memory, id, { stamp, readAt, rows });
    return rows;
  }
}

/** Keeps the newest; the oldest makes room. */
function put<T>(memory: Map<string, T>, id: string, value: T): void {
  memory.delete(id);
  memory.set(id, value);
  const oldest = memory.keys().next().value;
  if (memory.size > MOST_BILLS && oldest !== undefined) memory.delete(oldest);
}
