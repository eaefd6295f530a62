import type { ExpenseLink } from '../../src/core/expense.js';
import { planImport, type ImportPlan, type ImportTruth } from '../../src/core/plan-import.js';
import { sentence } from '../../src/core/reasons.js';
import { costSettings } from './expense-world.js';
import { aDocLine, aDocument, aLink, anImport, brought, imported, tag } from './import-world.js';

function inWords({ steps, holds }: ImportPlan): string[] {
  const words = steps.map((step) => {
    if (step.do !== 'create-expense' && step.do !== 'update-expense') return step.do;
    const { amount, currency, date, matterId, categoryId, vendorId, note, marker } = step.expense;
    return `${step.do} ${(amount / 100).toFixed(2)} ${currency} of ${date} on matter ${matterId}, category ${categoryId ?? '-'}, vendor ${vendorId ?? '-'}, ${note} [${marker}]`;
  });
  return [...words, ...holds.map((each) => `hold ${each.reason}`)];
}

const entered = 'create-expense 200.00 GBP of 2026-10-16 on matter 31, category 9005, vendor 77, Court filing fee (BILL-0311) [XERO-LINE-l-1]';
const dearer = aDocument({ lines: [aDocLine({ net: 25_000 })], total: 25_000 });

const CASES: [says: string, truth: ImportTruth, plans: string[]][] = [
  ["a supplier's bill with a line for a matter", anImport(), [entered]],
  ['money spent on a matter', anImport({ document: aDocument({ kind: 'spend', reference: null }) }), [entered.replace(' (BILL-0311)', '')]],
  ['one cost per line', anImport({ document: aDocument({ lines: [aDocLine(), aDocLine({ xeroId: 'l-2', tracking: [tag('opt-43')] })] }) }), [entered, entered.replace('matter 31', 'matter 32').replace('l-1', 'l-2')]],
  ['without the input tax', anImport({ document: aDocument({ lines: [aDocLine({ tax: 4_000 })] }) }), [entered]],
  ['nobody knows the account or the supplier in Clio', anImport({ vendorId: null, categories: [] }), [entered.replace('9005', '-').replace('77', '-')]],
  ['two categories for one account', anImport({ categories: [{ clioId: '1', xeroCode: '429' }, { clioId: '2', xeroCode: '429' }] }), [entered.replace('9005', '-')]],
  ['off', anImport({ since: null }), []],
  ['untagged', anImport({ document: aDocument({ lines: [aDocLine({ tracking: [] })] }) }), []],
  ['tagged with no matter', anImport({ document: aDocument({ lines: [aDocLine({ tracking: [tag('opt-litigation')] })] }) }), []],
  ['another tracking category holds the matters', anImport({ settings: costSettings({}, { tracking: [{ categoryId: 'cat-other', from: 'matter' }] }) }), []],
  ['dated before the import was switched on', anImport({ since: '2026-10-17' }), []],
  ['dated before the start date', anImport({ settings: costSettings({}, { startOn: '2026-10-17' }) }), []],
  ['a draft', anImport({ document: aDocument({ draft: true }) }), []],
  ['voided', anImport({ document: aDocument({ live: false }) }), []],
  ['our own', anImport({ document: aDocument({ reference: '55120 CLIO-COST-8801' }) }), []],
  ['two matters', anImport({ document: aDocument({ lines: [aDocLine({ tracking: [tag('opt-42'), tag('opt-43', 'cat-2')] })] }) }), ['hold COST_MATTER_UNCLEAR']],
  ['money back', anImport({ document: aDocument({ lines: [aDocLine({ net: -500 })] }) }), ['hold COST_NEGATIVE']],
  ['another currency', anImport({ document: aDocument({ currency: 'USD' }) }), ['hold COST_CURRENCY']],
  ['brought already', imported(aDocument()), []],
  ['brought, then paid', imported(aDocument({ final: true })), []],
  ['being brought', anImport({ links: [aLink({ expenseId: null, agreed: null })] }), [entered]],
  ['deleted in Clio', imported(aDocument(), null), ['end-link']],
  ['deleted in Clio, seen before', imported(aDocument(), null, { links: [aLink({ ended: true })] }), []],
  ['the amount changed in Xero', imported(dearer), [entered.replace('create', 'update').replace('200.00', '250.00')]],
  ['the amount changed in Xero, the cost billed', imported(dearer, { onBill: true }), ['hold COST_BILLED']],
  ['changed alike on the bill', imported(dearer, { onBill: true, amount: 25_000 }), ['agree']],
  ['changed on the bill only', imported(aDocument(), { onBill: true, amount: 30_000 }), []],
  ['the amount changed in Clio while unbilled', imported(aDocument(), { amount: 1 }), [entered.replace('create', 'update')]],
  ['moved to another matter', imported(aDocument({ lines: [aDocLine({ tracking: [tag('opt-43')] })] })), [entered.replace('create', 'update').replace('matter 31', 'matter 32')]],
  ['voided in Xero', imported(aDocument({ live: false })), ['delete-expense']],
  ['gone from Xero', imported(null), ['delete-expense']],
  ['the tag was taken away', imported(aDocument({ lines: [aDocLine({ tracking: [] })] })), ['delete-expense']],
  ['voided in Xero, the cost billed', imported(aDocument({ live: false }), { onBill: true }), ['hold COST_BILLED']],
  ['switched off after', imported(aDocument({ live: false }), {}, { since: null }), []],
];

test.each(CASES)('%s', (_says, truth, plans) => {
  const plan = planImport(truth);
  expect(inWords(plan)).toEqual(plans);
  for (const { reason, facts } of plan.holds) expect(sentence(reason, facts)).not.toMatch(/…|[{}]/);
  expect(planImport(carriedOut(truth, plan)).steps).toEqual([]);
});

/** Clio does as it is told. */
function carriedOut(truth: ImportTruth, plan: ImportPlan): ImportTruth {
  let { links, expenses } = truth;
  const change = (id: string, to: Partial<ExpenseLink>) => (links = links.map((link) => (link.id === id ? { ...link, ...to } : link)));
  for (const step of plan.steps) {
    if (step.do === 'create-expense') {
      const clioId = `9${step.lineId.slice(2)}`;
      expenses = [...expenses, brought({ clioId, amount: step.expense.amount, date: step.expense.date, matter: matterOf(step.expense.matterId) })];
      links = [...links.filter((link) => link.lineId !== step.lineId), aLink({ id: `expense:x${step.lineId}`, lineId: step.lineId, expenseId: clioId, agreed: step.agreed })];
    } else if (step.do === 'update-expense') {
      expenses = expenses.map((each) => (each.clioId === step.expenseId ? { ...each, amount: step.expense.amount, date: step.expense.date, matter: matterOf(step.expense.matterId) } : each));
      change(step.linkId, { agreed: step.agreed });
    } else if (step.do === 'agree') change(step.linkId, { agreed: step.agreed });
    else change(step.linkId, { ended: true });
  }
  return { ...truth, links, expenses };
}

const matterOf = (clioId: string) => ({ clioId, number: '', description: null, practiceArea: null, responsibleAttorney: null, office: null });
