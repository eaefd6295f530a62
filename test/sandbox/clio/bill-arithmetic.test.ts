import type { NewBill } from '../../../src/sandbox/clio/billing.js';
import { ConnectedClio, many, one } from './connected-clio.js';

let clio: ConnectedClio;
beforeEach(async () => { clio = await ConnectedClio.start(); });
afterEach(() => clio.sandbox.close());

function bill(spec: Omit<NewBill, 'clientId' | 'matterIds'>) {
  const matter = clio.control.matters()[0];
  return clio.control.createBill({ clientId: matter?.clientId ?? 0, matterIds: [matter?.id ?? 0], state: 'awaiting_payment', ...spec });
}

test.each<[string, Omit<NewBill, 'clientId' | 'matterIds'>, object]>([
  ['one tax', { taxRate: 5, secondaryTaxRate: 0, lines: [{ price: 320, quantity: 3.5 }] }, { subTotal: 112_000, tax: 5_600, due: 117_600 }],
  ['two taxes on the net', { taxRate: 5, secondaryTaxRate: 7, secondaryTaxRule: 'Pre', lines: [{ price: 1539 }, { price: 200, secondaryTaxable: false, taxable: false }] }, { tax: 7_695, secondaryTax: 10_773, due: 192_368 }],
  ['the second tax on the first', { taxRate: 5, secondaryTaxRate: 10, secondaryTaxRule: 'Post', lines: [{ price: 100 }] }, { tax: 500, secondaryTax: 1_050, due: 11_550 }],
  ['the second tax where the first is not taken', { taxRate: 5, secondaryTaxRate: 10, secondaryTaxRule: 'Post', lines: [{ price: 100, taxable: false }] }, { tax: 0, secondaryTax: 1_000, due: 11_000 }],
  ['a rate of many decimals', { taxRate: 0, secondaryTaxRate: 0, lines: [{ price: 333.33333333, quantity: 1.7 }] }, { due: 56_667 }],
  ['half a cent goes up', { taxRate: 0, secondaryTaxRate: 0, lines: [{ price: 1.005 }, { price: -1.005, type: 'LineItem' }] }, { due: 0 }],
  ['percent off a line, then tax', { taxRate: 20, secondaryTaxRate: 0, lines: [{ price: 100, discount: { rate: 10, type: 'percentage' } }] }, { subTotal: 9_000, tax: 1_800, due: 10_800 }],
  ['money off the services alone', { taxRate: 0, secondaryTaxRate: 0, discount: { rate: 10, type: 'percentage', note: null }, discountServicesOnly: true, lines: [{ price: 100 }, { price: 50, cost: 'hard' }] }, { discount: 1_000, due: 14_000 }],
  ['no-charge and summary lines add nothing', { taxRate: 0, secondaryTaxRate: 0, lines: [{ price: 100 }, { price: 70, type: 'NoChargeLineItem' }, { price: 100, type: 'SummaryLineItem' }] }, { due: 10_000 }],
])('%s', (_name, spec, sums) => {
  expect(bill(spec).sums).toMatchObject(sums);
});

test('three lines at 15 percent: rounded once 11.45, per line 11.46', () => {
  const made = bill({ taxRate: 15, secondaryTaxRate: 0, lines: [{ price: 25.45 }, { price: 25.45 }, { price: 25.45 }] });
  expect(made.sums.tax).toBe(1_145);
  clio.sandbox.switches.taxRounding = 'per-line';
  expect(clio.control.bill(made.id).sums.tax).toBe(1_146);
});

test('the bill discount is in total or in due only; due is the same either way', async () => {
  const made = bill({ taxRate: 0, secondaryTaxRate: 0, discount: { rate: 25, type: 'money', note: null }, lines: [{ price: 100 }] });
  const read = async () => one(await clio.get(`bills/${made.id}.json?fields=total,due,balance,sub_total`));
  expect(await read()).toEqual({ total: 75, due: 75, balance: 75, sub_total: 100 });
  clio.sandbox.switches.billDiscount = 'in-due-only';
  expect(await read()).toEqual({ total: 100, due: 75, balance: 75, sub_total: 100 });
});

test('every bill of both seeds obeys balance = due - paid - credits', async () => {
  const eu = await ConnectedClio.start({ region: 'eu' });
  const bills = [...clio.control.bills(), ...eu.control.bills()].filter((each) => each.state !== 'void');
  await eu.sandbox.close();
  expect(bills.length).toBeGreaterThan(80);
  for (const { sums, state } of bills) {
    expect(sums.balance).toBe(sums.due - sums.paid - sums.credits);
    expect(sums.due).toBe(sums.subTotal + sums.tax + sums.secondaryTax + sums.interest - sums.discount);
    if (state === 'paid') expect(sums.balance).toBe(0);
    if (state === 'awaiting_payment') expect(sums.balance).toBeGreaterThan(0);
  }
});

test('the same seed gives the same firm', async () => {
  const again = await ConnectedClio.start();
  expect(again.control.bills()).toEqual(clio.control.bills());
  await again.sandbox.close();
});

test('interest is part of the overdue bill, or a bill of its own that names the first', async () => {
  const made = bill({ taxRate: 0, secondaryTaxRate: 0, lines: [{ price: 100 }] });
  expect(clio.control.chargeInterest(made.id, 125)).toMatchObject({ id: made.id, sums: { due: 10_125, interest: 125 } });
  clio.sandbox.switches.interest = 'own-bill';
  const own = clio.control.chargeInterest(made.id, 125);
  const shown = one(await clio.get(`bills/${own.id}.json?fields=due,interest{total},original_bill{id}`));
  expect(shown).toEqual({ due: 1.25, interest: { total: 1.25 }, original_bill: { id: made.id } });
});

test('a bill paid from trust shows the trust account as source and both ledgers moved', async () => {
  const made = bill({ taxRate: 0, secondaryTaxRate: 0, lines: [{ price: 100 }] });
  const trust = clio.control.bankAccounts().find((account) => account.type === 'Trust');
  clio.control.recordPayment({ billIds: [made.id], amount: 10_000, sourceBankAccountId: trust?.id ?? 0 });
  const rows = many(await clio.get(`allocations.json?bill_id=${made.id}&fields=source_bank_account{type},destination_bank_account{type}`)).data;
  expect(rows).toEqual([{ source_bank_account: { type: 'Trust' }, destination_bank_account: { type: 'Operating' } }]);
  const booked = many(await clio.get('bank_transactions.json?fields=type,amount,bill{id}')).data.filter((row) => JSON.stringify(row['bill']) === JSON.stringify({ id: made.id }));
  expect(booked).toEqual([{ type: 'asset', amount: 100, bill: { id: made.id } }, { type: 'liability', amount: -100, bill: { id: made.id } }]);
});
