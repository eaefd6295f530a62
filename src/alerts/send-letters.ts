import { createHash } from 'node:crypto';
import { changeRecord } from '../connections/change-record.js';
import type { Log } from '../http/logging.js';
import { isReason } from '../core/reasons.js';
import type { AlertRecord, Letter } from '../store/alert-schema.js';
import type { FirmRecord } from '../store/records.js';
import type { AlertDeps } from './keep-alerts.js';
import { letterText } from './letter-text.js';
import { isDaytime, localTime } from './local-time.js';
import { MailError, type SendMail } from './mail-server.js';
import { readersAtOnce, readersOfDigest, type Reader } from './who-is-told.js';

export interface SendDeps extends AlertDeps {
  log: Log;
  send: SendMail;
  appUrl: string;
}

/** One process sends a letter; when it dies at that, another does after this. The reader's programme knows the second by its Message-ID. */
const IN_HAND_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/** Sends what is owed to a firm's people. False when the mail server takes nothing for now: then nobody else's letter need be tried. */
export async function sendLetters(deps: SendDeps, firm: FirmRecord, signal: AbortSignal): Promise<boolean> {
  const { store, clock } = deps;
  for (const alert of await store.alerts.list(firm.id, { index: 'owed', value: 'owed' })) {
    for (const letter of alert.letters) {
      if (signal.aborted) return false;
      const due = letter.state === 'owed' && Date.parse(letter.notBefore) <= clock.now() && (letter.tells !== 'digest' || isDaytime(localTime(firm, clock.now())));
      if (due && !(await sendLetter(deps, firm, alert, letter, signal))) return false;
    }
  }
  return true;
}

async function sendLetter(deps: SendDeps, firm: FirmRecord, alert: AlertRecord, letter: Letter, signal: AbortSignal): Promise<boolean> {
  const reader = readersOf(firm, alert, letter).find(({ userId }) => userId === letter.to);
  if (!reader) {
    await change(deps, alert, letter, { state: 'dropped' });
    return true;
  }
  const taken = await change(deps, alert, letter, { notBefore: later(deps, IN_HAND_MS), attempts: letter.attempts + 1 });
  if (!taken) return true;
  try {
    const first = alert.letters.find((each) => each.to === letter.to && each.tells === 'opened');
    await deps.send({ to: reader.email, ...letterText(alert, letter.tells, firm, deps.appUrl), messageId: messageId(deps, alert, letter), inReplyTo: first && first !== letter ? messageId(deps, alert, first) : null }, signal);
    await change(deps, alert, taken, { state: 'sent', sentAt: later(deps, 0) });
    return true;
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    deps.log.warn('a letter was not sent', { firm: firm.id, id: alert.id, reason: error.kind, detail: error.message });
    await change(deps, alert, taken, error.kind === 'refused' ? { state: 'dropped' } : { notBefore: later(deps, pauseAfter(taken.attempts)) });
    return error.kind !== 'unavailable';
  }
}

/** As things are when it leaves: who lost the role, or chose otherwise, is not written to any more. */
const readersOf = (firm: FirmRecord, { reason }: AlertRecord, { tells }: Letter): Reader[] => (tells === 'digest' ? readersOfDigest(firm) : reason !== null && isReason(reason) ? readersAtOnce(firm, reason) : []);

/** The letter as it now stands; null when somebody else has it. */
async function change({ store }: SendDeps, { firm, id }: AlertRecord, before: Letter, changes: Partial<Letter>): Promise<Letter | null> {
  const untouched = (each: Letter) => each.id === before.id && each.state === 'owed' && each.notBefore === before.notBefore;
  let changed: Letter | null = null;
  await changeRecord(store.alerts, firm, id, (alert) => {
    const letter = alert.letters.find(untouched);
    changed = letter ? { ...letter, ...changes } : null;
    return changed && { letters: alert.letters.map((each) => (each === letter && changed ? changed : each)) };
  });
  return changed;
}

const later = ({ clock }: SendDeps, ms: number): string => new Date(clock.now() + ms).toISOString();
const pauseAfter = (attempts: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 10));

/** The same for every attempt at this letter, so that a second copy is known for one. */
const messageId = ({ appUrl }: SendDeps, { firm, id }: AlertRecord, letter: Letter): string =>
  `<${createHash('sha256').update([firm, id, letter.id].join('|')).digest('hex').slice(0, 32)}@${new URL(appUrl).hostname}>`;
