import type { Expense } from '../core/expense.js';
import type { CostShown, LinkRecord } from '../store/records.js';
import { nowOf, type FirmContext } from './firm-context.js';

/** What the report of advanced costs shows of a cost, as Clio has it now. When it was billed Clio does not say: the first time we see it counts, as long as it stays on that bill. */
export function costShown(context: Pick<FirmContext, 'clock'>, { date, amount, currency, matter, category, vendor, charged }: Expense, before: LinkRecord['cost']): CostShown {
  const bill = charged?.billed === true ? charged.bill : null;
  const seenAt = before?.bill && bill && before.bill.clioId === bill.clioId ? before.bill.seenAt : nowOf(context);
  return { date, amount, currency, matterId: matter?.clioId ?? null, matter: matter?.number ?? '', category: category?.name ?? '', vendor: vendor?.name ?? '', bill: bill && { ...bill, seenAt }, notCharged: charged?.billable === false };
}
