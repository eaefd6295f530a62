import { formatDate, isClosed } from './calendar.js';
import type { CostDocument } from './cost-document.js';
import { type AgreedCost, type CostKind, costMarkedIn, type Expense, type ExpenseLink, lineMarkedIn } from './expense.js';
import type { ExpensePlan, ExpenseStep, ExpenseTruth } from './expense-plan.js';
import { expenseToDocument, figuresOf, type NewCostDocument, referenceFor } from './expense-to-document.js';
import { answerTo, hold } from './hold.js';
import { formatAmount } from './money.js';
import type { Hold } from './plan.js';

/** What to do about one cost entered in Clio. No clock, no calls; carrying it out and planning again comes to rest. */
export function planExpense(truth: ExpenseTruth): ExpensePlan {
  const { expense, link, settings } = truth;
  if (settings.costs.hard === 'off' || truth.since === null || link?.ended === true || link?.origin === 'xero') return plan([]);
  const known = link?.agreed && link.documentId !== null ? { ...link, agreed: link.agreed, documentId: link.documentId } : null;
  if (!expense) return known ? planGone(truth, known) : plan([]);
  return known ? planKnown(truth, expense, known) : planNew(truth, expense);
}

type Known = ExpenseLink & { agreed: AgreedCost; documentId: string };

function planNew(truth: ExpenseTruth, expense: Expense): ExpensePlan {
  // The marker alone proves it as well: what we brought from Xero never goes back there.
  if (!expense.isHardCost || expense.amount === 0 || lineMarkedIn(expense) !== null) return plan([]);
  if (truth.since === null || expense.createdAt < truth.since || expense.date < truth.settings.startOn) return plan([]);
  const made = truth.documents.filter((document) => document.live && costMarkedIn(document.reference) === expense.clioId);
  const [only, ...twins] = made;
  if (twins.length > 0) return plan([], [hold('cost', 'COST_TWIN', { marker: referenceFor(expense) })]);
  if (only) return plan([adoption(expense, only)]);
  return planDocument(truth, expense);
}

/** What stands in Xero is what was agreed; if Clio says otherwise by now, the next look at both brings it over. */
function adoption(expense: Expense, document: CostDocument): ExpenseStep {
  const agreed: AgreedCost = { ...figuresOf(expense), amount: document.total, accountCode: document.lines[0]?.accountCode ?? null };
  return { do: 'adopt-document', kind: document.kind, documentId: document.xeroId, reference: document.reference ?? '', agreed };
}

function planDocument(truth: ExpenseTruth, expense: Expense): ExpensePlan {
  const kind: CostKind = truth.settings.costs.hard === 'spend' ? 'spend' : 'bill';
  if (expense.amount < 0) return plan([], [hold('cost', 'COST_NEGATIVE', { amount: formatAmount(expense.amount, expense.currency) })]);
  const composed = expenseToDocument(truth, expense, kind, referenceFor(expense));
  const holds = [...rights(truth, kind), ...(composed.ok ? [] : composed.holds)];
  if (holds.length > 0 || !composed.ok) return plan([], holds);
  return withSupplier(truth, expense, { do: 'create-document', document: composed.document, agreed: composed.agreed });
}

/** The supplier first, and in review mode nothing before a person has seen it. */
function withSupplier(truth: ExpenseTruth, expense: Expense, step: ExpenseStep): ExpensePlan {
  if (!truth.supplier && !truth.vendor) return plan([], [hold('supplier', 'SUPPLIER_UNKNOWN', { cost: inWords(expense) })]);
  const next: ExpenseStep = truth.supplier || !truth.vendor ? step : { do: 'ensure-supplier', vendor: truth.vendor };
  return reviewed(truth, figuresOf(expense), next, expense.vendor?.name ?? '');
}

function reviewed(truth: ExpenseTruth, cost: { amount: number; currency: string; date: string }, step: ExpenseStep, supplier: string): ExpensePlan {
  if (truth.settings.mode !== 'review') return plan([step]);
  const facts = { change: step.do === 'remove-document' ? 'remove' : 'enter', cost: formatAmount(cost.amount, cost.currency), date: formatDate(cost.date), supplier };
  const question = hold('review', 'READY_FOR_REVIEW', facts, [{ id: 'go', label: step.do === 'remove-document' ? 'Remove it in Xero' : 'Enter it in Xero' }]);
  return answerTo(truth, question) === 'go' ? plan([step]) : plan([], [question]);
}

function planKnown(truth: ExpenseTruth, expense: Expense, link: Known): ExpensePlan {
  const document = truth.documents.find((each) => each.xeroId === link.documentId);
  if (!document?.live) return document || truth.mayUseBanks || link.kind === 'bill' ? planRemoved(truth, expense, link) : plan([], rights(truth, link.kind));
  const twin = truth.documents.find((each) => each.live && each.xeroId !== link.documentId && costMarkedIn(each.reference) === expense.clioId);
  if (twin) return plan([], [hold('cost', 'COST_TWIN', { marker: twin.reference ?? '' })]);
  if (sameFigures(expense, link.agreed)) return document.total === link.agreed.amount ? plan([]) : plan([], [differs(expense, document)]);
  const composed = expenseToDocument(truth, expense, link.kind, document.reference ?? '');
  if (!composed.ok) return plan([], composed.holds);
  const wanted = withCodingOf(document, link, composed.document);
  if (agrees(truth, wanted, document)) return plan([{ do: 'agree', agreed: { ...composed.agreed, accountCode: link.agreed.accountCode } }]);
  if (document.final) return plan([], [hold('cost', 'COST_FINAL', { clio: inWords(expense), xero: formatAmount(document.total, document.currency) })]);
  const [line, ...others] = document.lines;
  if (!line || others.length > 0 || line.tax !== 0 || document.total !== link.agreed.amount) return plan([], [differs(expense, document)]);
  return withSupplier(truth, expense, { do: 'update-document', documentId: link.documentId, document: wanted, lineIds: [line.xeroId], agreed: composed.agreed });
}

