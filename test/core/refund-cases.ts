import type { Allocation } from '../../src/core/allocation.js';
import type { CreditNote } from '../../src/core/credit-note.js';
import type { BillTruth } from '../../src/core/plan.js';
import { after, answered, type Case, inStep, mainInvoice } from './cases.js';
import { payBack } from './ideal-credits.js';
import { settle, type World } from './ideal-xero.js';
import { anAllocation, aBill } from './law-firm.js';

const paid = { allocations: [anAllocation()], bill: aBill({ paid: 50_000 }) };
const lowered = (change: Partial<Allocation> = {}) => anAllocation({ amount: 40_000, changedOn: '2026-10-25', ...change });
const credit = (change: Partial<Allocation> = {}) => anAllocation({ clioId: '7002', kind: 'credit', amount: 10_000, date: '2026-10-27', destinationAccountId: null, ...change });
const now = (at: World, ...allocations: Allocation[]) => (at.truth.allocations = allocations);
const refunded = (happens: (at: World) => unknown = () => undefined) => after((at) => (now(at, lowered(), credit()), settle(at), happens(at)), paid);
const payments = (at: World) => mainInvoice(at).payments;
const noteOf = (at: World) => {
  const note = at.truth.creditNotes?.[0];
  if (!note) throw new Error('no note yet');
  return note;
};
const undoRefund = (at: World) => {
  const note = noteOf(at);
  for (const refund of note.refunds.splice(0)) note.remaining += refund.amount;
  note.status = 'authorised';
};

/** A note of somebody else's over the refund, put on no invoice; paid out by hand unless told otherwise. */
const byHand = (at: World, change: Partial<CreditNote> = {}): CreditNote => {
  const refunds = [{ xeroId: 'hand-pay', accountId: 'bank-office', amount: 10_000, date: '2026-10-29', reference: null, status: 'authorised' as const, reconciled: false, batched: false }];
  const found: CreditNote = { ...structuredClone(note), xeroId: 'hand-1', number: 'CN-0007', reference: null, status: 'paid', date: '2026-10-29', remaining: 0, refunds, ...change };
  at.truth.creditNotes = [...(at.truth.creditNotes ?? []), found];
  at.truth.notesByHand = [...(at.truth.notesByHand ?? []), found];
  return found;
};
const open = { status: 'authorised' as const, remaining: 10_000, refunds: [] };
const madeByHand = (change: Partial<CreditNote> = {}) => after((at) => (now(at, lowered(), credit()), byHand(at, change)), paid);
const saidToBe = (change: Partial<CreditNote>, happens: (at: World) => unknown = () => undefined): BillTruth => {
  const at = inStep(paid);
  now(at, lowered(), credit());
  byHand(at, change);
  at.truth = answered(at.truth, 'link:hand-1');
  settle(at);
  happens(at);
  return at.truth;
};
const OURS = 'credit 1043-CR7002 of 2026-10-27 as refund: 84.00 + 16.00 = 100.00 on 200/OUTPUT2 8000+1600, 265/NONE 400+0';

