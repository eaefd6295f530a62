import type { SplitPart } from '../../src/core/bill.js';
import type { Answer } from '../../src/core/plan.js';
import { after, answered, type Case } from './cases.js';
import { aBill, aLine, anAllocation, anInvoice, aTruth, account, books, client, contact, settings, taxRate, untaxed, vat } from './law-firm.js';

/** Live since the day before the bill was issued. */
const watched = { ...settings, liveSince: '2026-10-11' };

const noContact = { contact: null };

const lockedAsDraft = { books: { ...books, lockedThrough: '2026-10-31' }, settings: { ...settings, lockPolicy: 'draft' as const } };
const refused = (number: string): Answer => ({ about: 'bill', reason: 'NUMBER_TAKEN', facts: { number, details: 'Invoice # must be unique.' }, choice: 'next-number' });

const WHOLE = '9009';
const part = (clioId: string, portion: number, change: Partial<SplitPart> = {}, ofBillId = clioId): SplitPart => ({ clioId, number: `1043-${clioId}`, state: 'awaiting_payment', due: 1_000, split: { ofBillId, portion: String(portion), withBillIds: [] }, hasInvoice: false, ...change });
const wholeOf = (due: number): SplitPart => ({ clioId: WHOLE, number: '1042', state: 'awaiting_payment', due, split: { ofBillId: WHOLE, portion: null, withBillIds: [] }, hasInvoice: false });
/** Bill 9001 as the part of this many percent, split with these. */
const splitIn = (portion: number | null, splitParts: SplitPart[], ofBillId = '9001') => ({ bill: aBill({ split: { ofBillId, portion: portion === null ? null : String(portion), withBillIds: splitParts.filter((each) => each.clioId !== WHOLE).map((each) => each.clioId) } }), splitParts });

