import fc from 'fast-check';
import type { CreditNote } from '../../src/core/credit-note.js';
import type { Hold } from '../../src/core/plan.js';
import { planBill } from '../../src/core/plan-bill.js';
import { editBill, inStep, mainInvoice } from './cases.js';
import { putOn, takeOff } from './ideal-credits.js';
import { pay, removePayment, settle, type World } from './ideal-xero.js';
import { aBill, anAllocation, aXeroPayment, contact, settings, untaxed } from './law-firm.js';

/** What people do to one bill over time; `money` is what was really received, whoever entered it and however often. */
type Event =
  | { does: 'client pays, entered in Clio' | 'client pays, entered in Xero' | 'client pays, entered in both'; amount: number; day: number; off: number }
  | { does: 'biller records' | 'payment voided in Clio' | 'payment deleted in Xero' | 'payment reconciled'; pick: number }
  | { does: 'credited in Clio' | 'credited in Xero' | 'credited in both'; amount: number }
  | { does: 'credit voided in Clio' | 'credit note voided in Xero' | 'biller credits'; pick: number }
  | { does: 'refunded in Clio' | 'payment lowered in Clio'; pick: number }
  | { does: 'bill raised' | 'bill lowered' }
  | { does: 'bill voided' };

const amount = fc.constantFrom(10_000, 25_000, 25_000, 40_000, 62_500, 125_000);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom('client pays, entered in Clio' as const, 'client pays, entered in Xero' as const, 'client pays, entered in both' as const), amount, day: fc.integer({ min: 10, max: 28 }), off: fc.integer({ min: 0, max: 7 }) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom('biller records' as const, 'payment voided in Clio' as const, 'payment deleted in Xero' as const, 'payment reconciled' as const), pick: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('credited in Clio' as const, 'credited in Clio' as const, 'credited in Xero' as const, 'credited in both' as const), amount: fc.constantFrom(1, 333, 10_000, 10_000, 25_000) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('credit voided in Clio' as const, 'credit note voided in Xero' as const, 'biller credits' as const), pick: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('refunded in Clio' as const, 'refunded in Clio' as const, 'payment lowered in Clio' as const), pick: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('bill raised' as const, 'bill lowered' as const) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'bill voided' as const }) },
);

test('whatever people do in whatever order, the work comes to rest and neither money nor credit is in Xero twice', () => {
  fc.assert(fc.property(fc.array(event, { maxLength: 14 }), fc.boolean(), fc.constantFrom('adjust' as const, 'reapply' as const), (events, offersPaid, editPaid) => {
    const at = inStep({ bill: aBill({ canBecomePaid: offersPaid }), settings: { ...settings, editPaid, credits: { treatment: 'reduction', badDebtAccount: null, byClient: {} } } });
    let received = 0;
    for (const [index, each] of events.entries()) {
      received += happen(at, each, index);
      const { holds } = settle(at);
      expect(planBill(at.truth).steps).toEqual([]);
      neverCreditedTwice(at, holds);
      if (holds.length === 0 && at.truth.bill.state === 'awaiting_payment') expect(dueInXero(at)).toBe(at.truth.bill.balance);
      if (holds.length === 0 && at.truth.bill.state === 'void') expect(dueInXero(at)).toBe(0);
      expect(livePayments(at).reduce((sum, payment) => sum + payment.amount, 0)).toBeLessThanOrEqual(received);
      const ids = livePayments(at).map((payment) => payment.xeroId);
      const linked = at.truth.paymentLinks.filter((link) => link.paymentId !== null && ids.includes(link.paymentId)).map((link) => link.paymentId);
      expect(new Set(linked).size).toBe(linked.length);
      for (const invoice of at.truth.invoices) expect(invoice.amountDue).toBeGreaterThanOrEqual(0);
    }
  }), { numRuns: 1_000, seed: 4_711 });
});

