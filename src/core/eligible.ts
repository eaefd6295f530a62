import { answerTo, hold } from './hold.js';
import { formatAmount, minorUnits } from './money.js';
import type { BillTruth, Hold, Plan } from './plan.js';

export type Eligibility = { go: true } | { go: false; holds: Hold[]; leftOut: Plan['leftOut'] };

const out = (reason: 'NOT_APPROVED_YET' | 'ZERO_BILL' | 'TRUST_REQUEST' | 'BEFORE_CUTOFF' | 'LEFT_OUT_BY_PERSON', facts: Record<string, string> = {}): Eligibility => ({ go: false, holds: [], leftOut: { reason, facts } });
const wait = (...holds: Hold[]): Eligibility => ({ go: false, holds, leftOut: null });

/** Whether a bill that is neither void nor deleted is ours to keep in step, by its kind, state, amount and date. */
export function eligible(truth: BillTruth): Eligibility {
  const { bill, books } = truth;
  const linked = truth.links.find((link) => link.invoiceId !== null);
  if (bill.kind === 'trust') return out('TRUST_REQUEST');
  if (bill.kind === 'unknown') return wait(hold('bill', 'BILL_KIND_UNKNOWN', { number: bill.number }));
  if (bill.state === 'draft' || bill.state === 'awaiting_approval') {
    return linked ? wait(hold('bill', 'BILL_REOPENED', { number: linked.invoiceNumber ?? bill.number })) : out('NOT_APPROVED_YET');
  }
  if (bill.due === 0 && !linked) return out('ZERO_BILL');
  const older = !linked && truth.invoices.length === 0 && createsBeforeCutOff(truth) ? beforeCutOff(truth) : null;
  if (older?.go === false) return older;
  if (bill.due < 0) return wait(hold('bill', 'BILL_NEGATIVE', { amount: formatAmount(bill.due, bill.currency) }));
  if (!bill.client) return wait(hold('bill', 'BILL_NO_CLIENT', { number: bill.number }));
  if (!books.currencies.includes(bill.currency) && books.organisation.baseCurrency !== bill.currency) return wait(hold('bill', 'CURRENCY_NOT_ENABLED', { currency: bill.currency }));
  if (bill.legalAid && !linked) {
    const question = hold('bill', 'BILL_LEGAL_AID', { number: bill.number, client: bill.client.name }, [{ id: 'send', label: `Send it to ${bill.client.name}` }]);
    if (answerTo(truth, question) !== 'send') return wait(question);
  }
  if (tooFine(truth)) return wait(hold('bill', 'BILL_TOO_FINE', { currency: bill.currency }));
  return { go: true };
}

/** Bills older than the firm's start are linked when Xero has them, never made on their own. */
export const createsBeforeCutOff = (truth: BillTruth): boolean => truth.bill.issuedOn < truth.settings.startOn;

/** A bill older than the start with money since the start needs a person; else it is left out. */
export function beforeCutOff(truth: BillTruth): Eligibility {
  const { bill, settings, allocations } = truth;
  const paidSince = allocations.some((each) => each.kind === 'payment' && !each.voided && each.date >= settings.startOn);
  if (!paidSince) return out('BEFORE_CUTOFF', { startOn: settings.startOn });
  const choices = [{ id: 'create', label: 'Create the invoice' }, { id: 'leave-out', label: 'Leave the bill out' }];
  const question = hold('bill', 'PAY_BEFORE_CUTOFF', { number: bill.number, startOn: settings.startOn }, choices);
  const answer = answerTo(truth, question);
  if (answer === 'create') return { go: true };
  return answer === 'leave-out' ? out('LEFT_OUT_BY_PERSON') : wait(question);
}

/** Xero keeps two decimals in every currency, so a third one that is not zero cannot be carried. */
function tooFine({ bill }: BillTruth): boolean {
  const step = 10 ** Math.max(0, minorUnits(bill.currency) - 2);
  const amounts = [bill.due, bill.interest, bill.discount?.amount ?? 0, ...bill.taxes.map((tax) => tax.amount), ...bill.lines.map((line) => line.net)];
  return amounts.some((amount) => amount % step !== 0);
}
