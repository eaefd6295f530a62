import type { Clock } from '../src/http/clock.js';

interface Sleeper {
  wakesAt: number;
  wake: () => void;
}

/** Time that moves only when a test says so. Sleepers wake in order; between two wakes the event loop gets its turns. */
export class VirtualClock implements Clock {
  private sleepers: Sleeper[] = [];
  private setBy = 0;

  constructor(private time: number = Date.UTC(2026, 10, 20, 9, 0, 0)) {}

  now(): number {
    return this.time + this.setBy;
  }

  ticks(): number {
    return this.time;
  }

  /** As when a machine's clock is set ahead or, with a negative `ms`, back. */
  set(ms: number): void {
    this.setBy += ms;
  }

  /** How many sleep. */
  get asleep(): number {
    return this.sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.sleepers = this.sleepers.filter((each) => each !== sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakesAt: this.time + ms, wake };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const next = this.sleepers.filter((each) => each.wakesAt <= end).sort((a, b) => a.wakesAt - b.wakesAt)[0];
      if (!next) break;
      this.sleepers = this.sleepers.filter((each) => each !== next);
      this.time = Math.max(this.time, next.wakesAt);
      next.wake();
      await turns();
    }
    this.time = end;
    await turns();
  }

  /** As `advance`, but in one stride: who would have woken several times on the way wakes once, at its end. For times when nothing is under way. */
  async leap(ms: number): Promise<void> {
    this.time += ms;
    await this.advance(0);
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