/** Each of Clio's credits has one live note at most, over its amount, unless its money went out and a person was told; what else stands in Xero was made there. */
function neverCreditedTwice({ truth }: World, holds: Hold[]): void {
  const notes = (truth.creditNotes ?? []).filter((note) => note.status !== 'voided');
  const credits = truth.allocations.filter((each) => each.kind === 'credit' && !each.voided);
  const ours = notes.filter((note) => note.number.startsWith('1043-CR7'));
  expect(new Set(ours.map((note) => note.reference)).size).toBe(ours.length);
  const final = ours.filter((note) => holds.some((hold) => hold.reason === 'CREDIT_FINAL' && note.reference === `1043 C${hold.about.slice('credit:'.length)}`));
  for (const note of ours.filter((each) => !final.includes(each))) expect(credits.filter((each) => note.reference === `1043 C${each.clioId}` && each.amount === note.total)).toHaveLength(1);
}

const dueInXero = ({ truth }: World): number => truth.invoices.reduce((sum, invoice) => sum + invoice.amountDue, 0);

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
      const payments = truth.allocations.filter((each) => each.kind === 'payment');
      const allocation = payments[event.pick % Math.max(1, payments.length)];
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
    case 'credited in Clio':
    case 'credited in Xero':
    case 'credited in both': {
      if (truth.bill.state !== 'awaiting_payment' || truth.bill.balance < event.amount || invoice.status !== 'authorised' || invoice.amountDue < event.amount) return 0;
      if (event.does !== 'credited in Xero') credit(at, event.amount, index);
      if (event.does !== 'credited in Clio') putOn(aNote(at, event.amount, index), invoice, event.amount, '2026-10-20', `hand-${index}`);
      return 0;
    }
    case 'credit voided in Clio': {
      const open = truth.allocations.filter((each) => each.kind === 'credit' && !each.voided);
      const voided = open[event.pick % Math.max(1, open.length)];
      if (!voided) return 0;
      voided.voided = true;
      truth.bill.balance += voided.amount;
      return 0;
    }
    case 'credit note voided in Xero': {
      const open = (truth.creditNotes ?? []).filter((note) => note.status !== 'voided');
      const note = open[event.pick % Math.max(1, open.length)];
      if (note) takeOff(at, note).status = 'voided';
      return 0;
    }
    case 'biller credits': {
      const asked = planBill(truth).holds.find((hold) => hold.reason === 'CREDIT_IN_XERO');
      const foreign = invoice.credits.find((each) => asked?.about === `credit:x${each.xeroId}`);
      if (foreign && truth.bill.state === 'awaiting_payment' && truth.bill.balance >= foreign.applied) credit(at, foreign.applied, index);
      return 0;
    }
    case 'refunded in Clio':
    case 'payment lowered in Clio': {
      const open = truth.allocations.filter((each) => each.kind === 'payment' && !each.voided && each.amount > 1_000);
      const payment = open[event.pick % Math.max(1, open.length)];
      if (!payment || truth.bill.state !== 'awaiting_payment') return 0;
      payment.amount -= 1_000;
      truth.bill.balance += 1_000;
      if (event.does === 'refunded in Clio') credit(at, 1_000, index);
      return 0;
    }
    case 'bill lowered': {
      const costs = truth.bill.lines.find((line) => line.kind === 'hard-cost' && line.net > 1_000);
      if (!costs || truth.bill.state !== 'awaiting_payment' || truth.bill.balance < 1_000) return 0;
      const lines = truth.bill.lines.map((line) => (line === costs ? { ...line, net: line.net - 1_000 } : line));
      const lowered = aBill({ lines });
      editBill(at, { ...truth.bill, lines, due: lowered.due, total: lowered.total, subTotal: lowered.subTotal, balance: truth.bill.balance - 1_000 });
      return 0;
    }
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

function credit(at: World, amount: number, index: number): void {
  at.truth.allocations.push(anAllocation({ clioId: String(7_100 + index), kind: 'credit', parentId: String(index), amount, date: '2026-10-20' }));
  at.truth.bill.balance -= amount;
}

/** A note somebody makes in Xero. */
function aNote(at: World, amount: number, index: number): CreditNote {
  const note: CreditNote = { xeroId: `hand-${index}`, number: `CN-${index}`, reference: null, status: 'authorised', contactId: contact.xeroId, currency: 'GBP', date: '2026-10-20', lines: [], subTotal: amount, totalTax: 0, total: amount, remaining: amount, allocations: [], refunds: [] };
  at.truth.creditNotes = [...(at.truth.creditNotes ?? []), note];
  return note;
}
