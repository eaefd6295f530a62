import type { Random } from './random.js';

/** What belongs to one simulated process: nothing of it runs once it is dead, or while it is frozen. */
export interface Life {
  name: string;
  dead: boolean;
  frozenUntil: number;
}

interface Event {
  at: number;
  tie: number;
  life: Life | null;
  run: () => void;
  cancelled: boolean;
}

/** Virtual time and the one queue of everything that will happen. Events of equal time go in an order the seed decides. */
export class Scheduler {
  now: number;
  events = 0;
  private readonly heap: Event[] = [];

  constructor(start: number, private readonly random: Random) {
    this.now = start;
  }

  /** The answer takes it back; taking back what has happened does nothing. */
  after(delayMs: number, life: Life | null, run: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, Math.round(delayMs)), tie: this.random.next(), life, run, cancelled: false };
    this.push(event);
    return () => {
      event.cancelled = true;
    };
  }

  /** Does `act` after the delay and answers with what came of it. An answer to a dead process never comes. */
  step<T>(delayMs: number, life: Life | null, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.after(delayMs, life, () => {
        try {
          resolve(act());
        } catch (error) {
          reject(error instanceof Error ? error : new Error('unknown failure'));
        }
      });
    });
  }

  /** Runs what happens until `end`; between two events everything that follows from the first is done. False when `stop` said so. */
  async runUntil(end: number, stop: () => boolean): Promise<boolean> {
    for (let next = this.heap[0]; next && next.at <= end; next = this.heap[0]) {
      this.pop();
      if (next.cancelled || next.life?.dead) continue;
      this.now = Math.max(this.now, next.at);
      if (next.life && next.life.frozenUntil > this.now) {
        next.at = next.life.frozenUntil;
        next.tie = this.random.next();
        this.push(next);
        continue;
      }
      this.events += 1;
      next.run();
      await everythingThatFollows();
      if (stop()) return false;
    }
    this.now = Math.max(this.now, end);
    return true;
  }

  private push(event: Event): void {
    const { heap } = this;
    heap.push(event);
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfSooner(at, parent)) break;
      at = parent;
    }
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      const smaller = right < heap.length && this.sooner(right, left) ? right : left;
      if (smaller >= heap.length || !this.swapIfSooner(smaller, at)) break;
      at = smaller;
    }
  }

  private sooner(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    return one !== undefined && other !== undefined && (one.at < other.at || (one.at === other.at && one.tie < other.tie));
  }

  private swapIfSooner(below: number, above: number): boolean {
    const [one, other] = [this.heap[below], this.heap[above]];
    if (!one || !other || !this.sooner(below, above)) return false;
    this.heap[above] = one;
    this.heap[below] = other;
    return true;
  }
}

/** Node runs a tick only when no promise has anything left to do. */
const everythingThatFollows = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
