import { toAccount, toContact, toInvoice, toTaxRate } from '../../src/xero/to-core.js';
import { account, contact, invoice, taxRate } from '../../src/xero/wire.js';
import { ids, wireInvoice } from './documents.js';

const read = (over: Record<string, unknown> = {}) => toInvoice(invoice.parse(wireInvoice(over)));

test('an invoice with lines, payments and credits, in minor units', () => {
  expect(read()).toEqual({
    xeroId: ids.invoice,
    number: 'AB-1',
    reference: 'Matter 7',
    status: 'authorised',
    contactId: ids.contact,
    currency: 'GBP',
    date: '2026-11-02',
    dueOn: '2026-12-02',
    amountsAre: 'exclusive',
    lines: [{ xeroId: 'a1b2c3d4-0001-4000-8000-000000000001', text: 'Advice', net: 92788, tax: 18558, accountCode: '200', taxType: 'OUTPUT2', tracking: [{ categoryId: 'cat-1', optionId: 'opt-1' }] }],
    subTotal: 92788,
    totalTax: 18558,
    total: 111346,
    amountDue: 1346,
    amountPaid: 100000,
    amountCredited: 10000,
    payments: [{ xeroId: ids.payment, date: '2026-11-20', amount: 100000, reference: 'C1', status: 'authorised', accountId: null, reconciled: false, batched: true }],
    credits: [
      { xeroId: 'cn-1', kind: 'credit-note', number: 'CN-1', applied: 6000, date: '2026-11-20' },
      { xeroId: 'op-1', kind: 'overpayment', number: null, applied: 4000, date: null },
    ],
    url: null,
    brandingThemeId: null,
    changedAt: '2026-11-20T03:14:07.215Z',
  });
});

test.each(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'])('status %s is known', (status) => {
  expect(read({ Status: status }).status).toBe(status.toLowerCase());
});

test('the net of an inclusive line is what remains without its tax', () => {
  const line = { LineItemID: 'l', Description: 'x', LineAmount: 120, TaxAmount: 20 };
  expect(read({ LineAmountTypes: 'Inclusive', LineItems: [line] }).lines[0]).toMatchObject({ net: 10000, tax: 2000 });
});

test('yen have no minor unit, texts count as numbers, description lines have no amount', () => {
  const lines = [{ LineItemID: 'l1', LineAmount: '119', TaxAmount: 0 }, { LineItemID: 'l2', Description: 'Only words' }];
  const yen = read({ CurrencyCode: 'JPY', LineItems: lines, SubTotal: 119, TotalTax: 0, Total: '119', AmountDue: 119, AmountPaid: 0, AmountCredited: 0, Payments: [], CreditNotes: [], Overpayments: [] });
  expect(yen.total).toBe(119);
  expect(yen.lines).toMatchObject([{ net: 119, text: '' }, { net: 0, text: 'Only words' }]);
});

test('absent lists and dates are empty, not an error', () => {
  const bare = read({ LineItems: undefined, Payments: undefined, CreditNotes: undefined, Overpayments: undefined, Prepayments: undefined, DueDate: undefined, Reference: '' });
  expect(bare).toMatchObject({ lines: [], payments: [], credits: [], dueOn: null, reference: null });
});

test('a reference that looks like a date stays the text it is', () => {
  expect(read({ Reference: '/Date(as agreed)/' }).reference).toBe('/Date(as agreed)/');
});

test('an all-zero id is no invoice', () => {
  expect(() => read({ InvoiceID: ids.none })).toThrow();
});

test('a contact under a privacy request is as unusable as an archived one', () => {
  const status = (ContactStatus: string) => toContact(contact.parse({ ContactID: ids.contact, Name: 'Quill', ContactStatus })).status;
  expect([status('ACTIVE'), status('ARCHIVED'), status('GDPRREQUEST')]).toEqual(['active', 'archived', 'archived']);
});

test('accounts: a bank takes payments whatever its flag says; an unknown class is left out', () => {
  const of = (over: Record<string, unknown>) => toAccount(account.parse({ AccountID: ids.bank, Name: 'Office', Status: 'ACTIVE', SystemAccount: '', ...over }));
  expect(of({ Type: 'BANK', Class: 'ASSET', EnablePaymentsToAccount: false, CurrencyCode: 'GBP' })).toEqual([
    { xeroId: ids.bank, code: null, name: 'Office', class: 'asset', isBank: true, currency: 'GBP', active: true, system: null, takesPayments: true, taxType: null },
  ]);
  expect(of({ Type: 'CURRENT', Class: 'ASSET', EnablePaymentsToAccount: false })[0]).toMatchObject({ takesPayments: false, isBank: false });
  expect(of({ Type: 'CURRLIAB', Class: 'LIABILITY', EnablePaymentsToAccount: true, SystemAccount: 'ROUNDING' })[0]).toMatchObject({ takesPayments: true, system: 'ROUNDING' });
  expect(of({ Type: 'NEW', Class: 'MYSTERY' })).toEqual([]);
});

test('a tax rate is the effective one, as plain decimal text', () => {
  const rate = toTaxRate(taxRate.parse({ Name: 'Compound', TaxType: 'TAX001', Status: 'ACTIVE', DisplayTaxRate: 10, EffectiveRate: 10.24, CanApplyToRevenue: true, CanApplyToExpenses: false }));
  expect(rate).toEqual({ taxType: 'TAX001', name: 'Compound', rate: '10.24', active: true, classes: ['revenue'] });
});
