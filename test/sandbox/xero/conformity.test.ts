import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { connect, invoice, type Connected, type Reply } from './connected.js';

/** The vendor's files are not part of this project; whoever has them sets OPENAPI_DIR. */
const folder = process.env['OPENAPI_DIR'];

(folder === undefined ? describe.skip : describe)('every answer against the vendor\'s schemas', () => {
  let world: Connected;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);

  beforeAll(async () => {
    const accounting: unknown = parse(readFileSync(join(folder ?? '', 'xero-accounting.yaml'), 'utf8'));
    if (typeof accounting === 'object' && accounting !== null) ajv.addSchema({ $id: 'accounting', ...accounting });
    world = await connect();
  });
  afterAll(() => world.sandbox.close());

  const valid = (schema: string, reply: Reply): Reply => {
    const check = ajv.getSchema(`accounting#/components/schemas/${schema}`);
    if (!check) throw new Error(`No schema ${schema}`);
    expect([reply.status, check(reply.json.value), check.errors ?? []]).toEqual([schema === 'Error' ? 400 : 200, true, []]);
    return reply;
  };

  it('holds for the books', async () => {
    for (const [path, schema] of [['Organisation', 'Organisations'], ['Organisation/Actions', 'Actions'], ['Accounts', 'Accounts'], ['TaxRates', 'TaxRates'], ['TrackingCategories', 'TrackingCategories'], ['Currencies', 'Currencies'], ['BrandingThemes', 'BrandingThemes'], ['Contacts?page=1&includeArchived=true', 'Contacts'], ['Invoices?page=1', 'Invoices'], ['Payments', 'Payments']] as const) {
      valid(schema, await world.api('GET', `/${path}`));
    }
  });

  it('holds for documents on their way', async () => {
    const tracked = { LineItems: [{ Description: 'Work', Quantity: 2, UnitAmount: 100, DiscountRate: 10, AccountCode: '200', TaxType: 'TAX001', Tracking: [{ Name: 'Office', Option: 'Boston' }] }], Url: 'https://app.example.com/bills/1' };
    const made = valid('Invoices', await world.api('PUT', '/Invoices?summarizeErrors=false', { Invoices: [invoice('Z-1', 1, tracked), invoice('1007')] }));
    valid('Error', await world.api('PUT', '/Invoices', { Invoices: [invoice('1007')] }));
    const InvoiceID = made.json.text('Invoices', 0, 'InvoiceID');
    const ContactID = made.json.text('Invoices', 0, 'Contact', 'ContactID');
    const paid = valid('Payments', await world.api('PUT', '/Payments?summarizeErrors=false', { Payments: [{ Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 20 }, { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 2_000 }] }));
    valid('Payments', await world.api('POST', `/Payments/${paid.json.text('Payments', 0, 'PaymentID')}`, { Status: 'DELETED' }));
    valid('Payments', await world.api('GET', '/Payments?page=1'));
    const credit = valid('CreditNotes', await world.api('PUT', '/CreditNotes', { Type: 'ACCRECCREDIT', Status: 'AUTHORISED', Contact: { ContactID }, LineItems: [{ Description: 'Less', Quantity: 1, UnitAmount: 5, AccountCode: '200', TaxType: 'NONE' }] }));
    const noteId = credit.json.text('CreditNotes', 0, 'CreditNoteID');
    valid('Allocations', await world.api('PUT', `/CreditNotes/${noteId}/Allocations`, { Allocations: [{ Invoice: { InvoiceID }, Amount: 5, Date: '2026-11-20' }] }));
    valid('CreditNotes', await world.api('GET', '/CreditNotes?page=1'));
    for (const Type of ['RECEIVE-OVERPAYMENT', 'RECEIVE-PREPAYMENT', 'SPEND']) {
      valid('BankTransactions', await world.api('PUT', '/BankTransactions', { BankTransactions: [{ Type, Contact: { ContactID }, BankAccount: { Code: '090' }, LineItems: [{ Description: 'Money', Quantity: 1, UnitAmount: 12, AccountCode: Type === 'RECEIVE-OVERPAYMENT' ? '610' : '260', TaxType: 'NONE' }] }] }));
    }
    valid('BankTransactions', await world.api('GET', '/BankTransactions?page=1'));
    const over = valid('Overpayments', await world.api('GET', '/Overpayments?page=1'));
    await world.api('PUT', `/Overpayments/${over.json.text('Overpayments', 0, 'OverpaymentID')}/Allocations`, { Allocations: [{ Invoice: { InvoiceID }, Amount: 4, Date: '2026-11-20' }] });
    valid('Prepayments', await world.api('GET', '/Prepayments?page=1'));
    valid('BatchPayments', await world.api('PUT', '/BatchPayments', { BatchPayments: [{ Account: { Code: '090' }, Payments: [{ Invoice: { InvoiceID }, Amount: 7 }] }] }));
    valid('Payments', await world.api('GET', '/Payments?page=1'));
    valid('BankTransfers', await world.api('PUT', '/BankTransfers', { BankTransfers: [{ FromBankAccount: { Code: '095' }, ToBankAccount: { Code: '090' }, Amount: 9 }] }));
    const journal = { Narration: 'Between matters', Status: 'POSTED', JournalLines: [{ LineAmount: 7.5, AccountCode: '830' }, { LineAmount: -7.5, AccountCode: '830' }] };
    valid('ManualJournals', await world.api('PUT', '/ManualJournals', { ManualJournals: [journal] }));
    valid('ManualJournals', await world.api('GET', '/ManualJournals?page=1'));
    valid('Invoices', await world.api('GET', `/Invoices/${InvoiceID}`));
    valid('HistoryRecords', await world.api('GET', `/Invoices/${InvoiceID}/History`));
    valid('OnlineInvoices', await world.api('GET', `/Invoices/${InvoiceID}/OnlineInvoice`));
  });
});
