import { costSides } from '../../src/core/cost-sides.js';
import type { ExpensePlan, ExpenseStep, ExpenseTruth } from '../../src/core/expense-plan.js';
import { planExpense } from '../../src/core/plan-expense.js';
import { sentence } from '../../src/core/reasons.js';
import { aCost, anExpense, costBooks, costInStep, costSettings, costWorld, onlyDocument, settleCost, type CostWorld } from './expense-world.js';
import { aLine } from './law-firm.js';

const spent = 'spend 119.00 GBP on 620 (NONE) of 2026-10-14 from bank-office to contact-41 as "55120 CLIO-COST-8801": Court fees, 00042-Northgate';

function stepInWords(step: ExpenseStep): string {
  if (step.do !== 'create-document' && step.do !== 'update-document') return step.do;
  const { document } = step;
  const { lines, date, contactXeroId, currency, total } = document.kind === 'spend' ? document.transaction : document.bill;
  const place = document.kind === 'spend' ? `from ${document.transaction.bankAccountXeroId} to ${contactXeroId} as "${document.transaction.reference}"` : `${document.bill.status} to ${contactXeroId} as "${document.bill.number}"`;
  const coding = lines.map((line) => `${line.accountCode} (${line.taxType})`).join(' + ');
  return `${step.do === 'update-document' ? `change ${step.lineIds.join()} to ` : ''}${document.kind} ${(total / 100).toFixed(2)} ${currency} on ${coding} of ${date} ${place}: ${lines.map((line) => line.text).join(' / ')}`;
}

const inWords = ({ steps, holds }: ExpensePlan): string[] => [...steps.map(stepInWords), ...holds.map((each) => `hold ${each.reason}`)];

/** In step, then something happens. */
function after(happens: (at: CostWorld) => unknown, change: Partial<ExpenseTruth> = {}): ExpenseTruth {
  const at = costInStep(change);
  happens(at);
  return at.truth;
}

function answered(truth: ExpenseTruth, choice: string): ExpenseTruth {
  const asked = planExpense(truth).holds.find((hold) => hold.choices.some((each) => each.id === choice));
  if (!asked) throw new Error(`nothing offers "${choice}"`);
  return { ...truth, answers: [{ about: asked.about, reason: asked.reason, facts: asked.facts, choice }] };
}

const edited = (change: Parameters<typeof anExpense>[0]) => (at: CostWorld) => (at.truth.expense = anExpense(change));
const bill = { settings: costSettings({ hard: 'bill' }) };
const locked = { ...costBooks, lockedThrough: '2026-10-31' };
const byCategory = (accountCode: string) => costSettings({}, { income: { ...costSettings().income, rules: [{ when: 'category', value: '62', accountCode }] } });
const removed = after((at) => (onlyDocument(at).live = false));

