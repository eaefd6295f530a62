import { createHash } from 'node:crypto';
import { adviceOf, isReason, titleOf, type Reason } from '../core/reasons.js';
import type { HoldRecord } from '../store/records.js';

/** What a choice in the settings cures. */
const CURED_IN_SETTINGS = new Set<Reason>(['ACCOUNT_UNMAPPED', 'ACCOUNT_GONE', 'ACCOUNT_WRONG_KIND', 'TAX_UNMAPPED', 'TAX_GONE', 'TAX_NOT_ALLOWED', 'TAX_RATE_DIFFERS', 'BANK_UNMAPPED', 'BANK_NOT_PAYABLE', 'CREDIT_TREATMENT_NEEDED', 'PERIOD_CLOSED', 'TOTAL_MISMATCH', 'PAUSED']);

/** An open question as pages ask it. `settingsPage`: where the settings are that its bill is sent by. */
export function holdView(hold: HoldRecord, settingsPage: string) {
  const known = isReason(hold.reason) ? hold.reason : 'UNEXPECTED';
  return {
    id: hold.id,
    billId: hold.billId,
    isCost: hold.billId.startsWith('expense:'),
    title: titleOf(known, hold.facts),
    advice: adviceOf(known, hold.facts),
    /** Null where no setting helps. */
    settingsAt: CURED_IN_SETTINGS.has(known) ? settingsPage : null,
    choices: hold.choices,
    asked: askedIn(hold),
    answer: hold.choices.find((choice) => choice.id === hold.answer)?.label ?? hold.answer,
    answeredBy: hold.answeredBy,
    openedAt: hold.openedAt,
    details: Object.entries(hold.facts),
  };
}

/** What stands for the question as somebody reads it: an answer to another than the one that is open counts for nothing. */
export function askedIn({ reason, facts }: Pick<HoldRecord, 'reason' | 'facts'>): string {
  const sorted = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([reason, sorted])).digest('base64url').slice(0, 16);
}
