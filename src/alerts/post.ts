import type { FirmRecord } from '../store/records.js';
import { errorText } from '../http/logging.js';
import { Rounds } from '../jobs/rounds.js';
import { writeDigest } from './digest.js';
import { keepAlerts } from './keep-alerts.js';
import { sendLetters, type SendDeps } from './send-letters.js';

const LOOKS_EVERY_MS = 30_000;

/**
 * Tells people by mail. It works beside everything else, on what the store says, and what goes wrong here holds up nothing but letters.
 * Several processes may do so: each alert, and each letter, is taken by one of them.
 */
export class Post {
  private readonly rounds: Rounds;

  constructor(private readonly deps: SendDeps) {
    // Not at once after a start: what only lasted while nobody was here mends itself first.
    this.rounds = new Rounds(deps, { round: () => this.round(), everyMs: LOOKS_EVERY_MS, failure: 'nobody could be told by mail', pauseFirst: true });
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One look at every firm; public so that tests can take it. */
  async round(): Promise<void> {
    let serverTakes = true;
    for (const firm of await this.deps.store.firms.list('*')) {
      if (this.rounds.stopping.aborted) return;
      serverTakes = await this.look(firm, serverTakes);
    }
  }

  /** One firm's trouble is not another's. */
  private async look(firm: FirmRecord, serverTakes: boolean): Promise<boolean> {
    try {
      await keepAlerts(this.deps, firm);
      await writeDigest(this.deps, firm);
      return serverTakes && (await sendLetters(this.deps, firm, this.rounds.stopping));
    } catch (error) {
      this.deps.log.error('the people of a firm could not be told by mail', { firm: firm.id, detail: errorText(error) });
      return serverTakes;
    }
  }
}
