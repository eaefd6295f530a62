import fc from 'fast-check';
import { planBill } from '../../src/core/plan-bill.js';
import { editBill, inStep } from './cases.js';
import { settle, type World } from './ideal-xero.js';
import { aBill, anAllocation, total, untaxed } from './law-firm.js';

/** Net of one extra invoice each: the bill is raised again and again after it was paid in part. */
const raises = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 4 });
/** Each pays some share of what the bill has open then, in thousandths; sometimes it is changed or voided in Clio afterwards. */
const payments = fc.array(fc.record({ share: fc.integer({ min: 1, max: 1_000 }), then: fc.constantFrom('stays', 'stays', 'voided', 'raised', 'another day'), by: fc.integer({ min: 1, max: 5_000 }) }), { minLength: 1, maxLength: 5 });

test('whatever is paid on a bill of several invoices lies on them to the cent, and what is voided leaves no part behind', () => {
  fc.assert(fc.property(raises, payments, (raised, paid) => {
    const at = severalInvoices(raised);
    for (const [index, { share, then, by }] of paid.entries()) {
      const open = total(at.truth.invoices.map((invoice) => invoice.amountDue));
      const payment = anAllocation({ clioId: String(7_100 + index), amount: Math.max(1, Math.floor((open * share) / 1_000)), date: '2026-10-28' });
      if (open === 0) return;
      at.truth.allocations.push(payment);
      reachesXero(at);
      if (then === 'voided') payment.voided = true;
      if (then === 'another day') payment.date = '2026-10-29';
      if (then === 'raised' && payment.amount + by <= open) payment.amount += by;
      reachesXero(at);
    }
    for (const payment of at.truth.allocations) payment.voided = true;
    settle(at);
    expect(livePayments(at)).toEqual([]);
    expect(at.truth.paymentLinks.every((link) => link.ended)).toBe(true);
  }), { numRuns: 60, seed: 42 });
});

/** 10.00 of the bill are paid first, so that each raise is an invoice of its own. */
function severalInvoices(raised: number[]): World {
  const first = anAllocation({ amount: 1_000 });
  const at = inStep({ allocations: [first], bill: aBill({ paid: 1_000 }) });
  for (const [index, net] of raised.entries()) {
    const lines = [...at.truth.bill.lines, untaxed({ clioId: `more-${index}`, net })];
    settle(editBill(at, aBill({ lines, paid: 1_000 })));
  }
  expect(at.truth.invoices).toHaveLength(1 + raised.length);
  return at;
}

function reachesXero(at: World): void {
  expect(settle(at).holds).toEqual([]);
  expect(planBill(at.truth).steps).toEqual([]);
  for (const { clioId, amount, voided, date } of at.truth.allocations) {
    const parts = livePayments(at).filter(({ reference }) => new RegExp(`^1043 C${clioId}(-\\d+)?$`).test(reference ?? ''));
    expect(total(parts.map((part) => part.amount))).toBe(voided ? 0 : amount);
    expect(parts.every((part) => part.date === date)).toBe(true);
    expect(new Set(parts.map((part) => part.reference)).size).toBe(parts.length);
  }
}

const livePayments = (at: World) => at.truth.invoices.flatMap((invoice) => invoice.payments).filter((payment) => payment.status === 'authorised');