/** Coding that people changed in Xero is theirs, and stays through a change of the amount. */
function withCodingOf({ lines: [line] }: CostDocument, link: Known, wanted: NewCostDocument): NewCostDocument {
  if (!line || line.accountCode === null || line.accountCode === link.agreed.accountCode) return wanted;
  const coding = { accountCode: line.accountCode, ...(line.taxType === null ? {} : { taxType: line.taxType }), tracking: line.tracking };
  return wanted.kind === 'spend'
    ? { ...wanted, transaction: { ...wanted.transaction, lines: wanted.transaction.lines.map((each) => ({ ...each, ...coding })) } }
    : { ...wanted, bill: { ...wanted.bill, lines: wanted.bill.lines.map((each) => ({ ...each, ...coding })) } };
}

function agrees(truth: ExpenseTruth, wanted: NewCostDocument, document: CostDocument): boolean {
  const { contactXeroId, date, currency, total, lines } = wanted.kind === 'spend' ? wanted.transaction : wanted.bill;
  const coding = (list: { accountCode: string | null; tracking: { optionId: string }[] }[]): string => JSON.stringify(list.map((line) => [line.accountCode, line.tracking.map((each) => each.optionId).sort()]));
  return truth.supplier !== null && contactXeroId === document.contactId && date === document.date && currency === document.currency && total === document.total && coding(lines) === coding(document.lines);
}

function planRemoved(truth: ExpenseTruth, expense: Expense, link: Known): ExpensePlan {
  // Named, so that an answer about this document says nothing about the next one, which a read that lags may not show yet.
  const question = hold('cost', 'COST_REMOVED_IN_XERO', { cost: inWords(expense), document: link.documentId }, [{ id: 'recreate', label: 'Enter it in Xero again' }, { id: 'accept', label: 'Accept that it is gone' }]);
  const answer = answerTo(truth, question);
  if (answer === 'accept') return plan([{ do: 'end-link' }]);
  if (answer === null) return plan([], [question]);
  const again = truth.documents.find((document) => document.live && document.xeroId !== link.documentId && costMarkedIn(document.reference) === expense.clioId);
  return again ? plan([adoption(expense, again)]) : planDocument(truth, expense);
}

/** Deleted in Clio: its document goes too, as long as nobody built on it. */
function planGone(truth: ExpenseTruth, link: Known): ExpensePlan {
  const document = truth.documents.find((each) => each.xeroId === link.documentId);
  if (!document && link.kind === 'spend' && !truth.mayUseBanks) return plan([], rights(truth, link.kind));
  if (!document?.live) return plan([{ do: 'end-link' }]);
  const { agreed } = link;
  const xero = formatAmount(document.total, document.currency);
  if (document.final) return plan([], [hold('cost', 'COST_FINAL', { clio: 'no such cost any more', xero })]);
  if (document.total !== agreed.amount || document.lines.length > 1) return plan([], [hold('cost', 'COST_CHANGED_IN_XERO', { clio: 'no such cost any more', xero })]);
  const { lockedThrough } = truth.books;
  if (isClosed(document.date, lockedThrough)) return plan([], [hold('date', 'PERIOD_CLOSED', { date: formatDate(document.date), lockedThrough: formatDate(lockedThrough ?? document.date) })]);
  return reviewed(truth, agreed, { do: 'remove-document', kind: document.kind, documentId: document.xeroId, asDraft: document.draft }, '');
}

function rights({ mayUseBanks }: ExpenseTruth, kind: CostKind): Hold[] {
  return kind === 'spend' && !mayUseBanks ? [hold('rights', 'CONN_XERO_COSTS')] : [];
}

const differs = (expense: Expense, document: CostDocument): Hold => hold('cost', 'COST_CHANGED_IN_XERO', { clio: inWords(expense), xero: formatAmount(document.total, document.currency) });

function sameFigures(expense: Expense, agreed: AgreedCost): boolean {
  const now = figuresOf(expense);
  return now.amount === agreed.amount && now.currency === agreed.currency && now.date === agreed.date && now.matterId === agreed.matterId && now.vendorId === agreed.vendorId && now.categoryId === agreed.categoryId;
}

const inWords = ({ amount, currency, date }: Pick<Expense, 'amount' | 'currency' | 'date'>): string => `${formatAmount(amount, currency)} of ${formatDate(date)}`;

const plan = (steps: ExpenseStep[], holds: Hold[] = []): ExpensePlan => ({ steps, holds });
