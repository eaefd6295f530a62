import type { Clock } from '../../src/http/clock.js';

const LOOK_MS = 40;

/** The machine's time, put forward whenever a test says so; whoever sleeps notices within moments. Never goes back. */
export class JumpingClock implements Clock {
  constructor(private ahead = 0) {}

  /** Milliseconds this clock is ahead of the machine's. */
  get aheadMs(): number {
    return this.ahead;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  ticks(): number {
    return this.now();
  }

  jumpTo(aheadMs: number): void {
    this.ahead = Math.max(this.ahead, aheadMs);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const wakesAt = this.now() + ms;
    while (this.now() < wakesAt && signal?.aborted !== true) await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS, wakesAt - this.now())));
  }
}
