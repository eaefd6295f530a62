import { LeaseLostError } from '../../src/store/collection.js';
import { dueAt, type Mark, type MarkRequest, type Marks, type Rest } from '../../src/store/store.js';
import { settled } from './memory-collection.js';

/** Marks in memory, with the meaning of src/store/sqlite-marks.ts. */
export class MemoryMarks implements Marks {
  private readonly marks = new Map<string, Mark & { epoch: number }>();
  /** Called whenever something may have become due, for whoever sleeps until then. */
  onChange: () => void = () => undefined;

  want(requests: MarkRequest[], now: string): Promise<void> {
    for (const { firm, kind, id, priority, notBefore, changedAt } of requests) {
      const asked = { priority, notBefore: fixed(notBefore ?? now) };
      const known = this.marks.get(keyOf({ firm, kind, id }));
      if (known && known.wanted > known.done) {
        const soonest = asked.notBefore < known.notBefore ? asked.notBefore : known.notBefore;
        Object.assign(known, { wanted: known.wanted + 1, notBefore: soonest, priority: priority < known.priority ? priority : known.priority, changedAt: newest(known.changedAt, changedAt) });
      } else {
        const fresh = { ...asked, attempts: 0, lastReason: null, firstWantedAt: fixed(now), changedAt: changedAt === undefined ? null : fixed(changedAt) };
        this.marks.set(keyOf({ firm, kind, id }), { firm, kind, id, wanted: (known?.wanted ?? 0) + 1, done: known?.done ?? 0, epoch: known?.epoch ?? 0, restUntil: known?.restUntil ?? null, restless: known?.restless ?? 0, ...fresh });
      }
    }
    this.onChange();
    return Promise.resolve();
  }

  firmsDue(now: string, limit: number): Promise<string[]> {
    const due = this.all().filter((mark) => isOwed(mark) && dueAt(mark) <= fixed(now));
    const order = (firm: string): string => {
      const own = due.filter((mark) => mark.firm === firm);
      return `${Math.min(...own.map((mark) => mark.priority))} ${own.map((mark) => mark.firstWantedAt).sort()[0] ?? ''} ${firm}`;
    };
    const firms = [...new Set(due.map((mark) => mark.firm))].map((firm) => ({ firm, order: order(firm) }));
    return Promise.resolve(firms.sort((a, b) => compare(a.order, b.order)).slice(0, limit).map(({ firm }) => firm));
  }

  due(firm: string, now: string, limit: number): Promise<Mark[]> {
    return Promise.resolve(this.inOrder(firm).filter((mark) => dueAt(mark) <= fixed(now)).slice(0, limit).map(asRead));
  }

  finish(mark: Mark, epoch: number, now: string, rest?: Rest): Promise<void> {
    return settled(() => {
      const known = this.held(mark, epoch);
      Object.assign(known, { done: Math.max(known.done, mark.wanted), attempts: 0, lastReason: null, firstWantedAt: fixed(now) > known.firstWantedAt ? fixed(now) : known.firstWantedAt, restUntil: rest ? fixed(rest.until) : null, restless: rest?.restless ?? 0, epoch });
    });
  }

  postpone(mark: Mark, until: string, reason: string, epoch: number): Promise<void> {
    return settled(() => {
      const known = this.held(mark, epoch);
      Object.assign(known, { notBefore: fixed(until), attempts: known.attempts + 1, lastReason: reason, epoch });
      this.onChange();
    });
  }

  restTogether(firm: string, until: string, since: string): Promise<void> {
    const resting = this.all().filter((mark) => mark.firm === firm && mark.restless > 0 && mark.restUntil !== null && mark.restUntil > fixed(since) && mark.restUntil < fixed(until));
    for (const mark of resting) mark.restUntil = fixed(until);
    return Promise.resolve();
  }

  park(firm: string, until: string, reason: string): Promise<number> {
    const owed = this.inOrder(firm);
    for (const mark of owed) Object.assign(mark, { notBefore: fixed(until) > mark.notBefore ? fixed(until) : mark.notBefore, lastReason: reason });
    return Promise.resolve(owed.length);
  }

  unpark(firm: string, reasons: readonly string[], now: string): Promise<number> {
    const waiting = this.inOrder(firm).filter((mark) => mark.notBefore > fixed(now) && mark.lastReason !== null && reasons.includes(mark.lastReason));
    for (const mark of waiting) mark.notBefore = fixed(now);
    this.onChange();
    return Promise.resolve(waiting.length);
  }

  owed(firm: string): Promise<Mark[]> {
    return Promise.resolve(this.inOrder(firm).map(asRead));
  }

  countOwed(firm: string): Promise<number> {
    return Promise.resolve(this.inOrder(firm).length);
  }

  /** At once, for whoever watches: every mark, owed or not. */
  all(): Mark[] {
    return [...this.marks.values()];
  }

  /** As they are now, for whoever will read them later. */
  copy(): MemoryMarks {
    const copy = new MemoryMarks();
    for (const [key, mark] of this.marks) copy.marks.set(key, { ...mark });
    return copy;
  }

  peek(firm: string, kind: string, id: string): Mark | undefined {
    return this.marks.get(keyOf({ firm, kind, id }));
  }

  /** When the next owed mark may run, in milliseconds UTC; Infinity when nothing is owed. */
  soonest(): number {
    let soonest = Infinity;
    for (const mark of this.marks.values()) if (isOwed(mark)) soonest = Math.min(soonest, Date.parse(dueAt(mark)));
    return soonest;
  }

  private inOrder(firm: string): (Mark & { epoch: number })[] {
    const order = (mark: Mark): string => `${mark.priority} ${mark.firstWantedAt} ${mark.kind} ${mark.id}`;
    return [...this.marks.values()].filter((mark) => mark.firm === firm && isOwed(mark)).sort((a, b) => compare(order(a), order(b)));
  }

  private held(mark: Mark, epoch: number): Mark & { epoch: number } {
    const known = this.marks.get(keyOf(mark));
    if (!known || known.epoch > epoch) throw new LeaseLostError(mark.firm);
    return known;
  }
}

const keyOf = (mark: { firm: string; kind: string; id: string }): string => `${mark.firm}\n${mark.kind}\n${mark.id}`;
const isOwed = (mark: Mark): boolean => mark.wanted > mark.done;
const fixed = (instant: string): string => (instant.length === 24 && instant.endsWith('Z') ? instant : new Date(instant).toISOString());
/** A change at an unknown moment stays unknown. */
const newest = (known: string | null, asked: string | undefined): string | null => (known === null || asked === undefined ? null : fixed(asked) > known ? fixed(asked) : known);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function asRead({ firm, kind, id, wanted, done, priority, notBefore, attempts, lastReason, firstWantedAt, changedAt, restUntil, restless }: Mark): Mark {
  return { firm, kind, id, wanted, done, priority, notBefore, attempts, lastReason, firstWantedAt, changedAt, restUntil, restless };
}
