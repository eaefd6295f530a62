import { accountForKind } from './account-for.js';
import type { Allocation } from './allocation.js';
import { addDays, formatDate } from './calendar.js';
import { withTotals } from './bill-to-invoice.js';
import { creditNumberFor, creditReference, freeCreditNumber } from './credit-facts.js';
import { badDebtLines, type CreditLines, reductionLines } from './credit-lines.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import type { CreditLink } from './link.js';
import { formatAmount } from './money.js';
import { isClosedDay, isHistory, markerOf } from './payment-facts.js';
import { refundBank, type Lowered } from './refunds.js';
import type { CreditTreatment } from './settings.js';
import { rememberedTreatment, treatmentChoices, treatmentIn } from './credit-treatment.js';
import type { BillTruth, Hold, Step } from './plan.js';

/** The credit note for a credit Clio has and Xero lacks, over its whole amount; or what keeps it from being made. */
export function composeCredit(truth: BillTruth, allocation: Allocation, invoices: Invoice[], { tried, lowered }: { tried: CreditLink | undefined; lowered: Lowered[] }): { steps: Step[]; holds: Hold[] } {
  const { bill } = truth;
  const about = `credit:${allocation.clioId}`;
  const amount = formatAmount(allocation.amount, bill.currency);
  const unready = invoices.find((invoice) => invoice.status === 'draft' || invoice.status === 'submitted');
  const [main] = invoices;
  if (!main) return held();
  if (unready) return held(hold(about, 'CREDIT_INVOICE_NOT_READY', { number: unready.number, amount }));
  const bank = refundBank(truth, lowered, allocation, about);
  if (bank && !bank.ok) return held(bank.hold);
  const treatment = bank ? { ok: true as const, is: 'refund' as const } : treatmentOf(truth, allocation, about, amount);
  if (!treatment.ok) return held(treatment.hold);
  const lines = linesFor(truth, allocation, invoices, treatment.is, about);
  const day = creditDay(truth, allocation.date, about);
  if (!lines.ok) return held(lines.hold);
  if (!day.ok) return held(day.hold);
  const number = freeCreditNumber(truth, tried?.origin === 'clio' ? tried.number : creditNumberFor(main.number, allocation.clioId));
  const reference = creditReference(truth, markerOf(allocation.clioId));
  const note = { number, reference, contactXeroId: main.contactId, currency: main.currency, date: day.date, status: 'authorised' as const, ...withTotals(lines.lines) };
  return { steps: [{ do: 'create-credit-note', linkId: `credit:c${allocation.clioId}`, allocationId: allocation.clioId, note, treatment: treatment.is, cut: null }], holds: [] };
}

/** A discount is what it is; all else is the firm's choice, made once for all or for the client, or asked per credit. */
function treatmentOf(truth: BillTruth, allocation: Allocation, about: string, amount: string): { ok: true; is: CreditTreatment } | { ok: false; hold: Hold } {
  const older = isHistory(truth, allocation);
  if (allocation.asDiscount && !older) return { ok: true, is: 'reduction' };
  const remembered = rememberedTreatment(truth.settings, truth.bill.client?.clioId ?? null);
  if (remembered !== null && !older) return { ok: true, is: remembered };
  const question = hold(about, 'CREDIT_TREATMENT_NEEDED', { amount, number: truth.bill.number, kind: KIND[allocation.creditKind ?? 'unknown'] }, treatmentChoices(older ? [] : mayBeKept(truth)));
  const answer = answerTo(truth, question);
  return answer === null ? { ok: false, hold: question } : { ok: true, is: treatmentIn(answer) };
}

/** Bad debts need their account before they can be the rule. */
const mayBeKept = ({ settings }: BillTruth): CreditTreatment[] => (settings.credits.badDebtAccount === null ? ['reduction'] : ['reduction', 'bad-debt']);

const KIND = { credit_note: 'credit note', write_off: 'write-off', unknown: 'credit' };

function linesFor(truth: BillTruth, allocation: Allocation, invoices: Invoice[], treatment: CreditTreatment | 'refund', about: string): CreditLines {
  const number = invoices.map((invoice) => invoice.number).join(', ');
  if (treatment === 'bad-debt') return badDebtLines(truth, allocation.amount, `Bad debt, invoice ${number}`, about);
  if (treatment === 'refund') return { ok: true, lines: reductionLines(invoices, allocation.amount, `Refund, invoice ${number}`, null) };
  if (!allocation.asDiscount || truth.settings.income.discountAccount === null) return { ok: true, lines: reductionLines(invoices, allocation.amount, `Credit on invoice ${number}`, null) };
  const found = accountForKind('discount', truth.settings, truth.books);
  return found.ok ? { ok: true, lines: reductionLines(invoices, allocation.amount, `Discount on invoice ${number}`, found.account) } : { ok: false, hold: { ...found.hold, about } };
}

/** The credit's own day, or what the firm wants where that is closed. */
export function creditDay(truth: BillTruth, date: string, about: string): { ok: true; date: string } | { ok: false; hold: Hold } {
  const lock = truth.books.lockedThrough;
  if (lock === null || !isClosedDay(date, truth)) return { ok: true, date };
  if (truth.settings.lockPolicy === 'first-open-day') return { ok: true, date: addDays(lock, 1) };
  return { ok: false, hold: hold(about, 'PERIOD_CLOSED', { date: formatDate(date), lockedThrough: formatDate(lock) }) };
}

const held = (...holds: Hold[]): { steps: Step[]; holds: Hold[] } => ({ steps: [], holds });
