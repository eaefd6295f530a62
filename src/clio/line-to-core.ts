import type { BillLine } from '../core/bill.js';
import { parseAmount } from '../core/money.js';
import { lineTaxes, type TaxTerms } from './line-taxes.js';
import type { ActivityWire, LineWire } from './wire.js';

/**
 * Net is `total` less the line's taxes: `total` is after discount and tax (inferred from the totals Clio documents for included
 * lines), and its cents are Clio's, where quantity × price would be ours.
 */
export function lineToCore(line: LineWire, activity: ActivityWire | null, terms: TaxTerms): BillLine {
  const taxes = lineTaxes(line, terms);
  const total = parseAmount(line.total, terms.currency);
  const net = total - taxes.reduce((sum, tax) => sum + tax.amount, 0);
  const discounted = line.discount?.rate !== null && line.discount?.rate !== undefined && Number(line.discount.rate) !== 0;
  const kind = kindOf(line, activity);
  const category = categoryOf(kind, activity);
  return {
    clioId: line.id,
    kind,
    matterId: line.matter?.id ?? null,
    timekeeper: line.user && { clioId: line.user.id, name: line.user.name ?? '' },
    category,
    utbms: utbmsOf(kind, activity),
    date: line.date,
    // `description` is the billing category's wording; `note` is the narrative, which may be privileged.
    text: firstText(line.description, category?.name, kind === 'fee' ? 'Professional services' : 'Costs'),
    narrative: line.note?.trim() === '' ? null : line.note,
    // Hours on a line, unlike the seconds of an activity.
    quantity: String(line.quantity ?? 1),
    net,
    lineDiscount: discounted && line.sub_total !== null ? parseAmount(line.sub_total, terms.currency) - net : 0,
    taxes,
  };
}

function kindOf(line: LineWire, activity: ActivityWire | null): BillLine['kind'] {
  if (line.kind === 'Service') return 'fee';
  const entry = activity?.type ?? line.activity?.type;
  if (entry === 'TimeEntry' && line.kind === null) return 'fee';
  if (entry === 'HardCostEntry') return 'hard-cost';
  if (entry === 'SoftCostEntry') return 'soft-cost';
  const category = activity?.expense_category?.entry_type;
  if (category === 'hard_cost') return 'hard-cost';
  return category === 'soft_cost' ? 'soft-cost' : 'expense';
}

function categoryOf(kind: BillLine['kind'], activity: ActivityWire | null): BillLine['category'] {
  if (kind === 'fee') {
    const work = activity?.activity_description;
    return work ? { clioId: work.id, name: work.name ?? '', xeroCode: filled(work.xero_service_code) } : null;
  }
  const cost = activity?.expense_category;
  return cost ? { clioId: cost.id, name: cost.name ?? '', xeroCode: filled(cost.xero_expense_code) } : null;
}

/** The task before the activity: it says more. A cost carries its own code. */
function utbmsOf(kind: BillLine['kind'], activity: ActivityWire | null): string[] {
  const work = activity?.activity_description;
  const codes = kind === 'fee' ? [work?.utbms_task_id, work?.utbms_activity_id] : [activity?.utbms_expense?.id];
  return codes.filter((each) => each !== null && each !== undefined);
}

const filled = (text: string | null): string | null => (text?.trim() === '' ? null : (text?.trim() ?? null));

const firstText = (...texts: (string | null | undefined)[]): string => texts.map((text) => text?.trim() ?? '').find((text) => text !== '') ?? '';
