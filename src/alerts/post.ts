import type { FirmRecord } from '../store/records.js';
import { errorText } from '../http/logging.js';
import { writeDigest } from './digest.js';
import { keepAlerts } from './keep-alerts.js';
import { sendLetters, type SendDeps } from './send-letters.js';

const LOOKS_EVERY_MS = 30_000;

/**
 * Tells people by mail. It works beside everything else, on what the store says, and what goes wrong here holds up nothing but letters.
 * Several processes may do so: each alert, and each letter, is taken by one of them.
 */
export class Post {
  private readonly drain = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly deps: SendDeps) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.drain.abort();
    await this.running;
  }

  /** Not at once after a start: what only lasted while nobody was here mends itself first. */
  private async loop(): Promise<void> {
    const { clock, log } = this.deps;
    for (;;) {
      await clock.sleep(LOOKS_EVERY_MS, this.drain.signal);
      if (this.drain.signal.aborted) return;
      await this.round().catch((error: unknown) => {
        log.error('nobody could be told by mail', { detail: errorText(error) });
      });
    }
  }

  /** One look at every firm; public so that tests can take it. */
  async round(): Promise<void> {
    let serverTakes = true;
    for (const firm of await this.deps.store.firms.list('*', { limit: 10_000 })) {
      if (this.drain.signal.aborted) return;
      serverTakes = await this.look(firm, serverTakes);
    }
  }

  /** One firm's trouble is not another's. */
  private async look(firm: FirmRecord, serverTakes: boolean): Promise<boolean> {
    try {
      await keepAlerts(this.deps, firm);
      await writeDigest(this.deps, firm);
      return serverTakes && (await sendLetters(this.deps, firm, this.drain.signal));
    } catch (error) {
      this.deps.log.error('the people of a firm could not be told by mail', { firm: firm.id, detail: errorText(error) });
      return serverTakes;
    }
  }
}