const CASES: [says: string, truth: () => ExpenseTruth, plans: string[]][] = [
  ['money spent', () => aCost(), [spent]],
  ['off', () => aCost({ settings: costSettings({ hard: 'off' }) }), []],
  ['a soft cost', () => aCost({ expense: anExpense({ isHardCost: false }) }), []],
  ['a cost of nothing', () => aCost({ expense: anExpense({ amount: 0 }) }), []],
  ['entered before costs were switched on', () => aCost({ expense: anExpense({ createdAt: '2026-10-02T07:59:59Z' }) }), []],
  ['dated before the start date', () => aCost({ expense: anExpense({ date: '2026-09-30' }) }), []],
  ['brought from Xero, our records lost', () => aCost({ expense: anExpense({ reference: 'XERO-LINE-9b1d' }) }), []],
  ['brought from Xero, marked in the note', () => aCost({ expense: anExpense({ note: 'Fee XERO-LINE-9b1d' }) }), []],
  ['a draft bill', () => aCost({ settings: costSettings({ hard: 'draft-bill' }) }), ['bill 119.00 GBP on 620 (NONE) of 2026-10-14 draft to contact-41 as "55120 CLIO-COST-8801": Court fees, 00042-Northgate']],
  ['an approved bill', () => aCost(bill), ['bill 119.00 GBP on 620 (NONE) of 2026-10-14 authorised to contact-41 as "55120 CLIO-COST-8801": Court fees, 00042-Northgate']],
  ['a cheque number with quotes', () => aCost({ expense: anExpense({ reference: 'No. "7", ' }) }), [spent.replace('55120', 'No. 7')]],
  ['no cheque, no matter, no category', () => aCost({ expense: anExpense({ reference: null, matter: null, category: null }) }), [spent.replace('55120 ', '').replace('Court fees, 00042-Northgate', 'Cost')]],
  ['narratives allowed', () => aCost({ settings: costSettings({}, { invoice: { ...costSettings().invoice, narratives: true } }) }), [`${spent}, Filing of the claim`]],
  ['the category has a place of its own', () => aCost({ settings: byCategory('400') }), [spent.replace('620', '400')]],
  ["the category's recovery is income", () => aCost({ settings: byCategory('200') }), [spent]],
  ['the supplier is not linked', () => aCost({ supplier: null }), ['ensure-supplier']],
  ['no supplier', () => aCost({ expense: anExpense({ vendor: null }), vendor: null, supplier: null }), ['hold SUPPLIER_UNKNOWN']],
  ['below zero', () => aCost({ expense: anExpense({ amount: -100 }) }), ['hold COST_NEGATIVE']],
  ['no account', () => aCost({ settings: costSettings({ account: null }) }), ['hold ACCOUNT_UNMAPPED']],
  ['no tax code without tax', () => aCost({ books: { ...costBooks, taxRates: [] } }), ['hold TAX_UNMAPPED']],
  ['no bank', () => aCost({ settings: costSettings({ bankAccount: null }) }), ['hold BANK_UNMAPPED']],
  ['the bank is gone', () => aCost({ settings: costSettings({ bankAccount: 'gone' }) }), ['hold BANK_NOT_PAYABLE']],
  ['the bank is in another currency', () => aCost({ settings: costSettings({ bankAccount: 'bank-dollar' }) }), ['hold COST_CURRENCY']],
  ['a bill in a currency Xero does not hold', () => aCost({ ...bill, expense: anExpense({ currency: 'USD' }) }), ['hold CURRENCY_NOT_ENABLED']],
  ['a closed period', () => aCost({ books: locked }), ['hold PERIOD_CLOSED']],
  ['a closed period, moved', () => aCost({ books: locked, settings: costSettings({}, { lockPolicy: 'first-open-day' }) }), [spent.replace('2026-10-14', '2026-11-01')]],
  ['Xero has not allowed money spent', () => aCost({ mayUseBanks: false }), ['hold CONN_XERO_COSTS']],
  ['a bill needs no such right', () => aCost({ ...bill, mayUseBanks: false }), [expect.stringMatching(/^bill/)]],
  ['review mode asks', () => aCost({ settings: costSettings({}, { mode: 'review' }) }), ['hold READY_FOR_REVIEW']],
  ['review mode, agreed to', () => answered(aCost({ settings: costSettings({}, { mode: 'review' }) }), 'go'), [spent]],
  ['made, but the answer was lost', () => after((at) => (at.truth.link = null)), ['adopt-document']],
  ['made twice by somebody', () => after((at) => { at.truth.link = null; at.truth.documents.push({ ...onlyDocument(at), xeroId: 'doc-2' }); }), ['hold COST_TWIN']],
  ['made, deleted in Xero, and our records lost', () => after((at) => { at.truth.link = null; onlyDocument(at).live = false; }), [spent]],
  ['in step', () => after(() => undefined), []],
  ['the amount changed in Clio', () => after(edited({ amount: 12_000 })), [`change line-1 to ${spent.replace('119.00', '120.00')}`]],
  ['the cheque number changed in Clio: the mark stays what it was', () => after(edited({ amount: 12_000, reference: '99' })), [`change line-1 to ${spent.replace('119.00', '120.00')}`]],
  ['the amount changed in Clio, in review mode', () => ({ ...after(edited({ amount: 12_000 })), settings: costSettings({}, { mode: 'review' }) }), ['hold READY_FOR_REVIEW']],
  ['made twice by a process that froze before it sent', () => after((at) => at.truth.documents.push({ ...onlyDocument(at), xeroId: 'doc-2' })), ['hold COST_TWIN']],
  ['changed the same on both sides', () => after((at) => { edited({ amount: 12_000 })(at); onlyDocument(at).total = 12_000; }), ['agree']],
  ['changed in Clio after it was recoded in Xero', () => after((at) => { edited({ amount: 12_000 })(at); onlyDocument(at).lines = onlyDocument(at).lines.map((line) => ({ ...line, accountCode: '400' })); }), [`change line-1 to ${spent.replace('119.00', '120.00').replace('620', '400')}`]],
  ['changed in Clio after it was split in Xero', () => after((at) => { edited({ amount: 12_000 })(at); const document = onlyDocument(at); document.lines = [...document.lines, ...document.lines]; }), ['hold COST_CHANGED_IN_XERO']],
  ['changed in Clio after it was reconciled', () => after((at) => { edited({ amount: 12_000 })(at); onlyDocument(at).final = true; }), ['hold COST_FINAL']],
  ['reconciled', () => after((at) => (onlyDocument(at).final = true)), []],
  ['recoded in Xero', () => after((at) => (onlyDocument(at).lines = [{ ...aLine(), xeroId: 'line-1', tax: 0, accountCode: '400', taxType: 'NONE', tracking: [] }])), []],
  ['the amount changed in Xero', () => after((at) => (onlyDocument(at).total = 1)), ['hold COST_CHANGED_IN_XERO']],
  ['removed in Xero', () => removed, ['hold COST_REMOVED_IN_XERO']],
  ['removed in Xero, entered again', () => answered(removed, 'recreate'), [spent]],
  ['removed in Xero, accepted', () => answered(removed, 'accept'), ['end-link']],
  ['not to be read any more', () => ({ ...after(() => undefined), documents: [], mayUseBanks: false }), ['hold CONN_XERO_COSTS']],
  ['deleted in Clio', () => after((at) => (at.truth.expense = null)), ['remove-document']],
  ['deleted in Clio before it went over', () => aCost({ expense: null }), []],
  ['deleted on both sides', () => after((at) => { at.truth.expense = null; onlyDocument(at).live = false; }), ['end-link']],
  ['deleted in Clio after it was reconciled', () => after((at) => { at.truth.expense = null; onlyDocument(at).final = true; }), ['hold COST_FINAL']],
  ['deleted in Clio after it grew in Xero', () => after((at) => { at.truth.expense = null; onlyDocument(at).total = 99; }), ['hold COST_CHANGED_IN_XERO']],
  ['deleted in Clio, the period closed', () => ({ ...after((at) => (at.truth.expense = null)), books: locked }), ['hold PERIOD_CLOSED']],
  ['deleted in Clio, in review mode', () => ({ ...after((at) => (at.truth.expense = null)), settings: costSettings({}, { mode: 'review' }) }), ['hold READY_FOR_REVIEW']],
  ['deleted in Clio, not to be read any more', () => ({ ...after((at) => (at.truth.expense = null)), documents: [], mayUseBanks: false }), ['hold CONN_XERO_COSTS']],
  ['posted, then costs switched off', () => ({ ...after(edited({ amount: 12_000 })), settings: costSettings({ hard: 'off' }) }), []],
  ['posted, then another way chosen', () => ({ ...after(() => undefined), ...bill }), []],
];