/** A bill that has no invoice yet. */
export const BILL_CASES: Case[] = [
  { says: 'a new bill whose number Xero has already on an invoice of another’s making: two syncs may be at work', truth: () => aTruth({ settings: watched, invoices: [anInvoice(aBill())] }), plans: ['hold NATIVE_SYNC_ACTIVE (bill)'] },
  { says: 'it was typed, a person says: it is linked', truth: () => aTruth({ settings: watched, invoices: [anInvoice(aBill())], answers: [{ about: 'bill', reason: 'NATIVE_SYNC_ACTIVE', facts: { number: '1043' }, choice: 'by-hand' }] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'our own invoice is no sign of another sync', truth: () => aTruth({ settings: watched, invoices: [anInvoice(aBill(), { url: 'https://tieout.example/bills/9001' })] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'nor is one for a bill of the day the firm went live', truth: () => aTruth({ settings: { ...watched, liveSince: '2026-10-12' }, invoices: [anInvoice(aBill())] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'nor one for a bill of more than two weeks later', truth: () => aTruth({ settings: { ...watched, liveSince: '2026-09-27' }, invoices: [anInvoice(aBill())] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'nor one that was deleted', truth: () => aTruth({ settings: watched, invoices: [anInvoice(aBill(), { status: 'deleted' })] }), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'an approved bill becomes an invoice with the same number, day and cents', truth: () => aTruth(), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'under the number the firm wants, without commas', truth: () => aTruth({ bill: aBill({ number: '1,043' }), settings: { ...settings, invoice: { ...settings.invoice, numberTemplate: 'CL-{bill}' } } }), plans: ['create main CL-1 043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'and never longer than Xero takes', truth: () => aTruth({ bill: aBill({ number: '1'.repeat(300) }) }), plans: [`create main ${'1'.repeat(255)} of 2026-10-12: 1,050.00 + 200.00 = 1,250.00`] },
  { says: 'a paid bill becomes an invoice as well', truth: () => aTruth({ bill: aBill({ state: 'paid' }) }), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'a draft is left out', truth: () => aTruth({ bill: aBill({ state: 'draft' }) }), plans: ['left out NOT_APPROVED_YET'] },
  { says: 'a bill awaiting approval is left out', truth: () => aTruth({ bill: aBill({ state: 'awaiting_approval' }) }), plans: ['left out NOT_APPROVED_YET'] },
  { says: 'a request for trust money is never an invoice', truth: () => aTruth({ bill: aBill({ kind: 'trust' }) }), plans: ['left out TRUST_REQUEST'] },
  { says: 'a kind nobody knows is held: it could be trust money', truth: () => aTruth({ bill: aBill({ kind: 'unknown' }) }), plans: ['hold BILL_KIND_UNKNOWN (bill)'] },
  { says: 'a bill of zero is left out', truth: () => aTruth({ bill: aBill({ lines: [aLine({ net: 0, taxes: [] })] }) }), plans: ['left out ZERO_BILL'] },
  { says: 'a bill below zero is held: Xero takes none', truth: () => aTruth({ bill: aBill({ lines: [untaxed({ net: -500 })] }) }), plans: ['hold BILL_NEGATIVE (bill)'] },
  { says: 'a bill voided before it ever reached Xero is left out', truth: () => aTruth({ bill: aBill({ state: 'void' }) }), plans: ['left out VOIDED_IN_CLIO'] },
  { says: 'a bill without a client is held', truth: () => aTruth({ bill: aBill({ client: null }) }), plans: ['hold BILL_NO_CLIENT (bill)'] },
  { says: 'a client that cannot be read is held', truth: () => aTruth({ ...noContact, client: null }), plans: ['hold BILL_NO_CLIENT (bill)'] },
  { says: 'a client without contact gets one first', truth: () => aTruth(noContact), plans: [`contact for ${client.name}`] },
  { says: 'no contact is made for a bill that cannot go', truth: () => aTruth({ ...noContact, settings: { ...settings, taxMap: {} } }), plans: ['hold TAX_UNMAPPED (tax:primary:20)', 'hold TAX_UNMAPPED (tax:none)'] },
  { says: 'an archived contact is asked about', truth: () => aTruth({ contact: { ...contact, status: 'archived' } }), plans: ['hold CONTACT_CONFLICT (contact)'] },
  { says: 'a currency the books do not have is held', truth: () => aTruth({ bill: aBill({ currency: 'USD' }) }), plans: ['hold CURRENCY_NOT_ENABLED (bill)'] },
  { says: 'a currency the books have goes', truth: () => aTruth({ bill: aBill({ currency: 'USD' }), books: { ...books, currencies: ['GBP', 'USD'] } }), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'fils finer than Xero keeps are held', truth: () => aTruth({ bill: aBill({ currency: 'KWD', lines: [untaxed({ net: 1_234 })] }), books: { ...books, currencies: ['KWD'] } }), plans: ['hold BILL_TOO_FINE (bill)'] },
  { says: 'yen have no cents', truth: () => aTruth({ bill: aBill({ currency: 'JPY', lines: [untaxed({ net: 1_234 })] }), books: { ...books, currencies: ['JPY'] } }), plans: ['create main 1043 of 2026-10-12: 1,234 + 0 = 1,234'] },
  { says: 'a bill before the start is left out', truth: () => aTruth({ bill: aBill({ issuedOn: '2026-09-30' }) }), plans: ['left out BEFORE_CUTOFF'] },
  { says: 'a bill before the start but paid since is asked about', truth: () => aTruth({ bill: aBill({ issuedOn: '2026-09-30' }), allocations: [anAllocation()], books: { ...books, lockedThrough: null } }), plans: ['hold PAY_BEFORE_CUTOFF (bill)'] },
  { says: 'and left out for good on request', truth: () => answered(aTruth({ bill: aBill({ issuedOn: '2026-09-30' }), allocations: [anAllocation()], books: { ...books, lockedThrough: null } }), 'leave-out'), plans: ['left out LEFT_OUT_BY_PERSON'] },
  { says: 'or created', truth: () => answered(aTruth({ bill: aBill({ issuedOn: '2026-09-30' }), allocations: [anAllocation()], books: { ...books, lockedThrough: null } }), 'create'), plans: ['create main 1043 of 2026-09-30: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'a bill before the start that Xero has is linked', truth: () => aTruth({ bill: aBill({ issuedOn: '2026-09-30' }), invoices: [anInvoice(aBill({ issuedOn: '2026-09-30' }))] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'a bill in a closed period is held', truth: () => aTruth({ books: { ...books, lockedThrough: '2026-10-12' } }), plans: ['hold PERIOD_CLOSED (bill)'] },
  { says: 'a bill in a closed period goes to the first open day if the firm says so', truth: () => aTruth({ books: { ...books, lockedThrough: '2026-10-31' }, settings: { ...settings, lockPolicy: 'first-open-day' } }), plans: ['create main 1043 of 2026-11-01: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'or goes there as a draft, for somebody to approve', truth: () => aTruth(lockedAsDraft), plans: ['create main 1043 of 2026-11-01 as a draft: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'who is then asked to', truth: () => after(() => undefined, lockedAsDraft), plans: ['hold STUCK_DRAFT (invoice:main)'] },
  { says: 'interest may have a tax code of its own', truth: () => aTruth({ bill: aBill({ interest: 1_875 }), settings: { ...settings, taxMap: { ...settings.taxMap, 'interest/none': 'EXEMPT' } } }), plans: ['hold TAX_GONE (tax:none)'] },
  { says: 'an account nobody chose is named', truth: () => aTruth({ settings: { ...settings, income: { ...settings.income, hardCostAccount: null } } }), plans: ['hold ACCOUNT_UNMAPPED (account:hard-cost)'] },
  { says: 'an archived account is named', truth: () => aTruth({ books: { ...books, accounts: [account('200', 'Legal fees', { active: false }), account('265', 'Disbursements')] } }), plans: ['hold ACCOUNT_GONE (account:200)'] },
  { says: 'a system account cannot stand on a line', truth: () => aTruth({ settings: { ...settings, income: { ...settings.income, feeAccount: '610' } } }), plans: ['hold ACCOUNT_WRONG_KIND (account:610)'] },
  { says: 'a tax code gone from Xero is named', truth: () => aTruth({ books: { ...books, taxRates: [taxRate('NONE', '0'), taxRate('OUTPUT2', '20', { active: false })] } }), plans: ['hold TAX_GONE (tax:primary:20)'] },
  { says: 'a tax code of another rate is refused', truth: () => aTruth({ books: { ...books, taxRates: [taxRate('NONE', '0'), taxRate('OUTPUT2', '17.5')] } }), plans: ['hold TAX_RATE_DIFFERS (tax:primary:20)'] },
  { says: 'a tax code not allowed on the account is refused', truth: () => aTruth({ books: { ...books, taxRates: [taxRate('NONE', '0'), taxRate('OUTPUT2', '20', { classes: ['expense'] })] } }), plans: ['hold TAX_NOT_ALLOWED (tax:primary:20:200)'] },
  { says: 'a tracking option missing in Xero is named', truth: () => aTruth({ settings: { ...settings, tracking: [{ categoryId: 'cat-1', from: 'office' }] }, books: { ...books, tracking: [{ xeroId: 'cat-1', name: 'Office', active: true, options: [{ xeroId: 'o-1', name: 'York', active: true }] }] } }), plans: ['hold TRACKING_OPTION (tracking:cat-1:Leeds)'] },
  { says: 'lines that do not come to what is due are held, never filled up', truth: () => aTruth({ bill: aBill({ due: 125_001 }) }), plans: ['hold BILL_DOES_NOT_ADD_UP (bill)'] },
  { says: 'taxes that do not come to the total tax are held', truth: () => aTruth({ bill: aBill({ totalTax: 20_001 }) }), plans: ['hold BILL_DOES_NOT_ADD_UP (bill)'] },
  { says: 'a tax that does not follow from its rate is held', truth: () => aTruth({ bill: aBill({ lines: [aLine({ taxes: [{ ...vat, amount: 20_500 }] })] }) }), plans: ['hold BILL_DOES_NOT_ADD_UP (bill)'] },
  { says: 'a legal aid bill is asked about, as somebody else pays it', truth: () => aTruth({ bill: aBill({ legalAid: true }) }), plans: ['hold BILL_LEGAL_AID (bill)'] },
  { says: 'and goes to the client on request', truth: () => answered(aTruth({ bill: aBill({ legalAid: true }) }), 'send'), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  // Several payers
  { says: 'a part of a split bill goes to its own payer once all parts make up the whole', truth: () => aTruth(splitIn(60, [part('9002', 40)])), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'thirds as Clio rounds them make up a whole', truth: () => aTruth(splitIn(33.33, [part('9002', 33.33), part('9003', 33.33)])), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'so do fractions', truth: () => aTruth(splitIn(0.6, [part('9002', 0.4)])), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'a part that cannot be seen keeps the others back', truth: () => aTruth({ ...splitIn(60, [part('9002', 40)]), splitParts: [] }), plans: ['hold SPLIT_INCOMPLETE (bill)'] },
  { says: 'a part that is still a draft keeps the others back', truth: () => aTruth(splitIn(60, [part('9002', 40, { state: 'draft' })])), plans: ['hold SPLIT_INCOMPLETE (bill)'] },
  { says: 'parts that leave a tenth to nobody are kept back', truth: () => aTruth(splitIn(60, [part('9002', 30)])), plans: ['hold SPLIT_INCOMPLETE (bill)'] },
  { says: 'or sent alone on request', truth: () => answered(aTruth(splitIn(60, [part('9002', 30)])), 'send'), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'parts that come to the whole bill Clio shows go', truth: () => aTruth(splitIn(60, [part('9002', 40, { due: 83_333 }), wholeOf(208_333)], WHOLE)), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'parts a cent off the whole bill are kept back', truth: () => aTruth(splitIn(60, [part('9002', 40, { due: 83_332 }), wholeOf(208_333)], WHOLE)), plans: ['hold SPLIT_INCOMPLETE (bill)'] },
  { says: 'the whole of a split bill is never posted, whether it names its parts', truth: () => aTruth(splitIn(null, [part('9002', 60, {}, '9001'), part('9003', 40, {}, '9001')])), plans: ['left out SPLIT_PARENT'] },
  { says: 'or not', truth: () => aTruth({ splitParts: [part('9002', 60, {}, '9001'), part('9003', 40, {}, '9001')] }), plans: ['left out SPLIT_PARENT'] },
  { says: 'no part goes while the whole is in Xero', truth: () => aTruth(splitIn(60, [part('9002', 40), { ...wholeOf(208_333), hasInvoice: true }], WHOLE)), plans: ['hold SPLIT_IN_XERO (bill)'] },
  { says: 'and the whole says so itself', truth: () => after((at) => (at.truth.splitParts = [part('9002', 60, {}, '9001')])), plans: ['hold SPLIT_IN_XERO (bill)'] },
  { says: 'a part once sent stays in step whatever becomes of the others', truth: () => after((at) => Object.assign(at.truth, splitIn(60, [part('9002', 40, { state: 'void' })]))), plans: [] },
  // The invoice may be there already
  { says: 'an invoice equal in every fact is linked, not made again', truth: () => aTruth({ invoices: [anInvoice(aBill())] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'an invoice dated three days off is still the same', truth: () => aTruth({ invoices: [anInvoice(aBill(), { date: '2026-10-15' })] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'four days off is asked', truth: () => aTruth({ invoices: [anInvoice(aBill(), { date: '2026-10-16' })] }), plans: ['hold ADOPT_CONFLICT (bill)'] },
  { says: 'a cent off is asked', truth: () => aTruth({ invoices: [anInvoice(aBill(), { total: 125_001 })] }), plans: ['hold ADOPT_CONFLICT (bill)'] },
  { says: "another client's invoice of this number is asked about", truth: () => aTruth({ invoices: [anInvoice(aBill(), { contactId: 'contact-99' })] }), plans: ['hold ADOPT_CONFLICT (bill)'] },
  { says: 'two candidates are asked about, never the first taken', truth: () => aTruth({ invoices: [anInvoice(aBill()), anInvoice(aBill(), { xeroId: 'inv-2' })] }), plans: ['hold ADOPT_CONFLICT (bill)'] },
  { says: 'an equal invoice of another number is asked about', truth: () => aTruth({ invoices: [anInvoice(aBill(), { number: 'INV-77' })] }), plans: ['hold ADOPT_CONFLICT (bill)'] },
  { says: 'an invoice that carries our link is ours, as after a lost answer', truth: () => aTruth({ invoices: [anInvoice(aBill(), { total: 125_001, url: 'https://tieout.example/bills/9001' })] }), plans: ['adopt-invoice main inv-typed'] },
  { says: 'a voided invoice keeps its number, so the next one is used', truth: () => aTruth({ invoices: [anInvoice(aBill(), { status: 'voided' })] }), plans: ['create main 1043-R1 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'a number Xero refuses for reasons of its own: the next one on request', truth: () => aTruth({ answers: [refused('1043')] }), plans: ['create main 1043-R1 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'and the one after that, should it be refused as well', truth: () => aTruth({ answers: [refused('1043-R1')] }), plans: ['create main 1043-R2 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'a deleted draft frees its number', truth: () => aTruth({ invoices: [anInvoice(aBill(), { status: 'deleted' })] }), plans: ['create main 1043 of 2026-10-12: 1,050.00 + 200.00 = 1,250.00'] },
  { says: 'who owes it is found out before an invoice is linked', truth: () => aTruth({ ...noContact, invoices: [anInvoice(aBill())] }), plans: [`contact for ${client.name}`] },
];
