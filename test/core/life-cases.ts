import type { Bill } from '../../src/core/bill.js';
import type { InvoiceCredit } from '../../src/core/invoice.js';
import { planBill } from '../../src/core/plan-bill.js';
import type { BillTruth } from '../../src/core/plan.js';
import { after, answered, type Case, editBill, inStep, mainInvoice } from './cases.js';
import { takeOff } from './ideal-credits.js';
import { carryOut, pay, removePayment, settle, world, type World } from './ideal-xero.js';
import { aBill, aLine, anAllocation, anInvoice, aTruth, aXeroPayment, settings, untaxed, vat } from './law-firm.js';

const more = aBill({ lines: [aLine(), untaxed({ net: 8_000 })] });
const less = aBill({ lines: [aLine(), untaxed({ net: 4_000 })] });
const paidHalf = { allocations: [anAllocation()] };
const edited = (bill: Bill, change = {}) => after((at) => editBill(at, bill), change);
const changeInvoice = (change: Partial<ReturnType<typeof anInvoice>>) => after((at) => Object.assign(mainInvoice(at), change));

const paidTwice = { allocations: [anAllocation(), anAllocation({ clioId: '7002', parentId: '5002', amount: 20_000, date: '2026-10-21' })] };
const reapply = (change: Partial<BillTruth>) => ({ ...change, settings: { ...settings, editPaid: 'reapply' as const } });
/** The update was refused, and the payments went back on the invoice as it was. */
function putBack(): BillTruth {
  const at = world(edited(more, reapply(paidHalf)));
  const refused = structuredClone(at.truth.invoices);
  for (const step of planBill(at.truth).steps) carryOut(at, step);
  at.truth.invoices = refused;
  for (const link of at.truth.paymentLinks) link.takenOff = link.takenOff && { ...link.takenOff, back: true };
  return at.truth;
}
const voidBill = (at: World) => editBill(at, aBill({ state: 'void' }));
const voidedAndLocked = (lockedThrough: string, change = {}) => after((at) => (voidBill(at), (at.truth.books = { ...at.truth.books, lockedThrough })), change);
const voidedAfterReconciled = () => after((at) => (pay(mainInvoice(at), aXeroPayment({ reconciled: true })), voidBill(at)));
const creditByHand = (at: World, kind: InvoiceCredit['kind']) => {
  const invoice = mainInvoice(at);
  invoice.credits.push({ xeroId: 'cn-1', kind, number: null, applied: 10, date: null });
  Object.assign(invoice, { amountCredited: 10, amountDue: invoice.amountDue - 10 });
};
function carriedOut(truth: BillTruth, rounds: number): BillTruth {
  const at = world(truth);
  for (let round = 0; round < rounds; round += 1) for (const step of planBill(at.truth).steps) carryOut(at, step);
  return at.truth;
}
/** Two invoices, the first kept open by a payment of Xero's, the second credited in part by hand; then the bill is voided and the rest credited. */
function secondInvoiceCredited(): BillTruth {
  const at = inStep(paidHalf);
  settle(editBill(at, more));
  pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-9', amount: 10_000 }));
  const second = at.truth.invoices.find((each) => each.xeroId !== mainInvoice(at).xeroId);
  if (!second) throw new Error('the bill has one invoice');
  Object.assign(second, { amountDue: second.amountDue - 1_000, amountCredited: 1_000, credits: [{ xeroId: 'by-hand', kind: 'credit-note', number: 'CN-9', applied: 1_000, date: '2026-10-24' }] });
  editBill(at, { ...more, state: 'void' });
  while (!planBill(at.truth).steps.some((step) => step.do === 'allocate-credit')) for (const step of planBill(at.truth).steps) carryOut(at, step);
  return at.truth;
}
function endNoteVoided(): BillTruth {
  const at = world(carriedOut(voidedAndLocked('2026-10-20'), 2));
  for (const note of at.truth.creditNotes ?? []) takeOff(at, note).status = 'voided';
  return at.truth;
}