test.each(CASES)('%s', (_says, make, plans) => {
  const truth = make();
  const frozen = JSON.stringify(truth);
  const plan = planExpense(truth);
  expect(inWords(plan)).toEqual(plans);
  expect(JSON.stringify(truth)).toBe(frozen);
  for (const { reason, facts } of plan.holds) expect(sentence(reason, facts)).not.toMatch(/…|[{}]/);
  expect(() => settleCost(costWorld(truth))).not.toThrow();
});

test('whatever happens to a cost, it comes to rest with one document at most, equal to Clio or held', () => {
  let state = 7;
  const dice = (sides: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % sides;
  const HAPPENS: ((at: CostWorld) => unknown)[] = [
    (at) => at.truth.expense && Object.assign(at.truth.expense, { amount: 1 + dice(20_000) }),
    (at) => at.truth.expense && Object.assign(at.truth.expense, { date: `2026-10-${10 + dice(20)}` }),
    (at) => at.truth.expense && Object.assign(at.truth.expense, { reference: dice(2) === 0 ? null : String(dice(99)) }),
    (at) => (at.truth.expense = dice(4) === 0 ? null : at.truth.expense),
    (at) => at.truth.documents.forEach((document) => { if (dice(3) === 0) document.final = document.live; }),
    (at) => at.truth.documents.forEach((document) => { if (dice(3) === 0 && !document.final) document.live = false; }),
    (at) => at.truth.documents.forEach((document) => { if (dice(3) === 0) document.total = 1 + dice(20_000); }),
    (at) => (at.truth.link = dice(3) === 0 && at.truth.documents.every((document) => document.live) && at.truth.expense ? null : at.truth.link),
    (at) => (at.truth.supplier = dice(2) === 0 ? null : at.truth.supplier),
    (at) => (at.truth.settings = costSettings({ hard: (['spend', 'bill', 'draft-bill'] as const)[dice(3)] ?? 'spend' })),
  ];
  for (let life = 0; life < 400; life += 1) {
    const at = costWorld(aCost({ settings: costSettings({ hard: dice(2) === 0 ? 'spend' : 'bill' }) }));
    for (let day = 0; day < 6; day += 1) {
      HAPPENS[dice(HAPPENS.length)]?.(at);
      const rest = settleCost(at);
      expect(planExpense(at.truth).steps).toEqual([]);
      const live = at.truth.documents.filter((document) => document.live);
      expect(live.length).toBeLessThanOrEqual(1);
      const { expense, link } = at.truth;
      const agrees = expense === null ? live.length === 0 : live[0]?.total === expense.amount;
      expect(agrees || rest.holds.length > 0 || link === null || link.ended).toBe(true);
    }
  }
});

test('costs and their recovery on different sides are warned of', () => {
  const sides = (account: string, hardCostAccount: string) => costSides({ ...costSettings({ account }), income: { ...costSettings().income, hardCostAccount } }, costBooks).map((each) => sentence(each.reason, each.facts));
  expect([sides('620', '620'), sides('400', '265')]).toEqual([[], []]);
  expect(sides('620', '265')).toEqual(['Costs and recovery use different accounts. Costs go to 620 Disbursements advanced, their recovery to 265 Disbursements recovered, so neither comes out. Align them in the settings.']);
  expect(costSides({ ...costSettings({ account: '400' }), income: { ...costSettings().income, hardCostAccount: '620' } }, costBooks).map((each) => each.reason)).toEqual(['COST_SIDE_MISMATCH']);
  expect(costSides({ ...costSettings({ hard: 'off', account: '620' }) }, costBooks)).toEqual([]);
});
