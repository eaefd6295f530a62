import fc from 'fast-check';
import { planBill } from '../../src/core/plan-bill.js';
import { editBill, inStep, mainInvoice } from './cases.js';
import { pay, removePayment, settle, type World } from './ideal-xero.js';
import { aBill, anAllocation, aXeroPayment, untaxed } from './law-firm.js';

/** What people do to one bill over time; `money` is what was really received, whoever entered it and however often. */
type Event =
  | { does: 'client pays, entered in Clio' | 'client pays, entered in Xero' | 'client pays, entered in both'; amount: number; day: number; off: number }
  | { does: 'biller records' | 'payment voided in Clio' | 'payment deleted in Xero' | 'payment reconciled'; pick: number }
  | { does: 'bill raised' }
  | { does: 'bill voided' };

const amount = fc.constantFrom(10_000, 25_000, 25_000, 40_000, 62_500, 125_000);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom('client pays, entered in Clio' as const, 'client pays, entered in Xero' as const, 'client pays, entered in both' as const), amount, day: fc.integer({ min: 10, max: 28 }), off: fc.integer({ min: 0, max: 7 }) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom('biller records' as const, 'payment voided in Clio' as const, 'payment deleted in Xero' as const, 'payment reconciled' as const), pick: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'bill raised' as const }) },
  { weight: 1, arbitrary: fc.constant({ does: 'bill voided' as const }) },
);

test('whatever people do in whatever order, the work comes to rest and no money is in Xero twice', () => {
  fc.assert(fc.property(fc.array(event, { maxLength: 14 }), fc.boolean(), (events, offersPaid) => {
    const at = inStep({ bill: aBill({ canBecomePaid: offersPaid }) });
    let received = 0;
    for (const [index, each] of events.entries()) {
      received += happen(at, each, index);
      settle(at);
      expect(planBill(at.truth).steps).toEqual([]);
      expect(livePayments(at).reduce((sum, payment) => sum + payment.amount, 0)).toBeLessThanOrEqual(received);
      const ids = livePayments(at).map((payment) => payment.xeroId);
      const linked = at.truth.paymentLinks.filter((link) => link.paymentId !== null && ids.includes(link.paymentId)).map((link) => link.paymentId);
      expect(new Set(linked).size).toBe(linked.length);
      for (const invoice of at.truth.invoices) expect(invoice.amountDue).toBeGreaterThanOrEqual(0);
    }
  }), { numRuns: 1_500, seed: 4_711 });
});

const livePayments = (at: World) => at.truth.invoices.flatMap((invoice) => invoice.payments).filter((payment) => payment.status === 'authorised');

/** Returns the money that came in. Payments are matched by what they are, so a client may pay less than is asked for. */
function happen(at: World, event: Event, index: number): number {
  const { truth } = at;
  const invoice = mainInvoice(at);
  switch (event.does) {
    case 'client pays, entered in Clio':
    case 'client pays, entered in Xero':
    case 'client pays, entered in both': {
      const day = `2026-10-${event.day}`;
      const inXero = event.does !== 'client pays, entered in Clio' && invoice.status === 'authorised' && invoice.amountDue >= event.amount;
      const inClio = event.does !== 'client pays, entered in Xero' && truth.bill.state === 'awaiting_payment';
      if (inClio) record(at, event.amount, day, index);
      if (inXero) pay(invoice, aXeroPayment({ xeroId: `bank-${index}`, amount: event.amount, date: `2026-10-${Math.min(31, event.day + event.off)}` }));
      return inClio || inXero ? event.amount : 0;
    }
    case 'biller records': {
      const waiting = truth.paymentLinks.filter((link) => link.rung === 'task' && link.allocationId === null && !link.ended);
      const link = waiting[event.pick % Math.max(1, waiting.length)];
      if (link && truth.bill.state === 'awaiting_payment') record(at, link.amount, link.date, index);
      return 0;
    }
    case 'payment voided in Clio': {
      const allocation = truth.allocations[event.pick % Math.max(1, truth.allocations.length)];
      if (allocation && !allocation.voided) {
        allocation.voided = true;
        truth.bill.balance += allocation.amount;
      }
      return 0;
    }
    case 'payment deleted in Xero': {
      const open = livePayments(at).filter((payment) => !payment.reconciled);
      const payment = open[event.pick % Math.max(1, open.length)];
      if (payment) removePayment(at, payment.xeroId);
      return 0;
    }
    case 'payment reconciled':
      Object.assign(livePayments(at)[event.pick] ?? {}, { reconciled: true });
      return 0;
    case 'bill raised': {
      const raised = aBill({ lines: [...truth.bill.lines, untaxed({ clioId: `more-${index}`, net: 10_000 })] });
      if (truth.bill.state === 'awaiting_payment') editBill(at, { ...truth.bill, lines: raised.lines, due: raised.due, total: raised.total, subTotal: raised.subTotal, balance: truth.bill.balance + 10_000 });
      return 0;
    }
    case 'bill voided':
      if (truth.allocations.every((each) => each.voided)) truth.bill.state = 'void';
      return 0;
  }
}

function record(at: World, money: number, date: string, index: number): void {
  at.truth.allocations.push(anAllocation({ clioId: String(7_100 + index), parentId: String(index), amount: money, date }));
  at.truth.bill.balance -= money;
}