const paidSince = (truth: BillTruth): BillTruth => ({ ...truth, bill: { ...truth.bill, paid: 20_000, balance: truth.bill.balance - 20_000 } });
const page = aTruth().pageUrl;
/** A second invoice of ours, made by a request that was under way too long. */
function withStray(at: World, change: Partial<ReturnType<typeof anInvoice>> = {}): World {
  at.truth.strays = [{ invoiceId: 'inv-late', number: '1042' }];
  at.truth.invoices.push(anInvoice(at.truth.bill, { xeroId: 'inv-late', number: '1042', url: page, ...change }));
  return at;
}

/** What happens to a bill and its invoice after both were in step. */
export const LIFE_CASES: Case[] = [
  { says: 'in step: nothing to do', truth: () => inStep().truth, plans: [] },
  { says: 'an edit before any payment changes the same invoice', truth: () => edited(more), plans: ['update main 1043 of 2026-10-12: 1,080.00 + 200.00 = 1,280.00'] },
  { says: 'downwards too', truth: () => edited(less), plans: ['update main 1043 of 2026-10-12: 1,040.00 + 200.00 = 1,240.00'] },
  { says: 'another number changes the same invoice', truth: () => edited(aBill({ number: '1044' })), plans: ['update main 1044 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'another due day changes the same invoice', truth: () => edited(aBill({ dueOn: '2026-12-01' })), plans: ['update main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'another due day of a part-paid invoice is only remembered', truth: () => edited(aBill({ dueOn: '2026-12-01' }), paidHalf), plans: ['rebase main inv-1'] },
  { says: 'more money after a payment makes a second invoice for the difference', truth: () => edited(more, paidHalf), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'interest after a payment makes an invoice for the interest', truth: () => edited(aBill({ interest: 1_875 }), paidHalf), plans: ['create int-1 1043-INT1 of 2026-10-25: 18.75 + 0.00 = 18.75'] },
  { says: 'more interest after a payment: only what is new, as the rest stands on the first invoice', truth: () => after((at) => (editBill(at, aBill({ interest: 1_875 })), settle(at), at.truth.allocations.push(anAllocation()), settle(at), editBill(at, aBill({ interest: 3_000 })))), plans: ['create int-1 1043-INT1 of 2026-10-25: 11.25 + 0.00 = 11.25'] },
  { says: 'interest before any payment goes on the same invoice', truth: () => edited(aBill({ interest: 1_875 })), plans: ['update main 1043 of 2026-10-12: 1,068.75 + 200.00 = 1,268.75'] },
  { says: 'less money and another number after a payment is for a person', truth: () => edited(aBill({ ...less, number: '1044' }), paidHalf), plans: ['hold INVOICE_FROZEN (invoice:main)'] },
  { says: 'a firm that wants to be asked is asked', truth: () => edited(more, { ...paidHalf, settings: { ...settings, editPaid: 'ask' } }), plans: ['hold INVOICE_FROZEN (invoice:main)'] },
  { says: 'and may answer with a second invoice', truth: () => answered(edited(more, { ...paidHalf, settings: { ...settings, editPaid: 'ask' } }), 'adjust'), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'more money in a closed period makes a second invoice on the day of the edit', truth: () => after((at) => (editBill(at, more), (at.truth.books.lockedThrough = '2026-10-20'))), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'edited on a day that is closed by now: a person decides', truth: () => after((at) => (editBill(at, more), (at.truth.books.lockedThrough = '2026-10-31')), paidHalf), plans: ['hold PERIOD_CLOSED (invoice:main)'] },
  { says: 'or the first open day is taken for the second invoice', truth: () => after((at) => (editBill(at, more), (at.truth.books.lockedThrough = '2026-10-31')), { ...paidHalf, settings: { ...settings, lockPolicy: 'first-open-day' } }), plans: ['create adj-1 1043-ADJ1 of 2026-11-01: 30.00 + 0.00 = 30.00'] },
  { says: 'as for the credit note', truth: () => after((at) => (editBill(at, less), (at.truth.books.lockedThrough = '2026-10-31')), { ...paidHalf, settings: { ...settings, lockPolicy: 'first-open-day' } }), plans: ['credit 1043-CR1 of 2026-11-01: 10.00 + 0.00 = 10.00 on 265/NONE 1000+0'] },
  { says: 'a second edit after a payment makes a third invoice', truth: () => after((at) => (editBill(at, more), settle(at), editBill(at, aBill({ lines: [aLine({ net: 110_000, taxes: [{ ...vat, amount: 22_000 }] }), untaxed({ net: 8_000 })] }))), paidHalf), plans: ['create adj-2 1043-ADJ2 of 2026-10-25: 100.00 + 20.00 = 120.00'] },
  // Our payments come off while the invoice changes
  { says: 'a firm that wants one invoice only: our payments come off first', truth: () => edited(more, reapply(paidTwice)), plans: ['take off paid-7001', 'take off paid-7002'] },
  { says: 'then the invoice changes', truth: () => carriedOut(edited(more, reapply(paidTwice)), 1), plans: ['update main 1043 of 2026-10-12: 1,080.00 + 200.00 = 1,280.00'] },
  { says: 'then they go back as they were', truth: () => carriedOut(edited(more, reapply(paidTwice)), 2), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001', 'pay 200.00 GBP of 2026-10-21 into bank-office: 1043 C7002'] },
  { says: 'and that is all', truth: () => carriedOut(edited(more, reapply(paidTwice)), 3), plans: [] },
  { says: 'also where only the day of the bill changes, which no second invoice could tell', truth: () => edited(aBill({ issuedOn: '2026-10-13' }), reapply(paidHalf)), plans: ['take off paid-7001'] },
  { says: 'a reconciled payment stays, so the difference is a second invoice', truth: () => after((at) => (Object.assign(mainInvoice(at).payments[0] ?? {}, { reconciled: true }), editBill(at, more)), reapply(paidTwice)), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: "so does somebody else's", truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment({ amount: 100 })), settle(at), editBill(at, more)), reapply(paidHalf)), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'a bill lowered below what was paid does not let money go', truth: () => edited(aBill({ lines: [untaxed({ net: 40_000 })] }), reapply(paidHalf)), plans: ['hold INVOICE_FROZEN (invoice:main)'] },
  { says: 'a bank account chosen in Xero would be lost', truth: () => after((at) => (Object.assign(mainInvoice(at).payments[0] ?? {}, { accountId: 'bank-dollar' }), editBill(at, more)), reapply(paidHalf)), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'put back after Xero refused the change: not tried again for the same figures', truth: () => putBack(), plans: ['create adj-1 1043-ADJ1 of 2026-10-25: 30.00 + 0.00 = 30.00'] },
  { says: 'but for others', truth: () => { const at = world(putBack()); return editBill(at, less).truth; }, plans: ['take off paid-7001'] },
  { says: 'the same payment entered by somebody meanwhile: a person is asked before it is there twice', truth: () => { const at = world(carriedOut(edited(more, reapply(paidHalf)), 2)); pay(mainInvoice(at), aXeroPayment()); return at.truth; }, plans: ['ask biller for pay-1 by task', 'hold PAY_DELETED_IN_XERO (payment:7001)'] },
  { says: 'a firm that wants to be asked may choose this too', truth: () => answered(edited(more, { ...paidHalf, settings: { ...settings, editPaid: 'ask' } }), 'reapply'), plans: ['take off paid-7001'] },
  // Void and re-issue
  { says: 'void in Clio: the invoice gives up its number and is voided', truth: () => edited(aBill({ state: 'void' })), plans: ['void main as 1043-VOID-9001'] },
  { says: 'deleted in Clio, figures and all: the same', truth: () => edited({ ...aBill({ state: 'deleted' }), lines: [], taxes: [] }), plans: ['void main as 1043-VOID-9001'] },
  { says: 'a draft invoice is deleted', truth: () => edited(aBill({ state: 'void' }), { settings: { ...settings, invoice: { ...settings.invoice, status: 'draft' } } }), plans: ['delete draft main'] },
  { says: 'our payment goes first', truth: () => edited(aBill({ state: 'void' }), paidHalf), plans: ['delete payment paid-7001'] },
  { says: 'a payment of somebody else blocks the void', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), editBill(at, aBill({ state: 'void' })))), plans: ['hold VOID_BLOCKED (invoice:main)'] },
  { says: "somebody's credit keeps Xero from voiding: what it leaves open is credited", truth: () => after((at) => (creditByHand(at, 'credit-note'), voidBill(at))), plans: ['credit 1043-CR-VOID1 of 2026-10-25: 1,049.92 + 199.98 = 1,249.90 on 200/OUTPUT2 99992+19998, 265/NONE 5000+0'] },
  { says: "and so does money the client had paid before, which is left over then", truth: () => after((at) => (creditByHand(at, 'prepayment'), voidBill(at), settle(at))), plans: ['hold VOID_BLOCKED (invoice:main)'] },
  { says: 'in a closed period the whole is credited on the day the bill was voided', truth: () => voidedAndLocked('2026-10-20'), plans: ['credit 1043-CR-VOID1 of 2026-10-25: 1,050.00 + 200.00 = 1,250.00 on 200/OUTPUT2 100000+20000, 265/NONE 5000+0'] },
  { says: 'then put on the invoice', truth: () => carriedOut(voidedAndLocked('2026-10-20'), 1), plans: ['put 1,250.00 GBP of note-1 on inv-1'] },
  { says: 'and that is all', truth: () => carriedOut(voidedAndLocked('2026-10-20'), 2), plans: [] },
  { says: 'even once the period is open again', truth: () => ({ ...carriedOut(voidedAndLocked('2026-10-20'), 2), books: { ...aTruth().books, lockedThrough: null } }), plans: [] },
  { says: 'voided on a day that is closed by now: a person decides', truth: () => voidedAndLocked('2026-10-31'), plans: ['hold PERIOD_CLOSED (invoice:main)'] },
  { says: 'or the first open day is taken', truth: () => voidedAndLocked('2026-10-31', { settings: { ...settings, lockPolicy: 'first-open-day' } }), plans: ['credit 1043-CR-VOID1 of 2026-11-01: 1,050.00 + 200.00 = 1,250.00 on 200/OUTPUT2 100000+20000, 265/NONE 5000+0'] },
  { says: 'a reconciled payment keeps Xero from voiding: what is open is credited', truth: () => voidedAfterReconciled(), plans: ['credit 1043-CR-VOID1 of 2026-10-25: 630.00 + 120.00 = 750.00 on 200/OUTPUT2 60000+12000, 265/NONE 3000+0'] },
  { says: "and the client's money is for a person", truth: () => carriedOut(voidedAfterReconciled(), 2), plans: ['hold VOID_BLOCKED (invoice:main)'] },
  { says: 'who may say that it is dealt with', truth: () => answered(carriedOut(voidedAfterReconciled(), 2), 'settled'), plans: [] },
  { says: 'once it is undone in Xero after all, the rest is credited too', truth: () => { const at = world(carriedOut(voidedAfterReconciled(), 2)); Object.assign(mainInvoice(at).payments[0] ?? {}, { reconciled: false }); removePayment(at, 'pay-1'); return at.truth; }, plans: ['credit 1043-CR-VOID2 of 2026-10-25: 420.00 + 80.00 = 500.00 on 200/OUTPUT2 40000+8000, 265/NONE 2000+0'] },
  { says: 'our note voided in Xero is asked about', truth: () => endNoteVoided(), plans: ['hold CREDIT_REMOVED_IN_XERO (credit:void-main-1)'] },
  { says: 'it is put on the invoice it ends, however much is open of another', truth: secondInvoiceCredited, plans: ['put 20.00 GBP of note-8 on inv-5'] },
  { says: 'and made again on request', truth: () => answered(endNoteVoided(), 'send-again'), plans: ['credit 1043-CR-VOID2 of 2026-10-25: 1,050.00 + 200.00 = 1,250.00 on 200/OUTPUT2 100000+20000, 265/NONE 5000+0'] },
  { says: 'or not', truth: () => carriedOut(answered(endNoteVoided(), 'accept'), 1), plans: [] },
  { says: 'voided on both sides is in step', truth: () => after((at) => (editBill(at, aBill({ state: 'void' })), settle(at))), plans: [] },
  { says: 'back to draft in Clio: the invoice stays, a person is told', truth: () => edited(aBill({ state: 'draft' })), plans: ['hold BILL_REOPENED (bill)'] },
  // Changed in Xero
  { says: 'voided in Xero is asked about', truth: () => changeInvoice({ status: 'voided' }), plans: ['hold REMOVED_IN_XERO (invoice:main)'] },
  { says: 'and made again on request, under the next number', truth: () => answered(changeInvoice({ status: 'voided' }), 'recreate'), plans: ['create main 1043-R1 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'or accepted', truth: () => answered(changeInvoice({ status: 'voided' }), 'accept'), plans: ['left out ACCEPTED_DIFFERENCE'] },
  { says: 'which is asked anew when either side changes', truth: () => paidSince(answered(changeInvoice({ status: 'voided' }), 'accept')), plans: ['hold REMOVED_IN_XERO (invoice:main)'] },
  { says: 'a second invoice of ours that nothing is linked to is told of', truth: () => after((at) => withStray(at)), plans: ['hold INVOICE_STRAY (stray:inv-late)'] },
  { says: 'also one in another organisation, which is not read with the bill', truth: () => after((at) => (at.truth.strays = [{ invoiceId: 'inv-far', number: '1042' }])), plans: ['hold INVOICE_STRAY (stray:inv-far)'] },
  { says: 'one that was voided is over', truth: () => after((at) => withStray(at, { status: 'voided' })), plans: [] },
  { says: 'where a person voids the other one, it becomes the invoice of the bill', truth: () => after((at) => (withStray(at), (mainInvoice(at).status = 'voided'))), plans: ['adopt-invoice main inv-late'] },
  { says: 'then nothing is asked any more', truth: () => carriedOut(after((at) => (withStray(at), (mainInvoice(at).status = 'voided'))), 1), plans: [] },
  { says: 'of two left over none is taken', truth: () => after((at) => (withStray(at), at.truth.strays?.push({ invoiceId: 'inv-2', number: '1041' }), at.truth.invoices.push(anInvoice(at.truth.bill, { xeroId: 'inv-2', number: '1041', url: page })), (mainInvoice(at).status = 'voided'))), plans: ['hold REMOVED_IN_XERO (invoice:main)', 'hold INVOICE_STRAY (stray:inv-late)', 'hold INVOICE_STRAY (stray:inv-2)'] },
  { says: 'a void bill takes its own invoice along, not the stray one', truth: () => after((at) => (withStray(at), voidBill(at))), plans: ['void main as 1043-VOID-9001', 'hold INVOICE_STRAY (stray:inv-late)'] },
  { says: 'a void bill that never had an invoice tells of it too', truth: () => withStray(world(aTruth({ bill: aBill({ state: 'void' }) }))).truth, plans: ['hold INVOICE_STRAY (stray:inv-late)'] },
  { says: 'a bill that has none takes it', truth: () => withStray(world(aTruth())).truth, plans: ['adopt-invoice main inv-late'] },
  { says: 'not found in Xero is asked about', truth: () => after((at) => (at.truth.invoices = [])), plans: ['hold REMOVED_IN_XERO (invoice:main)'] },
  { says: 'an amount changed in Xero is asked about', truth: () => changeInvoice({ subTotal: 105_100, total: 125_100 }), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: "Clio's is restored on request", truth: () => answered(changeInvoice({ subTotal: 105_100, total: 125_100 }), 'restore'), plans: ['update main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: "Xero's is kept on request", truth: () => answered(changeInvoice({ subTotal: 105_100, total: 125_100 }), 'keep'), plans: [] },
  { says: 'an answer does not outlive the figures it was given for', truth: () => ({ ...answered(changeInvoice({ subTotal: 105_100, total: 125_100 }), 'keep'), invoices: changeInvoice({ subTotal: 105_200, total: 125_200 }).invoices }), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: 'tax changed in Xero is for the accountant', truth: () => changeInvoice({ totalTax: 19_000, total: 124_000 }), plans: ['hold DRIFT_TAX (invoice:main)'] },
  { says: 'a day changed in Xero is asked about', truth: () => changeInvoice({ date: '2026-10-14' }), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: 'a number changed in Xero is asked about', truth: () => changeInvoice({ number: 'X-1' }), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: 'another currency in Xero is asked about', truth: () => changeInvoice({ currency: 'EUR' }), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: 'another contact in Xero is asked about', truth: () => changeInvoice({ contactId: 'contact-99' }), plans: ['hold DRIFT_CONTACT (invoice:main)'] },
  { says: 'changed on both sides, differently: all three values are shown', truth: () => after((at) => (editBill(at, more), Object.assign(mainInvoice(at), { subTotal: 105_100, total: 125_100 }))), plans: ['hold DRIFT_AMOUNT (invoice:main)'] },
  { says: 'changed on both sides to the same: accepted', truth: () => after((at) => (editBill(at, more), Object.assign(mainInvoice(at), { subTotal: 108_000, total: 128_000, lines: mainInvoice(at).lines.map((line, index) => (index === 1 ? { ...line, net: 8_000 } : line)) }))), plans: ['rebase main inv-1'] },
  { says: "another account in Xero is the bookkeeper's right", truth: () => after((at) => mainInvoice(at).lines.forEach((line) => (line.accountCode = '260'))), plans: ['rebase main inv-1'] },
  { says: 'lines rearranged with equal sums are coding', truth: () => after((at) => mainInvoice(at).lines.splice(0, 2, { xeroId: 'l-9', text: 'All', net: 105_000, tax: 20_000, accountCode: '200', taxType: 'OUTPUT2', tracking: [] })), plans: ['rebase main inv-1'] },
  { says: 'but then an edit in Clio cannot tell the lines apart', truth: () => after((at) => (mainInvoice(at).lines.splice(0, 2, { xeroId: 'l-9', text: 'All', net: 105_000, tax: 20_000, accountCode: '200', taxType: 'OUTPUT2', tracking: [] }), settle(at), editBill(at, more))), plans: ['hold DRIFT_LINES (invoice:main)'] },
  { says: 'unless a person lets the lines be replaced', truth: () => answered(after((at) => (mainInvoice(at).lines.splice(0, 2, { xeroId: 'l-9', text: 'All', net: 105_000, tax: 20_000, accountCode: '200', taxType: 'OUTPUT2', tracking: [] }), settle(at), editBill(at, more))), 'replace'), plans: ['update main 1043 of 2026-10-12: 1,080.00 + 200.00 = 1,280.00'] },
  { says: 'an invoice turned back into a draft is stuck', truth: () => changeInvoice({ status: 'draft' }), plans: ['hold STUCK_DRAFT (invoice:main)'] },
  { says: 'and approved on request', truth: () => answered(changeInvoice({ status: 'submitted' }), 'approve'), plans: ['approve-invoice main inv-1'] },
  { says: 'a link without a base gets one', truth: () => after((at) => at.truth.links.forEach((link) => (link.base = null))), plans: ['rebase main inv-1'] },
];
