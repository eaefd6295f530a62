import type { BillTruth } from '../../src/core/plan.js';
import { planBill } from '../../src/core/plan-bill.js';
import { after, answered, type Case, editBill, mainInvoice } from './cases.js';
import { carryOut, pay, removePayment, settle, world, type World } from './ideal-xero.js';
import { aBill, anAllocation, anInvoice, aTruth, aXeroPayment, books, settings, untaxed } from './law-firm.js';

const paidInClio = anAllocation();
const half = { allocations: [paidInClio], bill: aBill({ paid: 50_000 }) };
const wholeBill = { xeroId: 'pay-9', amount: 125_000, reference: null };

const CLIENT_ACCOUNT = { name: 'Client account', bankAccount: 'bank-client', liabilityAccount: '820' };

const secondPayment = anAllocation({ clioId: '7002', amount: 100_000, date: '2026-10-28' });

/** 500.00 of 1,250.00 were paid, then the bill was raised by 300.00: a second invoice, with 300.00 open beside the first one's 750.00. */
function raisedAfterPayment(happens: (at: World) => unknown, raise: { interest: number } | null = null): BillTruth {
  const more = raise ?? { lines: [...aBill().lines, untaxed({ clioId: '503', net: 30_000 })] };
  return after((at) => (editBill(at, aBill({ ...more, paid: 50_000 })), settle(at), happens(at)), half);
}

/** The second payment, which lies in two parts, lowered to this in Clio. */
const lowered = (amount: number): BillTruth => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio, { ...secondPayment, amount }])));

function answeredFor(part: string, truth: BillTruth): BillTruth {
  const asked = planBill(truth).holds.find(({ about }) => about === `payment:${part}`);
  if (!asked) throw new Error(`nothing is asked about ${part}`);
  return { ...truth, answers: [...(truth.answers ?? []), { about: asked.about, reason: asked.reason, facts: asked.facts, choice: 'typing-error' }] };
}

function settleOnce(at: World): World {
  for (const step of planBill(at.truth).steps) carryOut(at, step);
  return at;
}

/** 500.00 and 750.00 landed in Xero, and the bill was marked paid for both. */
function twoMarkedPaid(at: World): World {
  pay(mainInvoice(at), aXeroPayment());
  pay(mainInvoice(at), aXeroPayment({ ...wholeBill, amount: 75_000 }));
  settle(at);
  return at;
}

/** In Clio, where the bill is open again. */
function takeBack(at: World): World {
  for (const allocation of at.truth.allocations) allocation.voided = true;
  Object.assign(at.truth.bill, { state: 'awaiting_payment', paid: 0, balance: at.truth.bill.due });
  return at;
}

