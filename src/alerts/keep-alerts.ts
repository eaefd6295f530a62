import { changeRecord } from '../connections/change-record.js';
import { TakenError } from '../store/collection.js';
import { instantOf, type Clock } from '../http/clock.js';
import type { AlertRecord, Letter, Telling } from '../store/alert-schema.js';
import type { FirmRecord } from '../store/records.js';
import type { Store } from '../store/store.js';
import { presentCauses, type Told } from './present-causes.js';
import { readersAtOnce } from './who-is-told.js';

export type AlertDeps = { store: Store; clock: Clock };

const KEPT_MS = 400 * 86_400_000;
export const sweptAfter = (clock: Clock): string => new Date(clock.now() + KEPT_MS).toISOString();

/**
 * Holds what people were told against what is the case, both as stored: what began is told, what is over is told as well. Looking instead of
 * being told means that no crash between a failure and its alert loses one, and that what was over before anybody looked troubles nobody.
 */
export async function keepAlerts(deps: AlertDeps, firm: FirmRecord): Promise<void> {
  const { store, clock } = deps;
  const [{ causes, certain }, open] = await Promise.all([presentCauses(store, firm, clock.now()), store.alerts.list(firm.id, { index: 'open', value: 'open' })]);
  for (const cause of causes) {
    const known = open.find((alert) => alert.id === cause.id);
    if (!known) await begin(deps, firm, cause);
    else if (cause.stage > known.stage) await worsen(deps, firm, known, cause);
  }
  for (const alert of open) {
    if (!causes.some((cause) => cause.id === alert.id) && (await isOver(store, alert, certain))) await end(deps, firm, alert);
  }
}

async function begin(deps: AlertDeps, firm: FirmRecord, cause: Told): Promise<void> {
  const { store, clock } = deps;
  const now = instantOf(clock);
  const { id, ...told } = cause;
  const fields = { ...told, kind: 'cause' as const, openedAt: now, solvedAt: null, news: [], letters: lettersTo(readersAtOnce(firm, cause.reason), 'opened', now), sweepAt: sweptAfter(clock) };
  // It may have come and gone before; whoever else looked at the same moment has begun it.
  if (await changeRecord(store.alerts, firm.id, id, (before) => (before.solvedAt === null ? null : fields))) return;
  try {
    await store.alerts.insert({ firm: firm.id, id, ...fields });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
}

async function worsen({ store, clock }: AlertDeps, firm: FirmRecord, { id }: AlertRecord, { reason, facts, stage }: Told): Promise<void> {
  const now = instantOf(clock);
  await changeRecord(store.alerts, firm.id, id, (alert) => (alert.stage >= stage ? null : { facts, stage, letters: [...alert.letters, ...lettersTo(readersAtOnce(firm, reason), 'worse', now)] }));
}

/** Whoever was told that it began is told that it is over; a letter that has not left yet is replaced by the one that tells both. */
async function end({ store, clock }: AlertDeps, firm: FirmRecord, { id }: AlertRecord): Promise<void> {
  const now = instantOf(clock);
  await changeRecord(store.alerts, firm.id, id, (alert) => {
    if (alert.solvedAt !== null) return null;
    const told = alert.letters.filter((letter) => letter.state !== 'dropped');
    const people = [...new Set(told.map((letter) => letter.to))].map((userId) => ({ userId }));
    return { solvedAt: now, letters: [...alert.letters.filter((letter) => letter.state !== 'owed'), ...lettersTo(people, 'solved', now)] };
  });
}

/** What only a connection that stands can tell of: while it is lost, nobody knows whether this is over. */
const TOLD_BY_CONNECTION = ['CONN_CLIO_RIGHTS', 'CONN_XERO_RIGHTS', 'CONN_XERO_UNUSED'];

/** A refusal at work is over when no work waits for it any more, not already when it is tried again. */
async function isOver(store: Store, { firm, reason }: AlertRecord, certain: boolean): Promise<boolean> {
  if (!TOLD_BY_CONNECTION.includes(reason ?? '')) return true;
  return certain && !(await store.marks.owed(firm)).some((mark) => mark.lastReason === reason);
}

export const lettersTo = (people: { userId: string }[], tells: Telling, now: string): Letter[] =>
  people.map(({ userId }) => ({ id: `${now}:${tells}:${userId}`, to: userId, tells, state: 'owed', attempts: 0, notBefore: now, sentAt: null }));
