import { connect, invoice, type Connected, type Reply, type Shape } from './connected.js';

describe('invoices, payments and their rules', () => {
  let world: Connected;
  beforeEach(async () => {
    world = await connect();
  });
  afterEach(() => world.sandbox.close());

  const put = (...invoices: object[]): Promise<Reply> => world.api('PUT', '/Invoices?summarizeErrors=false&unitdp=4', { Invoices: invoices });
  const first = (reply: Reply): Shape => reply.json.at('Invoices', 0);
  const message = (reply: Reply, plural = 'Invoices'): string => reply.json.text(plural, 0, 'ValidationErrors', 0, 'Message') || reply.json.text('Elements', 0, 'ValidationErrors', 0, 'Message');
  const pay = (InvoiceID: string, Amount: number, more: object = {}): Promise<Reply> => world.api('PUT', '/Payments?summarizeErrors=false', { Payments: [{ Invoice: { InvoiceID }, Account: { Code: '090' }, Date: '2026-11-10', Amount, ...more }] });
  const read = async (id: string): Promise<Shape> => first(await world.api('GET', `/Invoices/${id}`));

  it('saves the good ones and tells the bad ones apart, or saves nothing', async () => {
    const mixed = await put(invoice('S-1'), invoice('S-1'), invoice('S-2', 100, { DueDate: undefined }));
    expect(mixed.status).toBe(200);
    expect(mixed.json.list('Invoices').map((each) => each.text('StatusAttributeString'))).toEqual(['OK', 'ERROR', 'ERROR']);
    expect(mixed.json.text('Invoices', 1, 'InvoiceID')).toBe('00000000-0000-0000-0000-000000000000');
    const strict = await world.api('PUT', '/Invoices', { Invoices: [invoice('S-3'), invoice('S-1')] });
    expect([strict.status, strict.json.at('ErrorNumber').value, message(strict)]).toEqual([400, 10, 'Invoice # must be unique.']);
    expect(world.sandbox.control.invoices().some((each) => each.number === 'S-3')).toBe(false);
    world.sandbox.switches.failedBatch = 'good-ones-saved';
    await world.api('PUT', '/Invoices', { Invoices: [invoice('S-3'), invoice('S-1')] });
    expect(world.sandbox.control.invoices().some((each) => each.number === 'S-3')).toBe(true);
  });

  it('keeps sales numbers unique, updates them by POST, and frees them by the switches', async () => {
    const id = first(await put(invoice('U-1'))).text('InvoiceID');
    const posted = await world.api('POST', '/Invoices', { Invoices: [invoice('U-1', 300)] });
    expect([first(posted).text('InvoiceID'), first(posted).at('Total').value]).toEqual([id, 300]);
    await world.api('POST', `/Invoices/${id}`, { Status: 'VOIDED' });
    expect(message(await put(invoice('u-1')))).toBe('Invoice # must be unique.');
    world.sandbox.switches.voidedNumber = 'free';
    expect(first(await put(invoice('U-1'))).text('StatusAttributeString')).toBe('OK');
    const draft = first(await put(invoice('U-2', 1, { Status: 'DRAFT' }))).text('InvoiceID');
    await world.api('POST', `/Invoices/${draft}`, { Status: 'DELETED' });
    expect(first(await put(invoice('U-2'))).text('StatusAttributeString')).toBe('OK');
    expect(first(await put(invoice('', 1, { InvoiceNumber: undefined }))).text('InvoiceNumber')).toBe('INV-0001');
  });

  it.each([
    ['three lines of 19.99 at 5 % are rounded each', [[1, 19.99, 'TAX002'], [1, 19.99, 'TAX002'], [1, 19.99, 'TAX002']], 'Exclusive', 3, 62.97],
    ['a tie rounds up: 250 at 8.25 %', [[1, 250, 'TAX001']], 'Exclusive', 20.63, 270.63],
    ['a compound rate: 100 at 12.35 %', [[1, 100, 'TAX005']], 'Exclusive', 12.35, 112.35],
    ['a rate cut to four places: 1000 at 15.4738 %', [[1, 1_000, 'TAX007']], 'Exclusive', 154.74, 1_154.74],
    ['tax taken out: 112 at 12 %', [[1, 112, 'TAX004']], 'Inclusive', 12, 112],
    ['four places of price', [[412, 0.1275, 'NONE']], 'Exclusive', 0, 52.53],
    ['a negative line', [[1, 100, 'TAX002'], [-1, 10.1, 'TAX002']], 'Exclusive', 4.49, 94.39],
    ['no tax at all', [[1, 100, 'TAX002']], 'NoTax', 0, 100],
  ])('rounds as Xero does: %s', async (_name, rows, types, tax, total) => {
    const lines = rows.map(([Quantity, UnitAmount, TaxType]) => ({ Description: 'x', Quantity, UnitAmount, TaxType, AccountCode: '200' }));
    const made = first(await put(invoice('R-1', 1, { LineItems: lines, LineAmountTypes: types })));
    expect([made.at('TotalTax').value, made.at('Total').value]).toEqual([tax, total]);
  });

  it('cuts prices to two places without unitdp=4', async () => {
    const reply = await world.api('PUT', '/Invoices', { Invoices: [invoice('R-2', 1, { LineItems: [{ Description: 'Copies', Quantity: 412, UnitAmount: 0.1275, AccountCode: '200', TaxType: 'NONE' }] })] });
    expect(first(reply).at('Total').value).toBe(53.56);
  });

  it('takes a posted tax amount, or rounds by itself', async () => {
    const lines = [{ Description: 'x', Quantity: 1, UnitAmount: 100, AccountCode: '200', TaxType: 'TAX002', TaxAmount: 5.01 }];
    expect(first(await put(invoice('T-1', 1, { LineItems: lines }))).at('Total').value).toBe(105.01);
    world.sandbox.switches.postedTax = 'recalculated';
    expect(first(await put(invoice('T-2', 1, { LineItems: lines }))).at('Total').value).toBe(105);
  });

  it('pays, unpays and refuses', async () => {
    const id = first(await put(invoice('Y-1'))).text('InvoiceID');
    expect(message(await pay(id, 100.01), 'Payments')).toBe('Payment amount exceeds the amount outstanding on this document');
    expect(message(await pay(id, 10, { Account: { Code: '200' } }), 'Payments')).toBe('Account type is invalid for making a payment to/from');
    const early = await pay(id, 40, { Date: '2026-11-01' });
    expect([early.json.text('Payments', 0, 'StatusAttributeString'), early.json.text('Payments', 0, 'Warnings', 0, 'Message')]).toEqual(['WARNING', 'The payment date is prior to the invoice date.']);
    const rest = await pay(id, 60, { Account: { Code: '630' } });
    expect([(await read(id)).text('Status'), (await read(id)).text('FullyPaidOnDate')]).toEqual(['PAID', '/Date(1794268800000+0000)/']);
    expect(message(await pay(id, 1), 'Payments')).toBe('Payments can only be made against Authorised documents');
    expect(message(await world.api('POST', `/Invoices/${id}`, { Status: 'VOIDED' }))).toContain('cannot be applied to the invoice because it has payments');
    const paymentId = rest.json.text('Payments', 0, 'PaymentID');
    expect(message(await world.api('POST', `/Payments/${paymentId}`, { Status: 'DELETED', Amount: 3 }), 'Payments')).toBe('Only Status accepted for updates');
    expect((await world.api('POST', `/Payments/${paymentId}`, { Status: 'DELETED' })).json.text('Payments', 0, 'Status')).toBe('DELETED');
    const open = await read(id);
    expect([open.text('Status'), open.at('AmountDue').value, open.at('FullyPaidOnDate').value]).toEqual(['AUTHORISED', 60, undefined]);
    const listed = (await world.api('GET', '/Payments')).json.list('Payments').find((each) => each.text('PaymentID') === paymentId);
    expect([listed?.text('Status'), listed?.at('Invoice', 'AmountDue').value]).toEqual(['DELETED', undefined]);
    const firstPayment = early.json.text('Payments', 0, 'PaymentID');
    world.sandbox.control.reconcilePayment(firstPayment);
    expect(message(await world.api('POST', `/Payments/${firstPayment}`, { Status: 'DELETED' }), 'Payments')).toBe('Payment cannot be deleted as it has been reconciled');
  });

  it('edits settled invoices only beside the money, and lines only by their id', async () => {
    const made = first(await put(invoice('E-1')));
    const id = made.text('InvoiceID');
    const LineItemID = made.text('LineItems', 0, 'LineItemID');
    await pay(id, 10);
    expect(first(await world.api('POST', `/Invoices/${id}`, { Reference: 'Seen', LineItems: [{ LineItemID, Description: 'Better words' }] })).text('LineItems', 0, 'Description')).toBe('Better words');
    expect(message(await world.api('POST', `/Invoices/${id}`, { LineItems: [{ LineItemID, UnitAmount: 90 }] }))).toBe('This document cannot be edited as it has a payment or credit note allocated to it.');
    expect(message(await world.api('POST', `/Invoices/${id}`, { LineItems: [{ Description: 'x', UnitAmount: 100, AccountCode: '200' }] }))).toBe('To update fields on a paid invoice line item, you must supply a LineItemID');
  });

  it('holds the period closed, the day itself by the switch', async () => {
    world.sandbox.control.setLockDates('Harwood & Lisle LLP', { period: '2026-11-02' });
    expect(message(await put(invoice('O-1')))).toBe('The document date cannot be before the period lock date, currently set at 2-Nov-2026');
    world.sandbox.switches.lockDateItself = 'open';
    expect(first(await put(invoice('O-1'))).text('StatusAttributeString')).toBe('OK');
  });

  it.each([
    [{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '090', TaxType: 'NONE' }] }, "Account code '090' is not a valid code for this document."],
    [{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '699', TaxType: 'NONE' }] }, "Account code '699' is not a valid code for this document."],
    [{ LineItems: [{ Description: 'x', UnitAmount: 1, AccountCode: '200', TaxType: 'Sales' }] }, "The TaxType code 'Sales' does not exist or cannot be used for this type of transaction."],
    [{ LineItems: [{ Description: 'x', UnitAmount: 2, LineAmount: 3, AccountCode: '200', TaxType: 'NONE' }] }, 'The line total 3.00 does not match the expected line total 2.00'],
    [{ CurrencyCode: 'GBP' }, 'Organisation is not subscribed to currency GBP'],
    [{ LineItems: [] }, 'One or more line items must be specified'],
    [{ Contact: { Name: '' } }, 'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber'],
    [{ Status: 'PAID' }, 'Invoice not of valid status for creation'],
  ])('refuses %j', async (more, expected) => {
    expect(message(await put(invoice('V-1', 1, more)))).toBe(expected);
  });

  it('keeps contact names unique among active ones, and archived ones out of documents', async () => {
    const make = (body: object): Promise<Reply> => world.api('PUT', '/Contacts?summarizeErrors=false', { Contacts: [body] });
    expect(message(await make({ Name: 'marlow estates' }), 'Contacts')).toContain('is already assigned to another contact');
    expect((await make({ Name: 'Quarry Lane Holdings Inc.' })).json.text('Contacts', 0, 'StatusAttributeString')).toBe('OK');
    const listed = (await world.api('GET', '/Contacts?includeArchived=true&page=1')).json.list('Contacts');
    const merged = listed.find((each) => each.text('MergedToContactID') !== '');
    expect(message(await put(invoice('C-1', 1, { Contact: { ContactID: merged?.text('ContactID') } })))).toBe('Unable to assign an Archived contact.');
    expect((await world.api('GET', '/Contacts')).json.list('Contacts').every((each) => each.text('ContactStatus') === 'ACTIVE')).toBe(true);
  });

  it('keeps advances: received, allocated, and counted as credit', async () => {
    const made = first(await put(invoice('A-1')));
    const ContactID = made.text('Contact', 'ContactID');
    const received = await world.api('PUT', '/BankTransactions', { BankTransactions: [{ Type: 'RECEIVE-OVERPAYMENT', Contact: { ContactID }, BankAccount: { Code: '090' }, Date: '2026-11-05', LineItems: [{ Description: 'Too much', Quantity: 1, UnitAmount: 30 }] }] });
    const id = received.json.text('BankTransactions', 0, 'OverpaymentID');
    const allocated = await world.api('PUT', `/Overpayments/${id}/Allocations`, { Allocations: [{ Invoice: { InvoiceID: made.text('InvoiceID') }, Amount: 30, Date: '2026-11-06' }] });
    expect(allocated.json.at('Allocations', 0, 'AllocationID').value).toBeUndefined();
    const now = await read(made.text('InvoiceID'));
    expect([now.at('AmountCredited').value, now.at('AmountDue').value, now.at('Overpayments', 0, 'AppliedAmount').value]).toEqual([30, 70, 30]);
    const advance = (await world.api('GET', `/Overpayments/${id}`)).json.at('Overpayments', 0);
    expect([advance.text('Status'), advance.at('RemainingCredit').value]).toEqual(['PAID', 0]);
  });

  it('works tax out anew when the meaning of the amounts changes', async () => {
    const made = first(await put(invoice('N-1', 1, { LineItems: [{ Description: 'x', UnitAmount: 112, AccountCode: '200', TaxType: 'TAX004' }] })));
    const changed = first(await world.api('POST', `/Invoices/${made.text('InvoiceID')}`, { LineAmountTypes: 'Inclusive' }));
    expect([made.at('Total').value, changed.at('Total').value, changed.at('TotalTax').value]).toEqual([125.44, 112, 12]);
  });

  it('approves a draft only when its lines would be accepted anew', async () => {
    const draft = first(await put(invoice('N-2', 1, { Status: 'DRAFT', LineItems: [{ Description: 'x', UnitAmount: 5, AccountCode: '999' }] })));
    expect([draft.text('StatusAttributeString'), draft.text('Warnings', 0, 'Message')]).toEqual(['WARNING', "Account code '999' has been removed as it does not match a recognised account."]);
    expect(message(await world.api('POST', `/Invoices/${draft.text('InvoiceID')}`, { Status: 'AUTHORISED' }))).toBe('Account code or ID must be specified');
  });

  it('lists what changed since, the boundary by the switch', async () => {
    const made = first(await put(invoice('M-1')));
    const since = async (at: string): Promise<number> => (await world.api('GET', `/Invoices?InvoiceNumbers=M-1`, undefined, { 'if-modified-since': at })).json.at('Invoices').length;
    expect([made.text('UpdatedDateUTCString'), await since('2026-11-20T09:00:00.000Z'), await since('2026-11-20T09:00:00')]).toEqual(['2026-11-20T09:00:00Z', 1, 1]);
    expect(await since('2026-11-20T09:00:01')).toBe(0);
    world.sandbox.switches.modifiedSince = 'exclusive-seconds';
    expect(await since('2026-11-20T09:00:00.000Z')).toBe(0);
  });

  it('keeps batches whole', async () => {
    const ids = (await put(invoice('B-1'), invoice('B-2'))).json.list('Invoices').map((each) => each.text('InvoiceID'));
    const batch = await world.api('PUT', '/BatchPayments', { BatchPayments: [{ Account: { Code: '090' }, Date: '2026-11-12', Payments: ids.map((InvoiceID) => ({ Invoice: { InvoiceID }, Amount: 100 })) }] });
    const one = batch.json.text('BatchPayments', 0, 'Payments', 0, 'PaymentID');
    expect(message(await world.api('POST', `/Payments/${one}`, { Status: 'DELETED' }), 'Payments')).toBe('Payment cannot be deleted as it is part of a batch payment');
    await world.api('POST', `/BatchPayments/${batch.json.text('BatchPayments', 0, 'BatchPaymentID')}`, { Status: 'DELETED' });
    expect((await read(ids[0] ?? '')).text('Status')).toBe('AUTHORISED');
  });
});