/** Money on a bill that has its invoice. */
export const PAYMENT_CASES: Case[] = [
  { says: "Clio's payment goes to Xero with a marker", truth: () => after((at) => at.truth.allocations.push(paidInClio)), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'and only once', truth: () => after(() => undefined, half), plans: [] },
  { says: 'a voided payment never goes', truth: () => after((at) => at.truth.allocations.push(anAllocation({ voided: true }))), plans: [] },
  { says: 'a card payment goes to the account for cards', truth: () => after((at) => at.truth.allocations.push(anAllocation({ method: 'card' })), { settings: { ...settings, bankMap: { ...settings.bankMap, 'online:card': 'bank-dollar' } }, books: { ...books, accounts: books.accounts.map((each) => ({ ...each, currency: null })) } }), plans: ['pay 500.00 GBP of 2026-10-20 into bank-dollar: 1043 C7001'] },
  { says: 'a bank account named in Clio must be mapped itself', truth: () => after((at) => at.truth.allocations.push(anAllocation({ destinationAccountId: '45' }))), plans: ['hold BANK_UNMAPPED (payment:7001)'] },
  { says: 'a payment without a bank account goes to the default', truth: () => after((at) => at.truth.allocations.push(anAllocation({ destinationAccountId: null }))), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'money out of trust goes where Clio says it went', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '90', type: 'trust' } }))), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'money out of trust never goes to a default', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '90', type: 'trust' }, destinationAccountId: null }))), plans: ['hold TRUST_NOT_SET_UP (payment:7001)'] },
  { says: 'nor once its trust account is set up: it says what to enter by hand', truth: () => after((at) => at.truth.allocations.push(anAllocation({ source: { clioId: '90', type: 'trust' }, destinationAccountId: null })), { settings: { ...settings, trust: { 90: CLIENT_ACCOUNT } } }), plans: ['hold TRUST_BY_HAND (payment:7001)'] },
  { says: 'a payment that Clio shows in a trust account stays out, even if a bank is mapped for it', truth: () => after((at) => at.truth.allocations.push(anAllocation({ destinationAccountId: '90' })), { settings: { ...settings, trust: { 90: CLIENT_ACCOUNT }, bankMap: { 90: 'bank-office' } } }), plans: ['hold TRUST_NOT_OPERATING (payment:7001)'] },
  { says: 'no payment is entered on the bank of a trust account, whatever maps there', truth: () => after((at) => at.truth.allocations.push(paidInClio), { settings: { ...settings, trust: { 90: CLIENT_ACCOUNT }, bankMap: { 44: 'bank-client' } } }), plans: ['hold TRUST_NOT_OPERATING (payment:7001)'] },
  { says: 'an account that takes no payments is named', truth: () => after((at) => at.truth.allocations.push(paidInClio), { settings: { ...settings, bankMap: { 44: 'account-200' } } }), plans: ['hold BANK_NOT_PAYABLE (payment:7001)'] },
  { says: 'a bank of a third currency is named', truth: () => after((at) => at.truth.allocations.push(paidInClio), { settings: { ...settings, bankMap: { 44: 'bank-dollar' } } }), plans: ['hold PAY_CURRENCY (payment:7001)'] },
  { says: 'a payment in a closed period is held', truth: () => after((at) => (at.truth.allocations.push(paidInClio), (at.truth.books.lockedThrough = '2026-10-31'))), plans: ['hold PERIOD_CLOSED (payment:7001)'] },
  { says: 'or goes to the first open day', truth: () => after((at) => (at.truth.allocations.push(paidInClio), (at.truth.books.lockedThrough = '2026-10-31')), { settings: { ...settings, lockPolicy: 'first-open-day' } }), plans: ['pay 500.00 GBP of 2026-11-01 into bank-office: 1043 C7001'] },
  { says: 'a payment waits while the invoice is a draft', truth: () => after((at) => at.truth.allocations.push(paidInClio), { settings: { ...settings, invoice: { ...settings.invoice, status: 'draft' } } }), plans: ['hold PAY_INVOICE_NOT_READY (payment:7001)'] },
  { says: 'a payment above what is due is held', truth: () => after((at) => at.truth.allocations.push(anAllocation({ amount: 125_001 }))), plans: ['hold PAY_TOO_MUCH (payment:7001)'] },
  { says: 'two payments go while they fit', truth: () => after((at) => at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 75_001 }))), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001', 'hold PAY_TOO_MUCH (payment:7002)'] },
  // Echoes
  { says: 'a payment with our marker is ours even if we lost our records', truth: () => after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment({ reference: '1043 C7001' })))), plans: ['link 7001 = pay-1'] },
  { says: 'the bookkeeper was faster: equal amount, five days off', truth: () => after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment({ date: '2026-10-25', reconciled: true })))), plans: ['link 7001 = pay-1'] },
  { says: 'equal amount but six days off is asked', truth: () => after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment({ date: '2026-10-26' })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)'] },
  { says: 'two equal payments in Xero are asked about', truth: () => after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2' })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)'] },
  { says: 'a cent less is asked, never sent', truth: () => after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment({ amount: 49_999 })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)'] },
  { says: 'a person says which it is', truth: () => answered(after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2' })))), 'link:pay-2'), plans: ['link 7001 = pay-2', 'ask biller for pay-1 by task'] },
  { says: 'a person says it is another payment', truth: () => answered(after((at) => (at.truth.allocations.push(paidInClio), pay(mainInvoice(at), aXeroPayment({ amount: 49_999 })))), 'new'), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001', 'ask biller for pay-1 by task'] },
  { says: 'two payments with one marker are one too many', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-x', reference: '1043 C7001' })), half), plans: ['hold PAY_TWIN (payment:7001)'] },
  // Xero to Clio
  { says: 'part of the money in Xero: the biller is asked', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment())), plans: ['ask biller for pay-1 by task'] },
  { says: 'all of it, and Clio offers paid: the bill is marked paid', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment(wholeBill)), { bill: aBill({ canBecomePaid: true }) }), plans: ['mark paid for pay-9'] },
  { says: 'all of it, but Clio does not offer paid: the biller is asked', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment(wholeBill))), plans: ['ask biller for pay-9 by task'] },
  { says: 'Clio refused before: the biller is asked', truth: () => ({ ...after((at) => pay(mainInvoice(at), aXeroPayment(wholeBill)), { bill: aBill({ canBecomePaid: true }) }), markPaidRefused: true }), plans: ['ask biller for pay-9 by task'] },
  { says: 'a card payment under way: the biller is asked', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment(wholeBill)), { bill: aBill({ canBecomePaid: true, pending: 100 }) }), plans: ['ask biller for pay-9 by task'] },
  { says: 'the firm wants tasks only', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment(wholeBill)), { bill: aBill({ canBecomePaid: true }), settings: { ...settings, payments: { ...settings.payments, fromXero: 'task' } } }), plans: ['ask biller for pay-9 by task'] },
  { says: 'the firm wants its inbox only', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment()), { settings: { ...settings, payments: { ...settings.payments, fromXero: 'inbox' } } }), plans: ['ask biller for pay-1 in the inbox'] },
  { says: 'the firm wants nothing', truth: () => after((at) => pay(mainInvoice(at), aXeroPayment()), { settings: { ...settings, payments: { ...settings.payments, fromXero: 'off' } } }), plans: [] },
  { says: 'asked once, then it waits', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at))), plans: ['hold PAY_RECORD_IN_CLIO (payment:xpay-1)'] },
  { says: 'the recording is recognised, the task closed, nothing sent back', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(anAllocation({ date: '2026-10-23' })))), plans: ['link 7001 = pay-1, close task'] },
  { says: 'a recording of another amount is asked about, never sent', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(anAllocation({ amount: 5_000 })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)', 'hold PAY_RECORD_IN_CLIO (payment:xpay-1)'] },
  { says: 'deleted in Xero before it was recorded: the task is closed', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), removePayment(at, 'pay-1'))), plans: ['end payment:xpay-1, close task'] },
  { says: 'deleted in Xero after the bill was marked paid for it', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment(wholeBill)), settle(at), removePayment(at, 'pay-9')), { bill: aBill({ canBecomePaid: true }) }), plans: ['ask to remove payment:xpay-9 in Clio by task', 'hold PAY_REMOVE_IN_CLIO (payment:xpay-9)'] },
  { says: 'once', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment(wholeBill)), settle(at), removePayment(at, 'pay-9'), settle(at)), { bill: aBill({ canBecomePaid: true }) }), plans: ['hold PAY_REMOVE_IN_CLIO (payment:xpay-9)'] },
  { says: 'what marking paid made in Clio is known, whatever its day', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment(wholeBill)), settle(at), at.truth.allocations.push(anAllocation({ amount: 125_000, date: '2026-11-23' }))), { bill: aBill({ canBecomePaid: true }) }), plans: ['link 7001 = pay-9'] },
  { says: 'one sum in Clio for two payments marked paid is linked with both', truth: () => after((at) => (twoMarkedPaid(at), at.truth.allocations.push(anAllocation({ amount: 125_000 }))), { bill: aBill({ canBecomePaid: true }) }), plans: ['link 7001 = pay-1', 'link 7001-2 = pay-9'] },
  { says: 'so that taking it back in Clio is asked about', truth: () => after((at) => (twoMarkedPaid(at), at.truth.allocations.push(anAllocation({ amount: 125_000 })), settle(at), takeBack(at)), { bill: aBill({ canBecomePaid: true }) }), plans: ['hold PAY_REMOVED_IN_CLIO (payment:7001)', 'hold PAY_REMOVED_IN_CLIO (payment:7001-2)'] },
  { says: 'what was marked paid and taken back before anybody saw its payment in Clio is asked about', truth: () => after((at) => (twoMarkedPaid(at), takeBack(at)), { bill: aBill({ canBecomePaid: true }) }), plans: ['hold PAY_REMOVED_IN_CLIO (payment:xpay-1)', 'hold PAY_REMOVED_IN_CLIO (payment:xpay-9)'] },
  { says: 'a payment in Clio of another amount than the bill was marked paid with is asked about, never sent', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment(wholeBill)), settle(at), editBill(at, aBill({ paid: 49_257 })), at.truth.allocations.push(anAllocation({ amount: 49_257 }))), { bill: aBill({ canBecomePaid: true }) }), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)'] },
  // In parts
  { says: 'a payment that no invoice of the bill can hold alone fills them, oldest first', truth: () => raisedAfterPayment((at) => at.truth.allocations.push(secondPayment)), plans: ['pay 750.00 GBP of 2026-10-28 into bank-office: 1043 C7002', 'pay 250.00 GBP of 2026-10-28 into bank-office: 1043 C7002-2'] },
  { says: 'oldest first in whatever order the links are read', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), at.truth.links.reverse())), plans: ['pay 750.00 GBP of 2026-10-28 into bank-office: 1043 C7002', 'pay 250.00 GBP of 2026-10-28 into bank-office: 1043 C7002-2'] },
  { says: 'what one invoice can hold stays whole', truth: () => raisedAfterPayment((at) => at.truth.allocations.push({ ...secondPayment, amount: 30_000 })), plans: ['pay 300.00 GBP of 2026-10-28 into bank-office: 1043 C7002'] },
  { says: 'money for interest fills interest first', truth: () => raisedAfterPayment((at) => at.truth.allocations.push({ ...secondPayment, settlesInterest: true }), { interest: 30_000 }), plans: ['pay 300.00 GBP of 2026-10-28 into bank-office: 1043 C7002', 'pay 700.00 GBP of 2026-10-28 into bank-office: 1043 C7002-2'] },
  { says: 'more than all of them together is held', truth: () => raisedAfterPayment((at) => at.truth.allocations.push({ ...secondPayment, amount: 105_001 })), plans: ['hold PAY_TOO_MUCH (payment:7002)'] },
  { says: 'parts stay where they are', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at))), plans: [] },
  { says: 'and are known by their marks where our records are lost', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.paymentLinks = []))), plans: ['link 7001 = paid-7001', 'link 7002 = paid-7002', 'link 7002-2 = paid-7002-2'] },
  { says: 'voided in Clio: every part is deleted', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio, { ...secondPayment, voided: true }]))), plans: ['delete payment paid-7002', 'delete payment paid-7002-2'] },
  { says: 'gone from Clio: the same', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio]))), plans: ['delete payment paid-7002', 'delete payment paid-7002-2'] },
  { says: 'another day: every part anew', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio, { ...secondPayment, date: '2026-10-29' }]))), plans: ['delete payment paid-7002', 'delete payment paid-7002-2'] },
  { says: 'more money: a further part', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio, { ...secondPayment, amount: 101_000 }]))), plans: ['pay 10.00 GBP of 2026-10-28 into bank-office: 1043 C7002-3'] },
  { says: 'less money: asked of the last part', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), (at.truth.allocations = [paidInClio, { ...secondPayment, amount: 99_000 }]))), plans: ['hold REFUND_UNCLEAR (payment:7002-2)'] },
  { says: 'a part that nothing is left of ends', truth: () => { const at = world(answered(raisedAfterPayment((each) => (each.truth.allocations.push(secondPayment), settle(each), (each.truth.allocations = [paidInClio, { ...secondPayment, amount: 75_000 }]))), 'typing-error')); return settleOnce(at).truth; }, plans: ['end payment:c7002-2'] },
  { says: 'and what comes on top later is a part of its own', truth: () => { const at = world(answered(raisedAfterPayment((each) => (each.truth.allocations.push(secondPayment), settle(each), (each.truth.allocations = [paidInClio, { ...secondPayment, amount: 75_000 }]))), 'typing-error')); settle(at); at.truth.allocations = [paidInClio, { ...secondPayment, amount: 76_000 }]; return at.truth; }, plans: ['pay 10.00 GBP of 2026-10-28 into bank-office: 1043 C7002-3'] },
  { says: 'lowered below its first part, and only that one answered: what is left is not sent while the other part still stands', truth: () => settleOnce(world(answeredFor('7002', lowered(60_000)))).truth, plans: ['hold REFUND_UNCLEAR (payment:7002-2)'] },
  { says: 'and is sent once both are', truth: () => { const at = world(answeredFor('7002-2', settleOnce(world(answeredFor('7002', lowered(60_000)))).truth)); return settleOnce(at).truth; }, plans: ['end payment:c7002-2', 'pay 600.00 GBP of 2026-10-28 into bank-office: 1043 C7002'] },
  { says: 'a part deleted in Xero is asked about alone', truth: () => raisedAfterPayment((at) => (at.truth.allocations.push(secondPayment), settle(at), removePayment(at, 'paid-7002-2'))), plans: ['hold PAY_DELETED_IN_XERO (payment:7002-2)'] },
  { says: 'one payment in Xero that Clio has in two: linked with both', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000, date: '2026-10-22' })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })))), plans: ['link 7001 and 7002 = pay-1'] },
  { says: 'and at rest then', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })), settle(at))), plans: [] },
  { says: 'its link was begun when the process died: linked with both all the same', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })), settle(at), at.truth.paymentLinks.map((link) => (link.paymentId = null)))), plans: ['link 7001 and 7002 = pay-1'] },
  { says: 'the biller recorded in two what was asked as one: the task is closed', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })), settle(at), at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })))), plans: ['link 7001 and 7002 = pay-1, close task'] },
  { says: 'one of them voided is a payment lowered', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })), settle(at), (at.truth.allocations = [paidInClio]))), plans: ['hold REFUND_UNCLEAR (payment:7001)'] },
  { says: 'all of them voided: Xero keeps what a person entered there', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })), settle(at), at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })), settle(at), (at.truth.allocations = []))), plans: ['hold PAY_REMOVED_IN_CLIO (payment:7001)'] },
  { says: 'one payment in Clio that Xero has in two: linked with both', truth: () => after((at) => (at.truth.allocations.push(anAllocation({ amount: 80_000 })), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2', amount: 30_000, date: '2026-10-22' })))), plans: ['link 7001 = pay-1', 'link 7001-2 = pay-2'] },
  { says: 'and at rest then as well', truth: () => after((at) => (at.truth.allocations.push(anAllocation({ amount: 80_000 })), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2', amount: 30_000 })), settle(at))), plans: [] },
  { says: 'linked with the first of them when the process died: with the other next', truth: () => after((at) => (at.truth.allocations.push(anAllocation({ amount: 80_000 })), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2', amount: 30_000 })), dieAfter(at, 0))), plans: ['link 7001-2 = pay-2'] },
  { says: 'and the other way round', truth: () => after((at) => (at.truth.allocations.push(anAllocation({ amount: 80_000 })), pay(mainInvoice(at), aXeroPayment()), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2', amount: 30_000 })), dieAfter(at, 1))), plans: ['link 7001 = pay-1'] },
  { says: 'two on each side of the same sum are asked about', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000 })), pay(mainInvoice(at), aXeroPayment({ amount: 45_000 })), pay(mainInvoice(at), aXeroPayment({ xeroId: 'pay-2', amount: 35_000 })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)', 'hold PAY_MANY_CANDIDATES (payment:7002)'] },
  { says: 'so are parts of a day too far off', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 30_000, date: '2026-10-26' })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)', 'hold PAY_MANY_CANDIDATES (payment:7002)'] },
  { says: 'and parts that do not come to it', truth: () => after((at) => (at.truth.allocations.push(paidInClio, anAllocation({ clioId: '7002', amount: 29_999 })), pay(mainInvoice(at), aXeroPayment({ amount: 80_000 })))), plans: ['hold PAY_MANY_CANDIDATES (payment:7001)', 'hold PAY_MANY_CANDIDATES (payment:7002)'] },
  // Undone on one side
  { says: 'voided in Clio: ours is deleted in Xero', truth: () => after((at) => (at.truth.allocations = [anAllocation({ voided: true })]), half), plans: ['delete payment paid-7001'] },
  { says: 'gone from Clio without a trace: the same', truth: () => after((at) => (at.truth.allocations = []), half), plans: ['delete payment paid-7001'] },
  { says: 'voided in Clio but reconciled in Xero is never deleted', truth: () => after((at) => ((at.truth.allocations = []), mainInvoice(at).payments.map((each) => (each.reconciled = true))), half), plans: ['hold PAY_RECONCILED (payment:7001)'] },
  { says: 'nor when it is part of a batch', truth: () => after((at) => ((at.truth.allocations = []), mainInvoice(at).payments.map((each) => (each.batched = true))), half), plans: ['hold PAY_RECONCILED (payment:7001)'] },
  { says: 'nor in a closed period', truth: () => after((at) => ((at.truth.allocations = []), (at.truth.books.lockedThrough = '2026-10-31')), half), plans: ['hold PERIOD_CLOSED (payment:7001)'] },
  { says: 'recorded in Clio again after it was voided there, it is the same payment', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), (at.truth.allocations = [{ ...paidInClio, clioId: '7009' }]))), plans: ['link 7009 = pay-1, close task', 'hold PAY_REMOVED_IN_CLIO (payment:7001)'] },
  { says: 'recorded again over another amount, it is asked about, never sent beside the first', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), (at.truth.allocations = [{ ...paidInClio, clioId: '7009', amount: 40_000 }]))), plans: ['hold PAY_REMOVED_IN_CLIO (payment:7001)', 'hold PAY_MANY_CANDIDATES (payment:7009)'] },
  { says: 'what a person entered in Xero is not ours to delete', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), (at.truth.allocations = []))), plans: ['hold PAY_REMOVED_IN_CLIO (payment:7001)'] },
  { says: 'ours deleted in Xero is asked about', truth: () => after((at) => removePayment(at, 'paid-7001'), half), plans: ['hold PAY_DELETED_IN_XERO (payment:7001)'] },
  { says: 'and sent again on request', truth: () => answered(after((at) => removePayment(at, 'paid-7001'), half), 'send-again'), plans: ['pay 500.00 GBP of 2026-10-20 into bank-office: 1043 C7001'] },
  { says: 'or left away', truth: () => answered(after((at) => removePayment(at, 'paid-7001'), half), 'accept'), plans: ['end payment:c7001'] },
  { says: 'left away with the amount that Clio has by now, it stays away', truth: () => after((at) => { removePayment(at, 'paid-7001'); at.truth.allocations = [anAllocation({ amount: 60_000 })]; Object.assign(at.truth, answered(at.truth, 'accept')); settle(at); if (mainInvoice(at).amountPaid > 0) throw new Error('it was sent all the same'); }, half), plans: [] },
  { says: 'gone on both sides is over', truth: () => after((at) => (removePayment(at, 'paid-7001'), (at.truth.allocations = [])), half), plans: ['end payment:c7001'] },
  { says: "Xero's payment, recorded in Clio, deleted in Xero", truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), removePayment(at, 'pay-1'))), plans: ['ask to remove payment:xpay-1 in Clio by task', 'hold PAY_REMOVE_IN_CLIO (payment:7001)'] },
  { says: 'by no task where the firm wants its inbox only', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), removePayment(at, 'pay-1')), { settings: { ...settings, payments: { ...settings.payments, fromXero: 'inbox' } } }), plans: ['hold PAY_REMOVE_IN_CLIO (payment:7001)'] },
  { says: 'and once it is voided there too, the task is closed', truth: () => after((at) => (pay(mainInvoice(at), aXeroPayment()), settle(at), at.truth.allocations.push(paidInClio), settle(at), removePayment(at, 'pay-1'), settle(at), (at.truth.allocations = []))), plans: ['end payment:xpay-1, close task'] },
  { says: 'a higher amount in Clio: delete, then send anew', truth: () => after((at) => (at.truth.allocations = [anAllocation({ amount: 60_000 })]), half), plans: ['delete payment paid-7001'] },
  { says: 'another day in Clio: the same', truth: () => after((at) => (at.truth.allocations = [anAllocation({ date: '2026-10-21' })]), half), plans: ['delete payment paid-7001'] },
  { says: 'a lower amount could be a refund', truth: () => after((at) => (at.truth.allocations = [anAllocation({ amount: 40_000 })]), half), plans: ['hold REFUND_UNCLEAR (payment:7001)'] },
  { says: 'or a corrected entry', truth: () => answered(after((at) => (at.truth.allocations = [anAllocation({ amount: 40_000 })]), half), 'typing-error'), plans: ['delete payment paid-7001'] },
  { says: 'an amount changed against a reconciled payment is shown', truth: () => after((at) => ((at.truth.allocations = [anAllocation({ amount: 60_000 })]), mainInvoice(at).payments.map((each) => (each.reconciled = true))), half), plans: ['hold PAY_CHANGED_IN_XERO (payment:7001)'] },
  { says: 'old payments of an older, linked bill are history', truth: () => after(() => undefined, { bill: aBill({ issuedOn: '2026-09-20' }), invoices: [anInvoice(aBill({ issuedOn: '2026-09-20' }))], allocations: [anAllocation({ date: '2026-09-25' })] }), plans: [] },
  { says: 'and linked to what Xero has, on whatever day', truth: () => after(() => undefined, { bill: aBill({ issuedOn: '2026-09-10' }), invoices: [anInvoice(aBill({ issuedOn: '2026-09-10' }), { payments: [aXeroPayment({ date: '2026-09-12', reconciled: true })], amountPaid: 50_000, amountDue: 75_000 })], allocations: [anAllocation({ date: '2026-09-25' })] }), plans: [] },
  { says: 'a payment on an unlinked bill waits for the invoice', truth: () => aTruth({ allocations: [paidInClio] }), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
];

/** One of the planned steps is carried out, and the process is gone. */
function dieAfter(at: World, index: number): World {
  const step = planBill(at.truth).steps[index];
  if (step) carryOut(at, step);
  return at;
}
