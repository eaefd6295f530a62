import { adviceOf, isReason, titleOf } from '../core/reasons.js';
import type { HoldRecord } from '../store/records.js';

/** An open question as pages ask it. */
export function holdView(hold: HoldRecord) {
  const known = isReason(hold.reason) ? hold.reason : 'UNEXPECTED';
  return {
    id: hold.id,
    billId: hold.billId,
    title: titleOf(known, hold.facts),
    advice: adviceOf(known, hold.facts),
    choices: hold.choices,
    answer: hold.choices.find((choice) => choice.id === hold.answer)?.label ?? hold.answer,
    answeredBy: hold.answeredBy,
    openedAt: hold.openedAt,
    details: Object.entries(hold.facts),
  };
}
