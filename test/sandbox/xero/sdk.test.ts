import { Account, AccountingApi, Allocation, Allocations, Contact, Contacts, CreditNote, CreditNotes, HistoryRecord, HistoryRecords, Invoice, Invoices, LineAmountTypes, LineItem, Payment, PaymentDelete, Payments } from 'xero-node';
import { connect, type Connected } from './connected.js';

/** The SDK's models are classes; a literal is not one. */
function make<T extends object>(Model: new () => T, facts: Partial<T>): T {
  return Object.assign(new Model(), facts);
}

describe('the unmodified xero-node SDK', () => {
  let world: Connected;
  let api: AccountingApi;

  beforeAll(async () => {
    world = await connect();
    api = new AccountingApi(`${world.sandbox.url}/api.xro/2.0`);
    api.accessToken = world.token;
  });
  afterAll(() => world.sandbox.close());

  it('reads the books', async () => {
    const { body } = await api.getOrganisations(world.tenantId);
    expect(body.organisations?.[0]).toMatchObject({ organisationID: world.tenantId, name: 'Harwood & Lisle LLP', baseCurrency: 'USD' });
    const accounts = (await api.getAccounts(world.tenantId)).body.accounts ?? [];
    expect(accounts.find((each) => each.code === '090')).toMatchObject({ name: 'Office account', type: 'BANK' });
    const rates = (await api.getTaxRates(world.tenantId)).body.taxRates ?? [];
    expect(rates.find((each) => each.taxType === 'TAX005')?.effectiveRate).toBe(12.35);
    expect(rates.find((each) => each.taxType === 'TAX007')?.effectiveRate).toBe(15.4738);
    const categories = (await api.getTrackingCategories(world.tenantId)).body.trackingCategories ?? [];
    expect(categories.map((each) => each.name)).toEqual(['Practice area', 'Office']);
    expect((await api.getCurrencies(world.tenantId)).body.currencies?.map((each) => String(each.code))).toEqual(['USD', 'EUR']);
    expect((await api.getOrganisationActions(world.tenantId)).body.actions?.length).toBeGreaterThan(5);
    expect((await api.getBrandingThemes(world.tenantId)).body.brandingThemes?.[0]?.name).toBe('Standard');
  });

  it('carries a bill from contact to paid, unpaid, credited and noted', async () => {
    const contacts = await api.createContacts(world.tenantId, make(Contacts, { contacts: [make(Contact, { name: 'Sdk Client', contactNumber: 'clio:77' })] }), false, 'contact-key');
    const contactID = contacts.body.contacts?.[0]?.contactID ?? '';
    expect((await api.getContactByContactNumber(world.tenantId, 'clio:77')).body.contacts?.[0]?.contactID).toBe(contactID);
    expect((await api.getContacts(world.tenantId, undefined, 'Name="sdk client"')).body.contacts?.length).toBe(1);

    const draft = make(Invoice, { type: Invoice.TypeEnum.ACCREC, status: Invoice.StatusEnum.AUTHORISED, contact: make(Contact, { contactID }), invoiceNumber: 'SDK-1', date: '2026-11-02', dueDate: '2026-12-02', lineAmountTypes: LineAmountTypes.Exclusive, lineItems: [make(LineItem, { description: 'Copying', quantity: 412, unitAmount: 0.1275, accountCode: '200', taxType: 'TAX001' })] });
    const created = (await api.createInvoices(world.tenantId, make(Invoices, { invoices: [draft] }), false, 4, 'invoice-key')).body.invoices?.[0];
    expect(created).toMatchObject({ subTotal: 52.53, totalTax: 4.33, total: 56.86, amountDue: 56.86 });
    const invoiceID = created?.invoiceID ?? '';
    expect((await api.getInvoices(world.tenantId, undefined, undefined, undefined, [invoiceID], undefined, undefined, undefined, 1, undefined, undefined, 4)).body.invoices?.[0]?.lineItems?.[0]?.unitAmount).toBe(0.1275);

    const payment = make(Payment, { invoice: make(Invoice, { invoiceID }), account: make(Account, { code: '090' }), date: '2026-11-10', amount: 56.86, reference: 'R1' });
    const paid = (await api.createPayments(world.tenantId, make(Payments, { payments: [payment] }), false, 'payment-key')).body.payments?.[0];
    const read = (await api.getInvoice(world.tenantId, invoiceID)).body.invoices?.[0];
    expect(String(read?.status)).toBe('PAID');
    expect(read?.amountPaid).toBe(56.86);
    const removed = (await api.deletePayment(world.tenantId, paid?.paymentID ?? '', make(PaymentDelete, { status: 'DELETED' }), 'delete-key')).body.payments?.[0];
    expect(String(removed?.status)).toBe('DELETED');
    expect((await api.getPayments(world.tenantId)).body.payments?.map((each) => String(each.status))).toContain('DELETED');

    const note = make(CreditNote, { type: CreditNote.TypeEnum.ACCRECCREDIT, status: CreditNote.StatusEnum.AUTHORISED, contact: make(Contact, { contactID }), date: '2026-11-11', lineAmountTypes: LineAmountTypes.NoTax, lineItems: [make(LineItem, { description: 'Reduction', quantity: 1, unitAmount: 6.86, accountCode: '410' })] });
    const credit = (await api.createCreditNotes(world.tenantId, make(CreditNotes, { creditNotes: [note] }), false)).body.creditNotes?.[0];
    const creditNoteID = credit?.creditNoteID ?? '';
    await api.createCreditNoteAllocation(world.tenantId, creditNoteID, make(Allocations, { allocations: [make(Allocation, { invoice: make(Invoice, { invoiceID }), amount: 6.86, date: '2026-11-11' })] }));
    const allocated = (await api.getCreditNote(world.tenantId, creditNoteID)).body.creditNotes?.[0];
    expect(allocated).toMatchObject({ remainingCredit: 0 });
    expect(String(allocated?.status)).toBe('PAID');
    expect((await api.getInvoice(world.tenantId, invoiceID)).body.invoices?.[0]).toMatchObject({ amountCredited: 6.86, amountDue: 50 });
    await api.deleteCreditNoteAllocations(world.tenantId, creditNoteID, allocated?.allocations?.[0]?.allocationID ?? '');
    expect((await api.getInvoice(world.tenantId, invoiceID)).body.invoices?.[0]?.amountDue).toBe(56.86);

    await api.createInvoiceHistory(world.tenantId, invoiceID, make(HistoryRecords, { historyRecords: [make(HistoryRecord, { details: 'Seen by a test.' })] }));
    expect((await api.getInvoiceHistory(world.tenantId, invoiceID)).body.historyRecords?.at(-1)?.details).toBe('Seen by a test.');
    expect((await api.getInvoiceAsPdf(world.tenantId, invoiceID)).body.toString('latin1').slice(0, 5)).toBe('%PDF-');
    expect((await api.getOnlineInvoice(world.tenantId, invoiceID)).body.onlineInvoices?.[0]?.onlineInvoiceUrl).toMatch(/^https:\/\/in\.xero\.com\//);
  });

  it('rejects with the vendor\'s reason', async () => {
    const numbered = (invoiceNumber: string): Invoice => make(Invoice, { type: Invoice.TypeEnum.ACCREC, contact: make(Contact, { name: 'Sdk Client' }), invoiceNumber, lineItems: [make(LineItem, { description: 'x', quantity: 1, unitAmount: 1, accountCode: '200' })] });
    await expect(api.createInvoices(world.tenantId, make(Invoices, { invoices: [numbered('1007')] }))).rejects.toContain('Invoice # must be unique.');
    const mixed = await api.createInvoices(world.tenantId, make(Invoices, { invoices: [numbered('1007'), numbered('SDK-2')] }), false);
    expect(mixed.body.invoices?.map((each) => each.statusAttributeString)).toEqual(['ERROR', 'OK']);
  });
});
