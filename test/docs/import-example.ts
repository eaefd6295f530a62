import { z } from 'zod';
import { formatAmount } from '../../src/core/money.js';
import { type ImportStep, type ImportTruth, planImport } from '../../src/core/plan-import.js';
import { titleOf } from '../../src/core/reasons.js';
import { aDocLine, aDocument, anImport, imported, tag } from '../core/import-world.js';
import type { Told } from './example.js';

const Texts = z.array(z.string());

/** A supplier's bill in Xero, and what becomes of it in Clio. Nothing is posted: it is in the books already. */
export const ImportExample = z.strictObject({ 'supplier bill': z.string(), does: Texts.default([]), waits: Texts.default([]) });

const dearer = aDocument({ lines: [aDocLine({ net: 25_000 })], total: 25_000 });

const BILLS: Record<string, () => ImportTruth> = {
  'a line of 200.00, tagged with matter 00042-Northgate': () => anImport(),
  'a line of 200.00 + 40.00 tax, tagged with the matter': () => anImport({ document: aDocument({ lines: [aDocLine({ tax: 4_000 })] }) }),
  'still a draft': () => anImport({ document: aDocument({ draft: true }) }),
  'tagged with no matter': () => anImport({ document: aDocument({ lines: [aDocLine({ tracking: [] })] }) }),
  'tagged with two matters': () => anImport({ document: aDocument({ lines: [aDocLine({ tracking: [tag('opt-42'), tag('opt-43', 'cat-2')] })] }) }),
  'made by Tieout from a cost in Clio': () => anImport({ document: aDocument({ reference: '55120 CLIO-COST-8801' }) }),
  'brought over, then changed to 250.00': () => imported(dearer),
  'brought over and billed, then changed to 250.00': () => imported(dearer, { onBill: true }),
  'brought over, then voided': () => imported(aDocument({ live: false })),
  'brought over and billed, then voided': () => imported(aDocument({ live: false }), { onBill: true }),
  'brought over, then deleted in Clio': () => imported(aDocument(), null),
};

export function runImportExample(example: z.output<typeof ImportExample>): { said: Told; came: Told } {
  const truth = BILLS[example['supplier bill']]?.();
  if (!truth) throw new Error(`No bill "${example['supplier bill']}"`);
  const { steps, holds } = planImport(truth);
  const none = { choices: [], leftOut: null, debit: {}, credit: {} };
  return { said: { does: example.does, waits: example.waits, ...none }, came: { does: steps.map((step) => inWords(step, truth)), waits: holds.map(({ reason, facts }) => titleOf(reason, facts)), ...none } };
}

function inWords(step: ImportStep, { matters }: ImportTruth): string {
  const cost = (expense: { amount: number; currency: string; date: string; matterId: string }): string =>
    `${formatAmount(expense.amount, expense.currency)}, ${expense.date}, on matter ${Object.values(matters).find((each) => each.clioId === expense.matterId)?.number ?? ''}`;
  switch (step.do) {
    case 'create-expense':
      return `enter an unbilled cost in Clio: ${cost(step.expense)}`;
    case 'update-expense':
      return `change the cost in Clio: ${cost(step.expense)}`;
    case 'delete-expense':
      return 'delete the cost in Clio';
    case 'agree':
      return 'accept both sides as they stand';
    case 'end-link':
      return 'end the link of the cost';
  }
}
