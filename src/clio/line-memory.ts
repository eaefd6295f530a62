import type { Clock } from '../http/clock.js';
import type { BillWire, LineWire } from './wire.js';

const BELIEVED_MS = 10 * 60_000;
const MOST_BILLS = 2_000;

/**
 * Lines cost a call per bill, so those of a bill whose etag has not moved are not read again for ten minutes. That a change of a line's
 * amount moves the bill's etag is inferred: its totals change with it. A line's mere wording may be up to ten minutes old.
 */
export class LineMemory {
  private readonly known = new Map<string, { etag: string; readAt: number; lines: LineWire[] }>();

  constructor(private readonly clock: Clock) {}

  async linesOf(bill: BillWire, read: () => Promise<LineWire[]>): Promise<LineWire[]> {
    const kept = this.known.get(bill.id);
    if (kept && kept.etag === bill.etag && this.clock.now() - kept.readAt < BELIEVED_MS) return kept.lines;
    const lines = await read();
    this.known.delete(bill.id);
    if (bill.etag !== null) this.known.set(bill.id, { etag: bill.etag, readAt: this.clock.now(), lines });
    const oldest = this.known.keys().next().value;
    if (this.known.size > MOST_BILLS && oldest !== undefined) this.known.delete(oldest);
    return lines;
  }
}
