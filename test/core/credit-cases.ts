import type { Allocation } from '../../src/core/allocation.js';
import type { CreditNote } from '../../src/core/credit-note.js';
import type { BillTruth } from '../../src/core/plan.js';
import type { Settings } from '../../src/core/settings.js';
import { after, answered, type Case, editBill, inStep, mainInvoice } from './cases.js';
import { putAdvanceOn, putOn, takeOff } from './ideal-credits.js';
import { planBill } from '../../src/core/plan-bill.js';
import { carryOut, pay, settle, world, type World } from './ideal-xero.js';
import { aBill, account, aLine, anAllocation, anInvoice, aXeroPayment, books, settings, untaxed, vat } from './law-firm.js';

const credit = (change: Partial<Allocation> = {}) => anAllocation({ kind: 'credit', amount: 13_000, destinationAccountId: null, ...change });
const withCredits = (credits: Partial<Settings['credits']>, income: Partial<Settings['income']> = {}): Settings => ({ ...settings, credits: { ...settings.credits, ...credits }, income: { ...settings.income, ...income } });
const reduction = { settings: withCredits({ treatment: 'reduction' }) };
const badDebt = { settings: withCredits({ treatment: 'bad-debt', badDebtAccount: '489' }), books: { ...books, accounts: [...books.accounts, account('489', 'Bad debts', { class: 'expense' })], taxRates: books.taxRates.map((rate) => (rate.taxType === 'NONE' ? { ...rate, classes: [...rate.classes, 'expense' as const] } : rate)) } };
/** 1,000 fees + 200 tax + 100 outside scope. */
const thousand = aBill({ lines: [aLine(), untaxed({ net: 10_000 })] });

const credited = (change: Partial<Allocation> = {}, how = {}) => after((at) => at.truth.allocations.push(credit(change)), { ...reduction, ...how });
const carried = (happens: (at: World) => unknown, how = {}) => after(happens, { ...reduction, allocations: [credit()], ...how });
const noteOf = (at: World) => {
  const note = at.truth.creditNotes?.[0];
  if (!note) throw new Error('no note yet');
  return note;
};
const byHand = (at: World, applied: number, xeroId = 'cn-1') => mainInvoice(at).credits.push({ xeroId, kind: 'credit-note', number: 'CN-1', applied, date: '2026-10-20' });
const advance = (at: World, applied: number, kind: 'overpayment' | 'prepayment' = 'overpayment') => putAdvanceOn(mainInvoice(at), { xeroId: 'op-1', kind, applied });
const inboxOnly = { ...settings, payments: { ...settings.payments, fromXero: 'inbox' as const } };
/** One round of the plan. */
const carryOutAll = (at: World) => planBill(at.truth).steps.forEach((step) => carryOut(at, step));
const voidCredit = (at: World) => at.truth.allocations.map((each) => (each.voided = true));

const less = aBill({ lines: [aLine(), untaxed({ net: 4_000 })] });
const paidHalf = { allocations: [anAllocation()] };
const lowered = (change = {}) => after((at) => editBill(at, less), { ...paidHalf, ...change });

const OURS = 'credit 1043-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0';
/** A note of somebody else's, as it is found before ours is made. */
const noteByHand = (change: Partial<CreditNote> = {}, how = {}): BillTruth =>
  after((at) => {
    at.truth.allocations.push(credit());
    const note: CreditNote = { xeroId: 'hand-1', number: 'CN-0007', reference: null, status: 'authorised', contactId: 'contact-41', currency: 'GBP', date: '2026-10-22', lines: [], subTotal: 13_000, totalTax: 0, total: 13_000, remaining: 13_000, allocations: [], refunds: [], ...change };
    at.truth.creditNotes = [note];
    at.truth.notesByHand = [note];
  }, { ...reduction, ...how });

