import type { Clock } from '../http/clock.js';
import type { Log } from '../http/logging.js';
import { StaleError, TakenError } from '../store/collection.js';
import { PRIORITY, type Store } from '../store/store.js';
import { catchUpEveryMs, DAY_LEFT } from './catch-up-pace.js';
import { mark, type MarkKind } from './mark-kinds.js';
import { noticesLapsed, UNANNOUNCED } from './notices.js';
import { Rounds } from './rounds.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Round {
  kind: MarkKind;
  id: string;
  everyMs: number;
}

/** What keeps by itself no longer than this. */
const ROUNDS: Round[] = [
  { kind: 'books', id: 'all', everyMs: 6 * HOUR },
  { kind: 'nightly', id: 'all', everyMs: 24 * HOUR },
];

/** Webhooks are renewed at half their life, so a look a day is early enough; while notices have stopped, they are set up again soon. */
const LOOK_AFTER_WEBHOOKS_MS = 24 * HOUR;
const REPAIR_WEBHOOKS_MS = 10 * MINUTE;

/** Before Clio has given up on a notice for lack of an answer, an hour of deliveries must have failed; this is how soon a restart looks. */
const AFTER_START_MS = 5 * MINUTE;

/** Marks every firm's rounds when they are due and sweeps what has outlived its keeping. Several processes may do so: marks coalesce. */
export class Schedule {
  private readonly rounds: Rounds;
  private first = true;

  /** `keepAlive` looks after a firm's sign-ins, which work alone keeps only while there is work; `lookForGaps` after notices that never came. */
  constructor(private readonly deps: { store: Store; clock: Clock; log: Log; keepAlive: (firm: string) => Promise<void>; lookForGaps: () => Promise<void> }) {
    this.rounds = new Rounds(deps, { round: () => this.round(), everyMs: MINUTE, failure: 'schedule failed' });
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One look at the clock; public so that tests and the command line can take it. */
  async round(): Promise<void> {
    const { store, clock } = this.deps;
    const now = new Date(clock.now()).toISOString();
    for (const firm of await store.firms.list('*')) {
      for (const due of [...(await this.byNotices(firm.id)), ...ROUNDS]) await this.markWhenDue(firm.id, due, now);
      await this.deps.keepAlive(firm.id);
    }
    await this.deps.lookForGaps();
    this.first = false;
    await Promise.all([store.tickets.removeBefore(now), store.deliveries.removeBefore(now), store.activity.removeBefore(now), store.alerts.removeBefore(now)]);
  }

  /** What nobody announces is looked for: allocations, credit memos and payments have no webhook, and webhooks get lost while we are down. */
  private async byNotices(firm: string): Promise<Round[]> {
    const { store, clock } = this.deps;
    const [subscriptions, unannounced, dayLeft] = await Promise.all([store.subscriptions.list(firm), store.cursors.get(firm, UNANNOUNCED), store.cursors.get(firm, DAY_LEFT)]);
    const everyMs = catchUpEveryMs(subscriptions, unannounced, dayLeft, clock.now());
    const lapsed = noticesLapsed(subscriptions, unannounced, clock.now());
    return [
      { kind: 'catch-up', id: 'all', everyMs: this.first ? Math.min(AFTER_START_MS, everyMs) : everyMs },
      { kind: 'subscriptions', id: 'clio', everyMs: lapsed ? REPAIR_WEBHOOKS_MS : LOOK_AFTER_WEBHOOKS_MS },
    ];
  }

  private async markWhenDue(firm: string, due: Round, now: string): Promise<void> {
    const { store } = this.deps;
    const id = `round:${due.kind}`;
    const last = await store.cursors.get(firm, id);
    if (last && Date.parse(now) - Date.parse(last.at) < due.everyMs) return;
    await store.marks.want([mark(firm, due.kind, due.id, PRIORITY.sweep)], now);
    try {
      if (last) await store.cursors.replace({ ...last, at: now });
      else await store.cursors.insert({ firm, id, at: now, position: null });
    } catch (error) {
      // Another process looked at the clock in the same moment.
      if (!(error instanceof StaleError || error instanceof TakenError)) throw error;
    }
  }
}
