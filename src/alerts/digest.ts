import { isReason } from '../core/reasons.js';
import { TakenError } from '../store/collection.js';
import type { FirmRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import { lettersTo, sweptAfter, type AlertDeps } from './keep-alerts.js';
import { isDaytime, localTime } from './local-time.js';
import { readersOfDigest, toldAtOnce } from './who-is-told.js';

/** A question is stored a moment after the time it carries; by then it is there for sure. */
const SURELY_STORED_MS = 5 * 60_000;
/** Before the first digest everything is news. */
const EVER = '1970-01-01T00:00:00.000Z';

/**
 * The news of the day, once, in the firm's morning or as soon after as somebody is there to look: questions that came up since the last one and
 * are still open. For those who chose the daily letter also what others were told at once. No news, no letter.
 */
export async function writeDigest(deps: AlertDeps, firm: FirmRecord): Promise<void> {
  const { store, clock } = deps;
  const local = localTime(firm, clock.now());
  const id = `digest:${local.date}`;
  if (!isDaytime(local) || (await store.alerts.get(firm.id, id))) return;
  const [last] = await store.alerts.list(firm.id, { index: 'kind', value: 'digest', newestFirst: true, limit: 1 });
  const until = new Date(clock.now() - SURELY_STORED_MS).toISOString();
  const { questions, alerts, open } = await newsBetween(store, firm.id, last?.openedAt ?? EVER, until);
  const wanted = readersOfDigest(firm).filter(({ choice }) => questions.length > 0 || (choice === 'digest' && alerts.length > 0));
  const letters = lettersTo(wanted, 'digest', new Date(clock.now()).toISOString());
  try {
    await store.alerts.insert({ firm: firm.id, id, kind: 'digest', reason: null, organisations: [], facts: {}, count: open, path: '/inbox', stage: 0, openedAt: until, solvedAt: null, news: tally([...alerts, ...questions]), letters, sweepAt: sweptAfter(clock) });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
}

async function newsBetween(store: Store, firm: string, since: string, until: string): Promise<{ questions: string[]; alerts: string[]; open: number }> {
  const isNew = ({ openedAt }: { openedAt: string }) => openedAt > since && openedAt <= until;
  const [holds, causes] = await Promise.all([store.holds.list(firm, { index: 'open', value: 'open' }), store.alerts.list(firm, { index: 'open', value: 'open' })]);
  const waiting = holds.filter(({ reason }) => isReason(reason) && toldAtOnce(reason).length === 0);
  return { questions: waiting.filter(isNew).map(({ reason }) => reason), alerts: causes.filter(isNew).flatMap(({ reason }) => reason ?? []), open: holds.length };
}

/** How many of each reason, in the order they came. */
const tally = (reasons: string[]): { reason: string; count: number }[] => [...new Set(reasons)].map((reason) => ({ reason, count: reasons.filter((each) => each === reason).length }));