/** Credits and write-offs on a bill that has its invoice. */
export const CREDIT_CASES: Case[] = [
  { says: 'a credit of unknown treatment is asked about', truth: () => after((at) => at.truth.allocations.push(credit())), plans: ['hold CREDIT_TREATMENT_NEEDED (credit:7001)'] },
  { says: 'a reduction goes over accounts and taxes in proportion', truth: () => credited({}, { bill: thousand }), plans: ['credit 1043-CR7001 of 2026-10-20: 110.00 + 20.00 = 130.00 on 200/OUTPUT2 10000+2000, 265/NONE 1000+0'] },
  { says: 'to the cent', truth: () => credited({ amount: 9_999 }, { bill: thousand }), plans: ['credit 1043-CR7001 of 2026-10-20: 84.61 + 15.38 = 99.99 on 200/OUTPUT2 7692+1538, 265/NONE 769+0'] },
  { says: 'with the coding the invoice has in Xero now', truth: () => after((at) => (mainInvoice(at).lines.forEach((line) => (line.accountCode = '260')), settle(at), at.truth.allocations.push(credit())), { ...reduction, bill: thousand }), plans: ['credit 1043-CR7001 of 2026-10-20: 110.00 + 20.00 = 130.00 on 260/OUTPUT2 10000+2000, 260/NONE 1000+0'] },
  { says: 'a note somebody made over as much, on no invoice: asked, and nothing is made', truth: () => noteByHand(), plans: ['hold CREDIT_BY_HAND (credit:7001)'] },
  { says: 'that is it: put on the invoice', truth: () => answered(noteByHand(), 'link:hand-1'), plans: ['put 130.00 GBP of hand-1 on inv-1'] },
  { says: 'where it is linked, and both sides are in step', truth: () => { const at = world(answered(noteByHand(), 'link:hand-1')); settle(at); if (mainInvoice(at).amountDue !== 112_000 || at.truth.creditLinks?.[0]?.noteId !== 'hand-1') throw new Error('not in step'); return at.truth; }, plans: [] },
  { says: 'it is another one: ours is made', truth: () => answered(noteByHand(), 'new'), plans: [OURS] },
  { says: 'a note chosen and gone since is asked about again, never made without a word', truth: () => { const said = answered(noteByHand(), 'link:hand-1'); return { ...said, notesByHand: [] }; }, plans: ['hold CREDIT_BY_HAND (credit:7001)'] },
  { says: 'a draft is named but cannot be chosen', truth: () => { const truth = noteByHand({ status: 'draft' }); const [asked] = planBill(truth).holds; if (asked?.choices.map((choice) => choice.id).join() !== 'new') throw new Error('a draft was offered'); return truth; }, plans: ['hold CREDIT_BY_HAND (credit:7001)'] },
  { says: 'a bad debt may be there already as well', truth: () => noteByHand({}, badDebt), plans: ['hold CREDIT_BY_HAND (credit:7001)'] },
  { says: 'it waits for a payment of the same round', truth: () => { const said = answered(noteByHand(), 'link:hand-1'); said.allocations.push(anAllocation({ clioId: '7002' })); return said; }, plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7002'] },
  ...([
    ['six days away', { date: '2026-10-26' }],
    ['of another amount', { total: 12_999 }],
    ['of another contact', { contactId: 'contact-99' }],
    ['that was voided', { status: 'voided' }],
    ['on another invoice', { allocations: [{ xeroId: 'alloc-9', invoiceId: 'inv-9', amount: 13_000, date: '2026-10-20' }] }],
    ['that was paid out', { remaining: 0 }],
  ] satisfies [string, Partial<CreditNote>][]).map(([what, change]): Case => ({ says: `a note ${what} is no such credit`, truth: () => noteByHand(change), plans: [OURS] })),
  { says: 'a bad debt is one line of the whole, without tax', truth: () => credited({}, badDebt), plans: ['credit 1043-CR7001 of 2026-10-20 as bad debt: 130.00 + 0.00 = 130.00 on 489/NONE 13000+0'] },
  { says: 'a bad debt needs its account', truth: () => credited({}, { settings: withCredits({ treatment: 'bad-debt' }) }), plans: ['hold ACCOUNT_UNMAPPED (credit:7001)'] },
  { says: 'and a tax code that the account allows', truth: () => credited({}, { ...badDebt, books: { ...badDebt.books, taxRates: books.taxRates } }), plans: ['hold TAX_NOT_ALLOWED (credit:7001)'] },
  { says: 'the answer "reduction" is followed', truth: () => answered(after((at) => at.truth.allocations.push(credit())), 'reduction'), plans: ['credit 1043-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'so is "bad debt"', truth: () => answered(after((at) => at.truth.allocations.push(credit()), { ...badDebt, settings: withCredits({ badDebtAccount: '489' }) }), 'bad-debt'), plans: ['credit 1043-CR7001 of 2026-10-20 as bad debt: 130.00 + 0.00 = 130.00 on 489/NONE 13000+0'] },
  { says: 'what was chosen for the client once is not asked again', truth: () => credited({}, { settings: withCredits({ treatment: 'ask', byClient: { 41: 'reduction' } }) }), plans: ['credit 1043-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'and goes before what is chosen for all', truth: () => credited({}, { ...badDebt, settings: withCredits({ treatment: 'reduction', badDebtAccount: '489', byClient: { 41: 'bad-debt' } }) }), plans: ['credit 1043-CR7001 of 2026-10-20 as bad debt: 130.00 + 0.00 = 130.00 on 489/NONE 13000+0'] },
  { says: 'what was chosen for another client is not', truth: () => credited({}, { settings: withCredits({ treatment: 'ask', byClient: { 42: 'reduction' } }) }), plans: ['hold CREDIT_TREATMENT_NEEDED (credit:7001)'] },
  { says: 'the answer for the client, or for all, answers this one too', truth: () => answered(after((at) => at.truth.allocations.push(credit()), { settings: withCredits({ treatment: 'ask' }) }), 'reduction:client'), plans: ['credit 1043-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'a discount is a reduction, whatever the setting, on the account for discounts', truth: () => credited({ asDiscount: true }, { bill: thousand, settings: withCredits({ treatment: 'ask' }, { discountAccount: '275' }) }), plans: ['credit 1043-CR7001 of 2026-10-20: 110.00 + 20.00 = 130.00 on 275/OUTPUT2 10000+2000, 275/NONE 1000+0'] },
  { says: 'which must work', truth: () => credited({ asDiscount: true }, { settings: withCredits({}, { discountAccount: '999' }) }), plans: ['hold ACCOUNT_GONE (credit:7001)'] },
  { says: 'a credit from before the start is asked about', truth: () => after((at) => at.truth.allocations.push(credit({ date: '2026-09-25' })), { ...reduction, bill: aBill({ issuedOn: '2026-09-20' }), invoices: [anInvoice(aBill({ issuedOn: '2026-09-20' }))] }), plans: ['hold CREDIT_TREATMENT_NEEDED (credit:7001)'] },
  { says: 'a closed day waits', truth: () => credited({ date: '2026-09-30' }), plans: ['hold PERIOD_CLOSED (credit:7001)'] },
  { says: 'or moves to the first open one', truth: () => credited({ date: '2026-09-30' }, { settings: { ...reduction.settings, lockPolicy: 'first-open-day' } }), plans: ['credit 1043-CR7001 of 2026-10-01: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'a draft invoice takes no credit', truth: () => credited({}, { settings: { ...reduction.settings, invoice: { ...settings.invoice, status: 'draft' } } }), plans: ['hold CREDIT_INVOICE_NOT_READY (credit:7001)'] },
  // From making to rest
  { says: 'the note is put on the invoice', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditNotes = [{ ...note, xeroId: 'note-1' }]), (at.truth.creditLinks = [aLink({ noteId: 'note-1' })])), reduction), plans: ['put 130.00 GBP of note-1 on inv-1'] },
  { says: 'then nothing is left', truth: () => carried(() => undefined), plans: [] },
  { says: 'not beside a payment planned on what is open now', truth: () => after((at) => (at.truth.allocations.push(credit(), anAllocation({ clioId: '7002', amount: 10_000 })), (at.truth.creditNotes = [{ ...note, xeroId: 'note-1' }]), (at.truth.creditLinks = [aLink({ noteId: 'note-1' })])), reduction), plans: ['pay 100.00 GBP of 2026-10-20 into bank-office: 1043 C7002'] },
  { says: 'a voided credit never goes', truth: () => credited({ voided: true }), plans: [] },
  { says: 'an answer that was lost is found by number and marker', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditNotes = [{ ...note }]), (at.truth.creditLinks = [aLink({})])), reduction), plans: ['link 7001 = note-9 from clio'] },
  { says: 'even without our records', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditNotes = [{ ...note }])), reduction), plans: ['link 7001 = note-9 from clio'] },
  { says: 'under the number it was tried with, whatever the invoice is called by now', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditNotes = [{ ...note, number: 'OLD-CR7001' }]), (at.truth.creditLinks = [aLink({ number: 'OLD-CR7001' })])), reduction), plans: ['link 7001 = note-9 from clio'] },
  { says: 'what was not saved is made again under the same number', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditLinks = [aLink({ number: 'OLD-CR7001' })])), reduction), plans: ['credit OLD-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'voided before it was known whether it was saved: nothing to undo', truth: () => after((at) => (at.truth.allocations.push(credit({ voided: true })), (at.truth.creditLinks = [aLink({})])), reduction), plans: ['end credit:c7001'] },
  { says: 'or taken back once it is found', truth: () => after((at) => (at.truth.allocations.push(credit({ voided: true })), (at.truth.creditNotes = [{ ...note }]), (at.truth.creditLinks = [aLink({})])), reduction), plans: ['link 7001 = note-9 from clio'] },
  // Above the balance
  { says: 'more than is due: the due part is put on, the rest is shown', truth: () => carried(() => undefined, { invoices: [], allocations: [credit({ amount: 100_000 }), anAllocation({ clioId: '7002', amount: 50_000 })] }), plans: ['hold CREDIT_OVER_BALANCE (credit:7001)'] },
  { says: 'nothing due at all: the same', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment({ amount: 125_000 })), Object.assign(at.truth.bill, { balance: 0 }), at.truth.allocations.push(credit()), settle(at)), { ...reduction, settings: { ...reduction.settings, payments: { ...settings.payments, fromXero: 'off' } } }), plans: ['hold CREDIT_OVER_BALANCE (credit:7001)'] },
  { says: 'over once the rest was used elsewhere', truth: () => carried((at) => Object.assign(noteOf(at), { remaining: 0, status: 'paid' }), { allocations: [credit({ amount: 100_000 }), anAllocation({ clioId: '7002', amount: 50_000 })] }), plans: [] },
  // Voided
  { says: 'voided in Clio: off the invoice and voided', truth: () => carried(voidCredit), plans: ['remove note-5 off 1'] },
  { says: 'then at rest', truth: () => carried((at) => (voidCredit(at), settle(at))), plans: [] },
  { says: 'not what was paid out', truth: () => carried((at) => (takeOff(at, noteOf(at)), (noteOf(at).remaining = 3_000), voidCredit(at))), plans: ['hold CREDIT_FINAL (credit:7001)'] },
  { says: 'nor what was used on another invoice', truth: () => carried((at) => (noteOf(at).allocations.push({ xeroId: 'a-9', invoiceId: 'inv-other', amount: 0, date: '2026-10-21' }), voidCredit(at))), plans: ['hold CREDIT_FINAL (credit:7001)'] },
  { says: 'nor in a closed period', truth: () => carried((at) => (voidCredit(at), (at.truth.books.lockedThrough = '2026-10-31'))), plans: ['hold PERIOD_CLOSED (credit:7001)'] },
  { says: 'gone on both sides ends', truth: () => carried((at) => (voidCredit(at), takeOff(at, noteOf(at)), (noteOf(at).status = 'voided'))), plans: ['end credit:c7001'] },
  { says: 'voided in Xero is asked about', truth: () => carried((at) => (takeOff(at, noteOf(at)), (noteOf(at).status = 'voided'))), plans: ['hold CREDIT_REMOVED_IN_XERO (credit:7001)'] },
  { says: 'sent again under the next number', truth: () => answered(carried((at) => (takeOff(at, noteOf(at)), (noteOf(at).status = 'voided'))), 'send-again'), plans: ['credit 1043-CR7001-R1 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0'] },
  { says: 'or accepted', truth: () => answered(carried((at) => (takeOff(at, noteOf(at)), (noteOf(at).status = 'voided'))), 'accept'), plans: ['end credit:c7001'] },
  { says: 'taken off the invoice by hand is put on again', truth: () => carried((at) => takeOff(at, noteOf(at))), plans: ['put 130.00 GBP of note-5 on inv-1'] },
  { says: 'another amount on each side is shown', truth: () => carried((at) => (at.truth.allocations = [credit({ amount: 12_000 })])), plans: ['hold CREDIT_DIFFERS (credit:7001)'] },
  { says: 'a void bill takes its credit notes along', truth: () => carried((at) => editBill(at, { ...at.truth.bill, state: 'void' })), plans: ['remove note-5 off 1'] },
  { says: 'and its invoice after them', truth: () => carried((at) => (editBill(at, { ...at.truth.bill, state: 'void' }), settle(at))), plans: [] },
  // Made by hand in Xero
  { says: "Xero's own credit is asked for in Clio, by a task with the amount", truth: () => after((at) => byHand(at, 2_123)), plans: ['ask for credit cn-1 of 2123 by task: Write off 21.23 GBP on bill 1043'] },
  { says: 'once, then it waits', truth: () => after((at) => (byHand(at, 2_123), settle(at))), plans: ['hold CREDIT_IN_XERO (credit:xcn-1)'] },
  { says: 'a firm that wants its inbox only gets no task', truth: () => after((at) => byHand(at, 2_123), { settings: inboxOnly }), plans: ['hold CREDIT_IN_XERO (credit:xcn-1)'] },
  { says: 'nor does a bill that has nothing open to credit', truth: () => after((at) => (byHand(at, 2_123), (at.truth.bill = { ...at.truth.bill, balance: 0 }))), plans: ['hold CREDIT_IN_XERO (credit:xcn-1)'] },
  { says: 'entered in Clio: linked, and the task completed', truth: () => after((at) => (byHand(at, 13_000), settle(at), at.truth.allocations.push(credit())), reduction), plans: ['link 7001 = cn-1 from xero, close task'] },
  { says: 'entered in other parts: the task is completed all the same', truth: () => after((at) => (byHand(at, 13_000), settle(at), at.truth.allocations.push(credit({ amount: 10_000 }), credit({ clioId: '7002', amount: 3_000 }))), reduction), plans: ['end credit:xcn-1:9001, close task'] },
  { says: 'taken back in Xero before that: the task is completed', truth: () => after((at) => (byHand(at, 13_000), settle(at), (mainInvoice(at).credits = []))), plans: ['end credit:xcn-1:9001, close task'] },
  { says: 'of another amount by now: asked for anew', truth: () => after((at) => (byHand(at, 13_000), settle(at), mainInvoice(at).credits.map((each) => (each.applied = 12_000)))), plans: ['end credit:xcn-1:9001, close task'] },
  { says: 'by a new task', truth: () => { const at = inStep(); byHand(at, 13_000); settle(at); mainInvoice(at).credits.map((each) => (each.applied = 12_000)); carryOutAll(at); return at.truth; }, plans: ['ask for credit cn-1 of 12000 by task: Write off 120.00 GBP on bill 1043'] },
  { says: 'void in Clio: nothing is left to enter', truth: () => after((at) => (byHand(at, 13_000), settle(at), (mainInvoice(at).amountDue = 0), editBill(at, { ...at.truth.bill, state: 'void' }))), plans: ['end credit:xcn-1:9001, close task'] },
  // Money that came in earlier, put on the invoice in Xero
  { says: 'an overpayment put on the invoice is asked for as a payment, as it is no write-off', truth: () => after((at) => advance(at, 13_000)), plans: ['ask for credit op-1 of 13000 by task: Record 130.00 GBP paid earlier on bill 1043'] },
  { says: 'then it waits', truth: () => after((at) => (advance(at, 13_000), settle(at))), plans: ['hold ADVANCE_IN_XERO (credit:xop-1)'] },
  { says: 'recorded as a payment in Clio: linked, never sent to a bank', truth: () => after((at) => (advance(at, 13_000), settle(at), at.truth.allocations.push(anAllocation({ amount: 13_000 })))), plans: ['link 7001 = op-1 from xero, close task'] },
  { says: 'then at rest', truth: () => after((at) => (advance(at, 13_000), settle(at), at.truth.allocations.push(anAllocation({ amount: 13_000 })), settle(at))), plans: [] },
  { says: 'a prepayment the same', truth: () => after((at) => (advance(at, 13_000, 'prepayment'), at.truth.allocations.push(anAllocation({ amount: 13_000, source: { clioId: '44', type: 'operating' }, destinationAccountId: null })))), plans: ['link 7001 = op-1 from xero'] },
  { says: 'given up in Clio after all: linked too', truth: () => after((at) => (advance(at, 13_000), settle(at), at.truth.allocations.push(credit())), reduction), plans: ['link 7001 = op-1 from xero, close task'] },
  { says: 'of another amount than the payment, both are told apart', truth: () => after((at) => (advance(at, 13_000), settle(at), at.truth.allocations.push(anAllocation({ amount: 20_000 })))), plans: ['pay 200.00 GBP of 2026-10-20 into bank-office: 1043 C7001', 'hold ADVANCE_IN_XERO (credit:xop-1)'] },
  { says: 'an equal payment in Xero is the nearer match', truth: () => after((at) => (advance(at, 13_000), pay(mainInvoice(at), aXeroPayment({ amount: 13_000 })), settle(at), at.truth.allocations.push(anAllocation({ amount: 13_000 }))), { settings: inboxOnly }), plans: ['link 7001 = pay-1', 'hold ADVANCE_IN_XERO (credit:xop-1)'] },
  { says: 'taken off the invoice again, its payment is asked about', truth: () => after((at) => (advance(at, 13_000), at.truth.allocations.push(anAllocation({ amount: 13_000 })), settle(at), (mainInvoice(at).credits = []))), plans: ['hold CREDIT_REMOVED_IN_XERO (credit:7001)'] },
  { says: 'and sent as a payment on request', truth: () => { const at = inStep(); advance(at, 13_000); at.truth.allocations.push(anAllocation({ amount: 13_000 })); settle(at); Object.assign(mainInvoice(at), { credits: [], amountDue: 125_000 }); at.truth = answered(at.truth, 'send-again'); carryOutAll(at); return at.truth; }, plans: ['pay 130.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'paid in Clio out of money held in operating: no bank payment, as nothing came in that day', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '44', type: 'operating' }, destinationAccountId: null }))), plans: ['hold PAY_FROM_HELD_MONEY (payment:7001)'] },
  { says: 'nor when it names the same account twice', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '44', type: 'operating' } }))), plans: ['hold PAY_FROM_HELD_MONEY (payment:7001)'] },
  { says: 'moved from one operating account into another it is a payment there', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '45', type: 'operating' } }))), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'sent as a payment when nobody entered the money in Xero before', truth: () => answered(after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '44', type: 'operating' }, destinationAccountId: null }))), 'send'), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'and linked' , truth: () => after((at) => (at.truth.allocations.push(anAllocation({ amount: 13_000, source: { clioId: '44', type: 'operating' }, destinationAccountId: null })), settle(at), advance(at, 13_000))), plans: ['link 7001 = op-1 from xero'] },
  // Entered on both sides
  { says: 'a credit on both sides is linked once it is there, never echoed', truth: () => after((at) => (byHand(at, 13_000), at.truth.allocations.push(credit())), reduction), plans: ['link 7001 = cn-1 from xero'] },
  { says: 'then at rest', truth: () => after((at) => (byHand(at, 13_000), at.truth.allocations.push(credit()), settle(at)), reduction), plans: [] },
  { says: 'voided in Clio, Xero is asked for again', truth: () => after((at) => (byHand(at, 13_000), at.truth.allocations.push(credit()), settle(at), voidCredit(at), settle(at)), reduction), plans: ['hold CREDIT_IN_XERO (credit:xcn-1)'] },
  { says: 'taken back in Xero, a person is asked', truth: () => after((at) => (byHand(at, 13_000), at.truth.allocations.push(credit()), settle(at), (mainInvoice(at).credits = [])), reduction), plans: ['hold CREDIT_REMOVED_IN_XERO (credit:7001)'] },
  { says: 'of another amount it could still be the same one: asked', truth: () => after((at) => (byHand(at, 15_000), at.truth.allocations.push(credit())), reduction), plans: ['hold CREDIT_IN_XERO (credit:xcn-1)', 'hold CREDIT_UNMATCHED (credit:7001)'] },
  { says: 'and sent when a person says it is not', truth: () => answered(after((at) => (byHand(at, 15_000), at.truth.allocations.push(credit())), reduction), 'new'), plans: ['credit 1043-CR7001 of 2026-10-20: 109.20 + 20.80 = 130.00 on 200/OUTPUT2 10400+2080, 265/NONE 520+0', 'hold CREDIT_IN_XERO (credit:xcn-1)'] },
  { says: 'the same money in other parts is in step', truth: () => after((at) => (byHand(at, 10_000), byHand(at, 3_000, 'cn-2'), at.truth.allocations.push(credit())), reduction), plans: [] },
  // A bill lowered after its invoice could no longer change
  { says: 'less money after a payment makes a credit note for the difference', truth: () => lowered(), plans: ['credit 1043-CR1 of 2026-10-25: 10.00 + 0.00 = 10.00 on 265/NONE 1000+0'] },
  { says: 'which is put on the invoice, and all is in step', truth: () => { const at = inStep({ ...paidHalf }); editBill(at, less); settle(at); if (mainInvoice(at).amountDue !== 74_000) throw new Error(`${mainInvoice(at).amountDue} due`); return at.truth; }, plans: [] },
  { says: 'a firm that wants to be asked is asked', truth: () => lowered({ settings: { ...settings, editPaid: 'ask' } }), plans: ['hold INVOICE_FROZEN (invoice:main)'] },
  { says: 'and may answer with a credit note', truth: () => answered(lowered({ settings: { ...settings, editPaid: 'ask' } }), 'adjust'), plans: ['credit 1043-CR1 of 2026-10-25: 10.00 + 0.00 = 10.00 on 265/NONE 1000+0'] },
  { says: 'one line up and another down, less in all, is for a person', truth: () => after((at) => editBill(at, aBill({ lines: [aLine({ net: 90_000, taxes: [{ ...vat, amount: 18_000 }] }), untaxed({ net: 6_000 })] })), paidHalf), plans: ['hold INVOICE_FROZEN (invoice:main)'] },
  { says: 'lowered and lowered again makes a second note', truth: () => after((at) => (editBill(at, less), settle(at), editBill(at, aBill({ lines: [aLine(), untaxed({ net: 3_000 })] }))), paidHalf), plans: ['credit 1043-CR2 of 2026-10-25: 10.00 + 0.00 = 10.00 on 265/NONE 1000+0'] },
  { says: 'lowered and raised again makes a second invoice', truth: () => after((at) => (editBill(at, less), settle(at), editBill(at, aBill())), paidHalf), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 10.00 + 0.00 = 10.00'] },
  { says: 'a line dropped, then another: only what is new is credited', truth: () => after((at) => (editBill(at, aBill({ lines: [aLine()] })), settle(at), editBill(at, aBill({ lines: [aLine({ net: 90_000, taxes: [{ ...vat, amount: 18_000 }] })] }))), paidHalf), plans: ['credit 1043-CR2 of 2026-10-25: 100.00 + 20.00 = 120.00 on 200/OUTPUT2 10000+2000'] },
  { says: 'a paid bill that is lowered leaves the client a credit', truth: () => after((at) => (editBill(at, less), settle(at)), { allocations: [anAllocation({ amount: 125_000 })] }), plans: ['hold CREDIT_OVER_BALANCE (credit:cut-1)'] },
  { says: 'a lowered bill whose answer was lost finds its note', truth: () => after((at) => (editBill(at, less), settle(at), (at.truth.creditLinks ?? []).map((link) => (link.noteId = null))), paidHalf), plans: ['link credit:b9001:cut-1 = note-5 from clio'] },
  { says: 'its note voided in Xero is asked about', truth: () => after((at) => (editBill(at, less), settle(at), takeOff(at, noteOf(at)), (noteOf(at).status = 'voided')), paidHalf), plans: ['hold REMOVED_IN_XERO (invoice:cut-1)'] },
  { says: 'a void bill takes it along', truth: () => after((at) => (editBill(at, less), settle(at), editBill(at, { ...at.truth.bill, state: 'void' })), paidHalf), plans: ['delete payment paid-7001', 'remove note-5 off 1'] },
  { says: 'a person put the note on by hand meanwhile: nothing is put on twice', truth: () => after((at) => (at.truth.allocations.push(credit()), (at.truth.creditNotes = [{ ...note }]), (at.truth.creditLinks = [aLink({ noteId: 'note-9' })]), putOn(noteOf(at), mainInvoice(at), 13_000, '2026-10-20', 'a-1')), reduction), plans: [] },
];

const note = { xeroId: 'note-9', number: '1043-CR7001', reference: '1043 C7001', status: 'authorised' as const, contactId: 'contact-41', currency: 'GBP', date: '2026-10-20', lines: [], subTotal: 10_920, totalTax: 2_080, total: 13_000, remaining: 13_000, allocations: [], refunds: [] };

function aLink(change: { noteId?: string | null; number?: string }) {
  return { id: 'credit:c7001', billId: '9001', origin: 'clio' as const, allocationId: '7001', noteId: null, number: '1043-CR7001', amount: 13_000, date: '2026-10-20', treatment: 'reduction' as const, refundId: null, rung: null, taskId: null, cut: null, ended: false, ...change };
}
