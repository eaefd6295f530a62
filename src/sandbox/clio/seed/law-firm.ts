import { approveBill, chargeInterest, createBill, deleteBill, voidBill, type NewBill, type NewLine } from '../billing.js';
import type { Firm } from '../firm.js';
import { recordCredit, recordPayment, voidPayment } from '../payments.js';
import type { BillRecord } from '../records.js';
import { addDays } from '../timestamps.js';
import type { Basics } from './basics.js';
import { seedClients, type Client } from './clients.js';
import { taxesOf } from './taxes.js';

/** Some fifty bills, each awkward in its own way; the subject says how. The same in every run, dates counted back from today. */
export function seedLawFirm(firm: Firm, basics: Basics): void {
  const clients = seedClients(firm, basics);
  const tax = taxesOf(firm.region);
  const { descriptions, categories } = basics;
  const today = firm.today();
  const foreign = firm.facts.homeCurrencyId === basics.currencies.EUR ? basics.currencies.USD : basics.currencies.EUR;
  let age = 110;

  const time = (price: number, quantity: number, more: Partial<NewLine> = {}): NewLine => ({
    price, quantity, description: 'Drafting', note: 'Draft statement of claim', userId: basics.attorney.id, activityDescriptionId: descriptions.drafting, ...more,
  });
  const hard = (price: number, more: Partial<NewLine> = {}): NewLine => ({
    kind: 'Expense', cost: 'hard', price, note: 'Court filing fee, receipt 55120', description: 'Court fees', expenseCategoryId: categories.courtFees, taxable: false, secondaryTaxable: false, ...more,
  });
  const soft = (price: number, quantity: number, more: Partial<NewLine> = {}): NewLine => ({
    kind: 'Expense', cost: 'soft', price, quantity, note: 'Photocopies', description: 'Photocopies', expenseCategoryId: categories.photocopies, ...more,
  });
  const bill = (client: Client, subject: string, lines: NewLine[], more: Partial<NewBill> = {}): BillRecord => {
    age -= 2;
    const issuedAt = addDays(today, -age);
    return createBill(firm, {
      clientId: client.contact.id, matterIds: [client.matters[0].id], lines, subject, issuedAt, startAt: addDays(issuedAt, -30), endAt: addDays(issuedAt, -1),
      state: 'awaiting_payment', userId: basics.admin.id, ...tax.one, ...more,
    });
  };
  const pay = (paid: BillRecord[], amount: number, more: { trust?: boolean; reference?: string } = {}) =>
    recordPayment(firm, {
      billIds: paid.map((each) => each.id), amount, date: addDays(paid[0]?.issuedAt ?? today, 5), reference: more.reference ?? 'CHQ 004417',
      bankAccountId: basics.accounts.operating, sourceBankAccountId: more.trust ? basics.accounts.trust : null,
    });

  bill(clients.northgate, 'One tax, one line of time', [time(320, 3.5)], { number: '2001' });
  bill(clients.northgate, 'Two taxes, each on the net', [time(320, 3.5), time(410, 1.2), hard(200)], tax.twoPre);
  bill(clients.bellweather, 'Two taxes, the second on the first', [time(275, 2.4), soft(0.25, 113)], tax.twoPost);
  bill(clients.bellweather, 'No tax at all', [time(300, 2), hard(85)], tax.none);
  bill(clients.oShea, 'Hard and soft costs beside time', [time(320, 1.1), hard(420.5), soft(0.15, 87), hard(1250, { expenseCategoryId: categories.experts, taxable: true, note: 'Report of Dr Lindqvist' })]);
  bill(clients.oShea, 'Some lines taxed, others not', [time(320, 2, { taxable: true }), time(320, 1, { taxable: false }), hard(61.37)]);
  bill(clients.mueller, 'Ten per cent off a line', [time(350, 4, { discount: { rate: 10, type: 'percentage' } }), time(350, 1)]);
  bill(clients.mueller, 'Money off a line', [time(350, 4, { discount: { rate: 25.5, type: 'money' } }), hard(99.99)]);
  bill(clients.quoted, 'Five per cent off the bill', [time(290, 3), soft(0.2, 41)], { discount: { rate: 5, type: 'percentage', note: 'Loyalty' } });
  bill(clients.quoted, 'Money off the bill, services only', [time(290, 3), hard(150)], { discount: { rate: 70, type: 'money', note: 'As agreed' }, discountServicesOnly: true });
  bill(clients.endless, 'A client with a name of two hundred letters', [time(333.33, 1.3)]);
  bill(clients.smithOne, 'The first of two clients of one name', [time(250, 1.75)]);
  bill(clients.smithTwo, 'The second of two clients of one name', [time(250, 2.25)]);
  bill(clients.ampersand, 'Brackets, ampersands and quotes in the name', [time(315, 0.7, { note: 'Call re: <urgent> "writ" & costs' })]);
  bill(clients.tanaka, 'A name in another script', [time(280, 1.6, { note: '査証申請書の作成' })]);
  bill(clients.noEmail, 'A client without e-mail address', [time(260, 0.9)]);
  const [first, second = first] = clients.northgate.matters;
  bill(clients.northgate, 'Two matters on one bill', [time(320, 1.5, { matterId: first.id }), time(295, 2.1, { matterId: second.id }), hard(45, { matterId: second.id })], { matterIds: [first.id, second.id] });
  bill(clients.estate, 'Two matters, due at once', clients.estate.matters.map((matter) => time(300, 1.1, { matterId: matter.id })), { matterIds: clients.estate.matters.map((matter) => matter.id) });
  bill(clients.mueller, 'In a foreign currency', [time(305, 3.2), hard(118.4)], { currencyId: foreign, ...tax.none });
  bill(clients.mueller, 'In a foreign currency, with tax', [time(305, 1.15)], { currencyId: foreign });

  bill(clients.bellweather, 'Draft', [time(275, 1)], { state: 'draft' });
  bill(clients.bellweather, 'Draft with costs', [time(275, 0.4), soft(0.2, 12)], { state: 'draft' });
  bill(clients.oShea, 'Waits for approval', [time(320, 2.2)], { state: 'awaiting_approval' });
  bill(clients.quoted, 'Waits for approval, with hard costs', [time(290, 1.3), hard(75)], { state: 'awaiting_approval' });
  voidBill(firm, bill(clients.smithOne, 'Void', [time(250, 1)]));
  deleteBill(firm, bill(clients.smithTwo, 'Deleted while a draft', [time(250, 1)], { state: 'draft' }));
  bill(clients.estate, 'Request for money on trust', [{ type: 'LineItem', price: 2500, taxable: false, secondaryTaxable: false, description: 'Retainer top-up' }], { kind: 'trust_kind', ...tax.none });

  pay([bill(clients.northgate, 'Paid in part', [time(320, 5)])], 50_000);
  const twice = bill(clients.bellweather, 'Paid in two parts', [time(300, 1)], tax.none);
  pay([twice], 10_000);
  pay([twice], 20_000, { reference: 'WIRE 88-2' });
  pay([bill(clients.oShea, 'Paid in full', [time(320, 1)], tax.none)], 32_000);
  pay([bill(clients.quoted, 'Paid from trust', [time(290, 2)], tax.none)], 58_000, { trust: true, reference: 'TRF 17' });
  pay([bill(clients.smithOne, 'One cheque for two bills: the first', [time(250, 1)], tax.none), bill(clients.smithOne, 'One cheque for two bills: the second', [time(250, 0.5)], tax.none)], 37_500);
  voidPayment(firm, pay([bill(clients.ampersand, 'A payment that was voided', [time(315, 1)], tax.none)], 31_500));
  chargeInterest(firm, bill(clients.endless, 'With interest', [time(333.33, 3)], { interestRate: 12 }), 1_875, addDays(today, -5));
  bill(clients.tanaka, 'Nothing to pay', [time(280, 1, { type: 'NoChargeLineItem', taxable: false })], tax.none);
  const reduced = bill(clients.northgate, 'With a credit note', [time(320, 2)]);
  recordCredit(firm, { billId: reduced.id, amount: 12_123, date: addDays(reduced.issuedAt ?? today, 8), description: 'Rounding courtesy' });
  const owed = bill(clients.bellweather, 'Paid in part, the rest written off', [time(275, 4)], tax.none);
  pay([owed], 100_000);
  recordCredit(firm, { billId: owed.id, amount: 10_000, date: addDays(owed.issuedAt ?? today, 30), description: 'Uncollectable', kind: 'write_off' });
  const early = bill(clients.mueller, 'With a discount for early payment', [time(350, 2)], tax.none);
  recordCredit(firm, { billId: early.id, amount: 1_400, date: addDays(early.issuedAt ?? today, 4), description: 'Skonto 2 %', discount: true });
  pay([early], 68_600);

  bill(clients.noEmail, 'A narrative of several lines', [time(260, 1.4, { note: 'Attended on client:\n- instructions\n- "next steps"\n\tand advised' })]);
  bill(clients.northgate, 'Sixty lines', Array.from({ length: 60 }, (_, index) => time(285 + index, ((index % 7) + 1) / 10, { note: `Attendance no. ${index + 1}` })));
  bill(clients.quoted, 'A rate of many decimals', [time(333.33333333, 1.7), time(187.654321, 0.35)]);
  bill(clients.oShea, 'Ties: half a cent on each line', [time(0.5, 0.1), time(10.1, 0.05), time(20.5, 0.15), time(1.05, 0.1)]);
  bill(clients.smithTwo, 'Three lines whose taxes round apart', [time(25.45, 1), time(25.45, 1), time(25.45, 1)]);
  bill(clients.ampersand, 'An odd tax rate', [time(199.99, 1.25), soft(0.33, 7)], tax.odd);
  bill(clients.estate, 'With a negative line', [time(300, 3), time(-120, 1, { type: 'LineItem', note: 'Less: amount billed twice in March' })]);
  bill(clients.tanaka, 'One cent', [time(0.01, 1)], tax.none);
  bill(clients.mueller, 'A very large amount', [time(1250.75, 812.4), hard(98_765.43)]);
  bill(clients.smithOne, 'A discount that takes all', [time(100, 1)], { discount: { rate: 100, type: 'percentage', note: 'Pro bono' }, ...tax.none });
  bill(clients.bellweather, 'Summarised for the client', [time(275, 1.5), time(275, 2), { type: 'SummaryLineItem', price: 962.5, description: 'Professional services' }]);
  bill(clients.northgate, 'Number that is not a number', [time(320, 0.2)], { number: 'INV-2026/ü-07' });
  bill(clients.endless, 'Issued today', [time(333.33, 0.5)], { issuedAt: today });
  approveBill(firm, bill(clients.noEmail, 'Approved from draft', [time(260, 1.1)], { state: 'draft', issuedAt: today }));
}
