import type { Clock } from '../http/clock.js';
import { errorText, type Log } from '../http/logging.js';

/** Takes a round again and again until told to stop, which waits for the one in hand. What goes wrong in one is logged; the next comes all the same. */
export class Rounds {
  private readonly drain = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** `everyMs`: the pause between two rounds. `failure`: what the log says of one that failed. */
  constructor(private readonly deps: { clock: Clock; log: Log }, private readonly rounds: { round: () => Promise<void>; everyMs: number; failure: string; pauseFirst?: boolean }) {}

  /** Aborted when told to stop. */
  get stopping(): AbortSignal {
    return this.drain.signal;
  }

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.drain.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { round, everyMs, failure, pauseFirst } = this.rounds;
    if (pauseFirst) await this.pause(everyMs);
    while (!this.drain.signal.aborted) {
      try {
        await round();
      } catch (error) {
        this.deps.log.error(failure, { detail: errorText(error) });
      }
      await this.pause(everyMs);
    }
  }

  private pause(ms: number): Promise<void> {
    return this.deps.clock.sleep(ms, this.drain.signal);
  }
}
