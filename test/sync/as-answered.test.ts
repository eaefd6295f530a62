import type { Invoice } from '../../src/core/invoice.js';
import type { Step } from '../../src/core/plan.js';
import { invoicesAsAnswered } from '../../src/sync/as-answered.js';
import type { BillWork } from '../../src/sync/bill-work.js';
import { aBill, anInvoice, aTruth, aXeroPayment } from '../core/law-firm.js';

const before = anInvoice(aBill());
const approve: Step = { do: 'approve-invoice', role: 'main', invoiceId: before.xeroId };
const pay: Step = { do: 'delete-payment', linkId: 'payment:c1', paymentId: 'pay-1' };

const work = (answered: Invoice[], change: Partial<BillWork> = {}): BillWork => ({
  truth: aTruth({ invoices: [before] }), plan: { steps: [approve], holds: [], leftOut: null }, billRecords: [], paymentRecords: [], creditRecords: [], approved: false, answered, stopped: [], ...change,
});

test('an invoice is as Xero answered its change, the others as they were', () => {
  const after = { ...before, reference: 'changed' };
  const other = { ...before, xeroId: 'inv-2' };
  expect(invoicesAsAnswered(work([after], { truth: aTruth({ invoices: [before, other] }) }))).toEqual([after, other]);
  expect(invoicesAsAnswered(work([{ ...after, amountPaid: 50_000, payments: [aXeroPayment()] }]))).toHaveLength(1);
});

test.each<[string, BillWork]>([
  ['the answer names more as paid than it lists', work([{ ...before, amountPaid: 50_000 }])],
  ['the answer names more as credited than it lists', work([{ ...before, amountCredited: 50_000 }])],
  ['a step touched the invoice without showing it', work([], { plan: { steps: [pay], holds: [], leftOut: null } })],
  ['something was refused', work([], { stopped: [{ reason: 'PERIOD_CLOSED', facts: {}, about: 'bill', choices: [] }] })],
])('it is read again where %s', (_why, each) => {
  expect(invoicesAsAnswered(each)).toBeNull();
});
