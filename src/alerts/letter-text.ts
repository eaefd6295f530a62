import { adviceOf, isReason, titleOf, type Reason } from '../core/reasons.js';
import type { AlertRecord, Telling } from '../store/alert-schema.js';
import type { FirmRecord } from '../store/records.js';
import { localMoment } from './local-time.js';

export interface LetterText {
  subject: string;
  text: string;
}

/** The words of a letter: plain text, with names of the firm and its organisations and of nobody else. `appUrl`: ours, without a trailing slash. */
export function letterText(alert: AlertRecord, tells: Telling, firm: FirmRecord, appUrl: string): LetterText {
  const { headline, body } = tells === 'digest' ? ofDay(alert, appUrl) : tells === 'solved' ? ofEnd(alert, firm) : ofCause(alert, firm, appUrl);
  const choose = `Which of these letters you get is your choice: ${appUrl}/mail`;
  return { subject: oneLine(`${headline} · ${firm.name}`), text: [headline, body, choose].join('\n\n') + '\n' };
}

function ofCause(alert: AlertRecord, firm: FirmRecord, appUrl: string) {
  const reason = reasonOf(alert);
  return { headline: headlineOf(alert, reason), body: [factsOf(alert, firm), `What to do first: ${adviceOf(reason, alert.facts)}`, `${appUrl}${alert.path}`, 'What waits is kept and goes on by itself afterwards. Another letter says when this is over.'].join('\n\n') };
}

const ofEnd = (alert: AlertRecord, firm: FirmRecord) => ({
  headline: `Over: ${headlineOf(alert, reasonOf(alert))}`,
  body: `${factsOf(alert, firm)}\nOver since: ${localMoment(firm, alert.solvedAt ?? alert.openedAt)}\n\nNothing is left to do about it.`,
});

function ofDay(alert: AlertRecord, appUrl: string) {
  const lines = alert.news.map(({ reason, count }) => `- ${count} × ${isReason(reason) ? titleOf(reason, {}) : titleOf('UNEXPECTED', {})}`);
  const count = alert.news.reduce((total, each) => total + each.count, 0);
  return { headline: count === 1 ? 'One new question waits for you' : `${count} new questions wait for you`, body: [lines.join('\n'), `In all ${alert.count} ${alert.count === 1 ? 'is' : 'are'} open; each says what to do: ${appUrl}${alert.path}`].join('\n\n') };
}

function factsOf({ organisations, facts, count, openedAt }: AlertRecord, firm: FirmRecord): string {
  const amount = facts['amount'];
  return [
    `Firm: ${oneLine(firm.name)}`,
    ...(organisations.length > 0 ? [`Organisation in Xero: ${oneLine(organisations.join(', '))}`] : []),
    ...(amount === undefined ? [] : [`Amount: ${amount}`]),
    ...(count > 1 ? [`Bills: ${count}`] : []),
    `Since: ${localMoment(firm, openedAt)}`,
  ].join('\n');
}

const reasonOf = ({ reason }: AlertRecord): Reason => (reason !== null && isReason(reason) ? reason : 'UNEXPECTED');
const headlineOf = ({ facts }: AlertRecord, reason: Reason): string => titleOf(reason, facts);

/** A name is whatever somebody typed: a line break in one could otherwise begin a header of its own, or a line that we did not write. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