/** Money given back: Clio lowers the payment and credits the bill, Xero keeps what came in and pays a credit note out. */
export const REFUND_CASES: Case[] = [
  { says: 'a payment lowered and a credit of the same amount two days later: a credit note', truth: () => after((at) => now(at, lowered(), credit()), paid), plans: ['credit 1043-CR7002 of 2026-10-27 as refund: 84.00 + 16.00 = 100.00 on 200/OUTPUT2 8000+1600, 265/NONE 400+0'] },
  { says: 'which is paid out of the bank the money came into, and not put on the invoice', truth: () => after((at) => (now(at, lowered(), credit()), (at.truth.creditLinks = [{ ...link }]), (at.truth.creditNotes = [structuredClone(note)])), paid), plans: ['pay back 100.00 GBP of 2026-10-27 out of note-1, from bank-office: 1043 R7002'] },
  { says: 'then both sides have the same open, the payment stands as it came in, and nothing is left', truth: () => { const at = inStep(paid); now(at, lowered(), credit()); settle(at); if (mainInvoice(at).amountDue !== 75_000 || mainInvoice(at).amountPaid !== 50_000 || noteOf(at).remaining !== 0) throw new Error('not in step'); return at.truth; }, plans: [] },
  { says: 'a firm that is asked about credits is not asked about this one, nor where the payment is reconciled', truth: () => after((at) => (payments(at).map((each) => (each.reconciled = true)), now(at, lowered(), credit())), paid), plans: ['credit 1043-CR7002 of 2026-10-27 as refund: 84.00 + 16.00 = 100.00 on 200/OUTPUT2 8000+1600, 265/NONE 400+0'] },
  { says: 'eight days later it could be something else: asked once, and nothing is made of the credit meanwhile', truth: () => after((at) => now(at, lowered(), credit({ date: '2026-11-02' })), paid), plans: ['hold REFUND_UNCLEAR (payment:7001)'] },
  { says: 'an entry was corrected: then the credit is one like any other', truth: () => answered(after((at) => now(at, lowered(), credit({ date: '2026-11-02' })), paid), 'typing-error'), plans: ['delete payment paid-7001', 'hold CREDIT_TREATMENT_NEEDED (credit:7002)'] },
  { says: 'and followed when a person says that money went back', truth: () => answered(after((at) => now(at, lowered(), credit({ date: '2026-11-02' })), paid), 'money-returned'), plans: ['credit 1043-CR7002 of 2026-11-02 as refund: 84.00 + 16.00 = 100.00 on 200/OUTPUT2 8000+1600, 265/NONE 400+0'] },
  { says: 'another amount is no refund', truth: () => after((at) => now(at, lowered(), credit({ amount: 9_900 })), paid), plans: ['hold REFUND_UNCLEAR (payment:7001)', 'hold CREDIT_TREATMENT_NEEDED (credit:7002)'] },
  { says: 'lowered without a credit is asked about', truth: () => after((at) => now(at, lowered()), paid), plans: ['hold REFUND_UNCLEAR (payment:7001)'] },
  { says: 'an entry was corrected: made again', truth: () => answered(after((at) => now(at, lowered()), paid), 'typing-error'), plans: ['delete payment paid-7001'] },
  { says: 'but what is reconciled is a person\'s to correct', truth: () => answered(after((at) => (payments(at).map((each) => (each.reconciled = true)), now(at, lowered())), paid), 'typing-error'), plans: ['hold PAY_CHANGED_IN_XERO (payment:7001)'] },
  { says: 'money went back: it waits for its credit in Clio', truth: () => answered(after((at) => now(at, lowered()), paid), 'money-returned'), plans: ['hold REFUND_NEEDS_CREDIT (payment:7001)'] },
  { says: 'a second part goes back: a second refund', truth: () => refunded((at) => now(at, lowered({ amount: 35_000, changedOn: '2026-11-05' }), credit(), credit({ clioId: '7003', amount: 5_000, date: '2026-11-05' }))), plans: ['credit 1043-CR7003 of 2026-11-05 as refund: 42.00 + 8.00 = 50.00 on 200/OUTPUT2 4000+800, 265/NONE 200+0'] },
  { says: 'corrected after a refund is for a person, as the refund stays', truth: () => answered(refunded((at) => now(at, lowered({ amount: 35_000 }), credit())), 'typing-error'), plans: ['hold PAY_CHANGED_IN_XERO (payment:7001)'] },
  { says: 'a bank that takes no payments is named before anything is made', truth: () => after((at) => (now(at, lowered(), credit()), (at.truth.settings = { ...at.truth.settings, bankMap: {} })), paid), plans: ['hold BANK_UNMAPPED (credit:7002)'] },
  { says: 'a closed day waits', truth: () => after((at) => (now(at, lowered(), credit()), (at.truth.books = { ...at.truth.books, lockedThrough: '2026-10-31' })), paid), plans: ['hold PERIOD_CLOSED (credit:7002)'] },
  { says: 'the payment is in full again before the refund went out: the credit goes on the invoice', truth: () => after((at) => (now(at, anAllocation(), credit()), (at.truth.creditLinks = [{ ...link }]), (at.truth.creditNotes = [structuredClone(note)])), paid), plans: ['put 100.00 GBP of note-1 on inv-1'] },
  { says: 'and after it: shown', truth: () => refunded((at) => now(at, anAllocation(), credit())), plans: ['hold CREDIT_DIFFERS (credit:7002)'] },
  { says: 'the credit voided after the money went out is never undone by itself', truth: () => refunded((at) => now(at, anAllocation(), credit({ voided: true }))), plans: ['hold CREDIT_FINAL (credit:7002)'] },
  { says: 'the refund deleted in Xero is asked about', truth: () => refunded(undoRefund), plans: ['hold REFUND_REMOVED_IN_XERO (credit:7002)'] },
  { says: 'sent again on request', truth: () => answered(refunded(undoRefund), 'send-again'), plans: ['pay back 100.00 GBP of 2026-10-27 out of note-5, from bank-office: 1043 R7002'] },
  { says: 'or left away, for good', truth: () => { const at = inStep(paid); now(at, lowered(), credit()); settle(at); undoRefund(at); at.truth = answered(at.truth, 'accept'); settle(at); return at.truth; }, plans: [] },
  { says: 'a person paid it out by hand meanwhile: not twice', truth: () => after((at) => (now(at, lowered(), credit()), (at.truth.creditLinks = [{ ...link }]), (at.truth.creditNotes = [structuredClone(note)]), payBack(noteOf(at), { xeroId: 'by-hand', accountId: 'bank-office', amount: 10_000, date: '2026-10-28', reference: null })), paid), plans: [] },
  { says: 'an answer that was lost is found by number and marker, and goes on as a refund', truth: () => after((at) => (now(at, lowered(), credit()), (at.truth.creditLinks = [{ ...link, noteId: null }]), (at.truth.creditNotes = [structuredClone(note)]), settle(at)), paid), plans: [] },
  { says: 'somebody made a note of as much two days later and paid it out: asked, and nothing is made', truth: () => madeByHand(), plans: ['hold REFUND_UNMATCHED (credit:7002)'] },
  { says: 'that is it: linked with its payment', truth: () => answered(madeByHand(), 'link:hand-1'), plans: ['link 7002 = hand-1 from xero, refunded by hand-pay'] },
  { says: 'and then both sides are in step', truth: () => saidToBe({}), plans: [] },
  { says: 'it is another one: ours is made', truth: () => answered(madeByHand(), 'new'), plans: [OURS] },
  { says: 'not paid out yet: linked', truth: () => answered(madeByHand(open), 'link:hand-1'), plans: ['link 7002 = hand-1 from xero, refunded by nothing yet'] },
  { says: 'and paid out once', truth: () => saidToBe(open), plans: [] },
  { says: 'a draft is asked about too', truth: () => madeByHand({ ...open, status: 'draft' }), plans: ['hold REFUND_UNMATCHED (credit:7002)'] },
  { says: 'chosen, but another bill has it by now: asked again, never paid back without a word', truth: () => ({ ...answered(madeByHand(), 'link:hand-1'), notesByHand: [] }), plans: ['hold REFUND_UNMATCHED (credit:7002)'] },
  { says: 'two of them are one question', truth: () => after((at) => (now(at, lowered(), credit()), byHand(at), byHand(at, { xeroId: 'hand-2', number: 'CN-0008' })), paid), plans: ['hold REFUND_UNMATCHED (credit:7002)'] },
  ...([
    ['six days away', { date: '2026-11-02' }],
    ['of another amount', { total: 9_900 }],
    ['in another currency', { currency: 'EUR' }],
    ['of another contact', { contactId: 'contact-99' }],
    ['that was voided', { status: 'voided' }],
    ['that is on an invoice', { allocations: [{ xeroId: 'alloc-9', invoiceId: 'inv-9', amount: 10_000, date: '2026-10-29' }] }],
  ] satisfies [string, Partial<CreditNote>][]).map(([what, change]): Case => ({ says: `a note ${what} is no such refund`, truth: () => madeByHand(change), plans: [OURS] })),
  { says: 'five days away it may be', truth: () => madeByHand({ date: '2026-11-01' }), plans: ['hold REFUND_UNMATCHED (credit:7002)'] },
  { says: 'the credit voided in Clio leaves a note made by hand alone', truth: () => saidToBe({}, (at) => now(at, anAllocation(), credit({ voided: true }))), plans: ['end credit:c7002'] },
  { says: 'the note made by hand voided in Xero is asked about', truth: () => saidToBe({}, (at) => at.truth.creditNotes?.map((each) => (each.status = 'voided'))), plans: ['hold CREDIT_REMOVED_IN_XERO (credit:7002)'] },
];

const note = { xeroId: 'note-1', number: '1043-CR7002', reference: '1043 C7002', status: 'authorised' as const, contactId: 'contact-41', currency: 'GBP', date: '2026-10-27', lines: [], subTotal: 8_400, totalTax: 1_600, total: 10_000, remaining: 10_000, allocations: [], refunds: [] };
const link = { id: 'credit:c7002', billId: '9001', origin: 'clio' as const, allocationId: '7002', noteId: 'note-1', number: '1043-CR7002', amount: 10_000, date: '2026-10-27', treatment: 'refund' as const, refundId: null, rung: null, taskId: null, cut: null, ended: false };
