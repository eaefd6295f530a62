import type { ExpensePlan, ExpenseStep, ExpenseTruth } from '../core/expense-plan.js';
import type { Hold } from '../core/plan.js';
import type { LinkRecord } from '../store/records.js';

/** One cost entered in Clio, being worked on. */
export interface ExpenseWork {
  expenseId: string;
  truth: ExpenseTruth;
  plan: ExpensePlan;
  record: LinkRecord | null;
  /** What a vendor or a match said no to in this run; ends the run of this cost. */
  stopped: Hold[];
}

export type ExpenseTask<Kind extends ExpenseStep['do']> = { work: ExpenseWork; step: Extract<ExpenseStep, { do: Kind }> };
