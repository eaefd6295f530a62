import type { Books } from './books.js';
import { type CalendarDate, formatDate } from './calendar.js';
import type { CostDocument } from './cost-document.js';
import { type AgreedCost, costMarkedIn, type Expense, type ExpenseLink, lineMarker, type NewExpense } from './expense.js';
import { hold } from './hold.js';
import type { InvoiceLine } from './invoice.js';
import { formatAmount } from './money.js';
import type { Hold } from './plan.js';
import type { Settings } from './settings.js';

/** All that is known about one supplier's bill or spend money transaction and the costs in Clio that came of its lines. */
export interface ImportTruth {
  documentId: string;
  /** Null when Xero no longer has it. */
  document: CostDocument | null;
  /** Of this document's lines. */
  links: ExpenseLink[];
  /** The costs of those links; missing ones were deleted in Clio. */
  expenses: Expense[];
  /** The matter each tracking option names, by option id; options that name none are missing. */
  matters: Record<string, { clioId: string; number: string }>;
  /** The Clio contact the document's supplier is linked to. */
  vendorId: string | null;
  categories: { clioId: string; xeroCode: string | null }[];
  /** Documents dated earlier are not brought over; null while the import is off. */
  since: CalendarDate | null;
  /** What Clio keeps costs in. */
  currency: string;
  settings: Settings;
  books: Books;
}

export type ImportStep =
  | { do: 'create-expense'; lineId: string; expense: NewExpense; agreed: AgreedCost }
  | { do: 'update-expense'; linkId: string; expenseId: string; expense: NewExpense; agreed: AgreedCost }
  | { do: 'agree'; linkId: string; agreed: AgreedCost }
  | { do: 'delete-expense'; linkId: string; expenseId: string }
  | { do: 'end-link'; linkId: string };

export interface ImportPlan {
  steps: ImportStep[];
  holds: Hold[];
}

/** One unbilled cost in Clio for each line tagged with a matter. Amounts are Xero's until the cost is on a bill, words are Clio's. */
export function planImport(truth: ImportTruth): ImportPlan {
  const plan: ImportPlan = { steps: [], holds: [] };
  const { document, since } = truth;
  if (since === null || costMarkedIn(document?.reference ?? null) !== null) return plan;
  const lines = document?.live && !document.draft ? document.lines : [];
  for (const link of truth.links) if (!link.ended && link.expenseId !== null) follow(truth, link, lines.find((line) => line.xeroId === link.lineId), plan);
  if (!document || document.date < since || document.date < truth.settings.startOn) return plan;
  for (const line of lines) if (!truth.links.some((link) => link.lineId === line.xeroId && (link.ended || link.expenseId !== null))) bring(truth, document, line, plan);
  return plan;
}

function bring(truth: ImportTruth, document: CostDocument, line: InvoiceLine, plan: ImportPlan): void {
  const matters = mattersOf(truth, line);
  const [matter] = matters;
  if (!matter || line.net === 0) return;
  const about = `line:${line.xeroId}`;
  const amount = formatAmount(line.net, document.currency);
  if (matters.length > 1) plan.holds.push(hold(about, 'COST_MATTER_UNCLEAR', { amount, matters: matters.map((each) => each.number).join(', ') }));
  else if (line.net < 0) plan.holds.push(hold(about, 'COST_NEGATIVE', { amount }));
  else if (document.currency !== truth.currency) plan.holds.push(hold(about, 'COST_CURRENCY', { amount, where: 'Clio', currency: truth.currency }));
  else plan.steps.push({ do: 'create-expense', lineId: line.xeroId, ...wantedOf(truth, document, line, matter.clioId) });
}

function follow(truth: ImportTruth, link: ExpenseLink, line: InvoiceLine | undefined, plan: ImportPlan): void {
  const expense = truth.expenses.find((each) => each.clioId === link.expenseId);
  if (!expense) {
    plan.steps.push({ do: 'end-link', linkId: link.id });
    return;
  }
  const [matter, ...others] = line ? mattersOf(truth, line) : [];
  if (!truth.document || !line || !matter || others.length > 0) {
    if (expense.onBill) plan.holds.push(billed(truth, link, expense, 'removed'));
    else plan.steps.push({ do: 'delete-expense', linkId: link.id, expenseId: expense.clioId });
    return;
  }
  const { expense: wanted, agreed } = wantedOf(truth, truth.document, line, matter.clioId);
  const changedInXero = !same(agreed, link.agreed);
  if (same(agreed, { amount: expense.amount, date: expense.date, matterId: expense.matter?.clioId ?? null })) {
    if (changedInXero) plan.steps.push({ do: 'agree', linkId: link.id, agreed });
  } else if (!expense.onBill) plan.steps.push({ do: 'update-expense', linkId: link.id, expenseId: expense.clioId, expense: wanted, agreed });
  else if (changedInXero) plan.holds.push(billed(truth, link, expense, `${formatAmount(wanted.amount, wanted.currency)} of ${formatDate(wanted.date)}`));
}

/** The category whose code in Clio is the line's account. Tax stays as Clio sets it for the category. */
function wantedOf(truth: ImportTruth, document: CostDocument, line: InvoiceLine, matterId: string): { expense: NewExpense; agreed: AgreedCost } {
  const [category, ...others] = truth.categories.filter((each) => each.xeroCode !== null && each.xeroCode === line.accountCode);
  const categoryId = category && others.length === 0 ? category.clioId : null;
  const { vendorId } = truth;
  const cost = { date: document.date, amount: line.net, currency: document.currency, matterId, categoryId, vendorId };
  const label = document.reference === null || document.reference === '' ? '' : ` (${document.reference})`;
  return { expense: { ...cost, note: `${line.text}${label}`.trim(), marker: lineMarker(line.xeroId) }, agreed: { ...cost, accountCode: null } };
}

/** Where a rule says which tracking category holds matters, only that one counts. */
function mattersOf({ matters, settings }: ImportTruth, line: InvoiceLine): { clioId: string; number: string }[] {
  const rule = settings.tracking.find((each) => each.from === 'matter');
  const tags = line.tracking.filter((each) => !rule || each.categoryId === rule.categoryId);
  return [...new Map(tags.flatMap((tag) => matters[tag.optionId] ?? []).map((matter) => [matter.clioId, matter])).values()];
}

const billed = (truth: ImportTruth, link: ExpenseLink, expense: Expense, xero: string): Hold =>
  hold(`line:${link.lineId ?? ''}`, 'COST_BILLED', { clio: formatAmount(expense.amount, expense.currency), xero, document: truth.document?.reference ?? '' });

type Figures = Pick<AgreedCost, 'amount' | 'date' | 'matterId'>;

const same = (a: Figures, b: Figures | null): boolean => b !== null && a.amount === b.amount && a.date === b.date && a.matterId === b.matterId;
