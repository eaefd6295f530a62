import { answering, type Answer, type AnsweringServer, organisationId, type Seen, xeroAt } from './answering-server.js';
import { envelope, ids, newInvoice, newPayment, wireInvoice, wirePayment } from './documents.js';

let server: AnsweringServer | null = null;
const serve = async (answer: (seen: Seen, nth: number) => Answer): Promise<AnsweringServer> => (server = await answering(answer));
afterEach(async () => {
  await server?.close();
  server = null;
});

const refused = (number: string, message: string): Record<string, unknown> => ({ InvoiceID: ids.none, InvoiceNumber: number, Type: 'ACCREC', HasErrors: true, StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: message }] });

describe('making invoices', () => {
  test('creates only, asks for a result per element, four price decimals, under our key', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', [wireInvoice()]) }));
    await xeroAt(url).createInvoices([newInvoice()], 'firm:op:k1');
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api.xro/2.0/Invoices' });
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ summarizeErrors: 'false', unitdp: '4' });
    expect(seen[0]?.headers['idempotency-key']).toBe('firm:op:k1');
    expect(seen[0]?.body).toEqual({
      Invoices: [
        {
          Type: 'ACCREC', Status: 'AUTHORISED', Contact: { ContactID: ids.contact }, InvoiceNumber: 'AB-1', Reference: 'Matter 7', Date: '2026-11-02', DueDate: '2026-12-02',
          LineAmountTypes: 'Exclusive', CurrencyCode: 'GBP', Url: 'https://app.example.com/bills/1',
          LineItems: [{ Description: 'Advice', Quantity: 1, UnitAmount: 927.88, LineAmount: 927.88, TaxAmount: 185.58, TaxType: 'OUTPUT2', AccountCode: '200', Tracking: [{ TrackingCategoryID: 'cat-1', TrackingOptionID: 'opt-1' }] }],
        },
      ],
    });
  });

  test('the same invoices make the same bytes', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', [wireInvoice()]) }));
    await xeroAt(url).createInvoices([newInvoice()], 'k');
    await xeroAt(url).createInvoices([newInvoice()], 'k');
    expect(seen[0]?.raw).toBe(seen[1]?.raw);
  });

  test('a mixed answer, in another order, gives each invoice its own result', async () => {
    const elements = [refused('AB-3', 'Invoice # must be unique.'), wireInvoice({ InvoiceNumber: 'AB-2', InvoiceID: ids.other }), wireInvoice({ InvoiceNumber: 'AB-1', StatusAttributeString: 'WARNING', Warnings: [{ Message: 'Account code removed' }] })];
    const { url } = await serve(() => ({ body: envelope('Invoices', elements) }));
    const results = await xeroAt(url).createInvoices(['AB-1', 'AB-2', 'AB-3'].map((number) => newInvoice({ number })), 'k');
    expect(results[0]).toMatchObject({ ok: true, value: { number: 'AB-1', xeroId: ids.invoice }, warnings: ['Account code removed'] });
    expect(results[1]).toMatchObject({ ok: true, value: { number: 'AB-2', xeroId: ids.other }, warnings: [] });
    expect(results[2]).toEqual({ ok: false, refused: 'number-taken', messages: ['Invoice # must be unique.'] });
  });

  test('a refused element that shows no number is found by its place', async () => {
    const { url } = await serve(() => ({ body: envelope('Invoices', [wireInvoice(), { InvoiceID: ids.none, HasErrors: true, ValidationErrors: [{ Description: 'Organisation is not subscribed to currency EUR' }] }]) }));
    const results = await xeroAt(url).createInvoices([newInvoice(), newInvoice({ number: 'AB-2' })], 'k');
    expect(results.map((result) => (result.ok ? 'ok' : result.refused))).toEqual(['ok', 'currency-not-enabled']);
  });

  test('reasons deep inside an element are found', async () => {
    const element = { ...refused('AB-1', 'A validation exception occurred'), LineItems: [{ ValidationErrors: [{ Message: "Account code '9' is not a valid code for this document." }] }] };
    const { url } = await serve(() => ({ body: envelope('Invoices', [element]) }));
    const [result] = await xeroAt(url).createInvoices([newInvoice()], 'k');
    expect(result).toMatchObject({ ok: false, refused: 'account-invalid' });
  });

  test('an answer that leaves one out leaves the whole outcome open', async () => {
    const { url } = await serve(() => ({ body: envelope('Invoices', [wireInvoice()]) }));
    await expect(xeroAt(url).createInvoices([newInvoice(), newInvoice({ number: 'AB-2' })], 'k')).rejects.toMatchObject({ kind: 'ambiguous' });
  });

  test('a validation failure of the whole call refuses each invoice that has a reason; a faultless one stays open', async () => {
    const body = (elements: unknown[]): Answer => ({ status: 400, body: { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred', Elements: elements } });
    const { url } = await serve((_, nth) => body(nth === 1 ? [refused('AB-1', 'Invoice # must be unique.'), refused('AB-2', 'Unable to assign an Archived contact.')] : [refused('AB-1', 'Invoice # must be unique.'), { InvoiceNumber: 'AB-2', ValidationErrors: [] }]));
    const both = [newInvoice(), newInvoice({ number: 'AB-2' })];
    const results = await xeroAt(url).createInvoices(both, 'k');
    expect(results.map((result) => (result.ok ? 'ok' : result.refused))).toEqual(['number-taken', 'contact-archived']);
    await expect(xeroAt(url).createInvoices(both, 'k2')).rejects.toMatchObject({ kind: 'ambiguous' });
  });
});

describe('changing invoices', () => {
  test('an edit keeps the lines it names, adds the others and says nothing of the status', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', [wireInvoice()]) }));
    const line = newInvoice().lines[0];
    if (!line) throw new Error('No line');
    const [result] = await xeroAt(url).updateInvoices([{ id: ids.invoice, invoice: newInvoice({ lines: [line, line] }), lineIds: ['line-1', null] }], 'k');
    expect(result?.ok).toBe(true);
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/api.xro/2.0/Invoices', body: { Invoices: [{ InvoiceID: ids.invoice, LineItems: [{ LineItemID: 'line-1' }, {}] }] } });
    const sent = (seen[0]?.body as { Invoices: { LineItems: object[] }[] }).Invoices[0];
    expect(sent).not.toHaveProperty('Status');
    expect(sent?.LineItems[1]).not.toHaveProperty('LineItemID');
  });

  test.each([
    ['approve', (xero: ReturnType<typeof xeroAt>) => xero.approveInvoice(ids.invoice, 'k'), { InvoiceID: ids.invoice, Status: 'AUTHORISED' }],
    ['rename', (xero: ReturnType<typeof xeroAt>) => xero.renameInvoice(ids.invoice, 'AB-1-VOID', 'k'), { InvoiceID: ids.invoice, InvoiceNumber: 'AB-1-VOID' }],
    ['void', (xero: ReturnType<typeof xeroAt>) => xero.voidInvoice(ids.invoice, 'voided', 'k'), { InvoiceID: ids.invoice, Status: 'VOIDED' }],
    ['delete', (xero: ReturnType<typeof xeroAt>) => xero.voidInvoice(ids.invoice, 'deleted', 'k'), { InvoiceID: ids.invoice, Status: 'DELETED' }],
  ])('to %s it sends that one field and the key', async (_, change, sent) => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', [wireInvoice({ Status: 'VOIDED' })]) }));
    expect(await change(xeroAt(url))).toMatchObject({ ok: true, value: { status: 'voided' } });
    expect(seen[0]).toMatchObject({ method: 'POST', path: `/api.xro/2.0/Invoices/${ids.invoice}`, body: { Invoices: [sent] } });
    expect(seen[0]?.headers['idempotency-key']).toBe('k');
  });

  test('a refused change comes back as a refusal, whatever id the answer shows', async () => {
    const { url } = await serve(() => ({ status: 400, body: { ErrorNumber: 10, Type: 'ValidationException', Message: 'm', Elements: [{ InvoiceID: ids.none, ValidationErrors: [{ Message: 'Invoice not of valid status for modification' }] }] } }));
    expect(await xeroAt(url).voidInvoice(ids.invoice, 'voided', 'k')).toEqual({ ok: false, refused: 'frozen', messages: ['Invoice not of valid status for modification'] });
  });
});

describe('reading invoices', () => {
  test('by id: fifty to a call, paged, archived included, bills of suppliers left out', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', [wireInvoice(), { Type: 'ACCPAY', InvoiceID: ids.other }], 1) }));
    const found = await xeroAt(url).invoices(Array.from({ length: 60 }, (_, index) => `id-${index}`));
    expect(found.map(({ xeroId }) => xeroId)).toEqual([ids.invoice, ids.invoice]);
    expect(seen.map(({ query }) => query.get('IDs')?.split(',').length)).toEqual([50, 10]);
    expect(Object.fromEntries(seen[0]?.query ?? [])).toMatchObject({ page: '1', unitdp: '4', includeArchived: 'true' });
  });

  test('by number: together, but one with a comma by itself', async () => {
    const { url, seen } = await serve(({ query }) => ({ body: envelope('Invoices', [wireInvoice({ InvoiceNumber: query.get('where') ? 'N 1,2' : 'A-1' })], 1) }));
    const found = await xeroAt(url).invoicesByNumber(['A-1', 'N 1,2', 'A-2']);
    expect(found.map(({ number }) => number)).toEqual(['A-1', 'N 1,2']);
    expect(seen.map(({ query }) => query.get('InvoiceNumbers'))).toEqual(['A-1,A-2', null]);
    expect(seen[1]?.query.get('where')).toBe('Type=="ACCREC" AND InvoiceNumber=="N 1,2"');
  });

  test('nothing is asked when nothing is wanted', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Invoices', []) }));
    expect(await xeroAt(url).invoices([])).toEqual([]);
    expect(await xeroAt(url).invoicesByNumber([])).toEqual([]);
    expect(seen).toEqual([]);
  });

  test('changes: every page, each id once, the cursor from Xero’s clock at the first page', async () => {
    const pages = [[wireInvoice(), { Type: 'ACCPAY', InvoiceID: 'bill' }], [wireInvoice({ InvoiceID: ids.other }), wireInvoice()]];
    const { url, seen } = await serve((_, nth) => ({ body: { ...envelope('Invoices', pages[nth - 1] ?? [], 2), DateTimeUTC: nth === 1 ? '/Date(1793610867402)/' : '/Date(1893610867402)/' } }));
    expect(await xeroAt(url).invoicesChangedSince('2026-11-01T10:20:30.456Z')).toMatchObject({ invoices: [{ xeroId: ids.invoice, status: 'authorised' }, { xeroId: ids.other }], asOf: '2026-11-02T09:14:27.402Z' });
    expect(seen.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
    expect(seen[0]?.headers['if-modified-since']).toBe('2026-11-01T10:20:30.456Z');
    expect(Object.fromEntries(seen[0]?.query ?? [])).toMatchObject({ summaryOnly: 'true', order: 'InvoiceID ASC' });
  });

  test('without a page count it reads on until a page is empty', async () => {
    const { url, seen } = await serve((_, nth) => ({ body: envelope('Invoices', nth < 3 ? [wireInvoice({ InvoiceID: `id-${nth}` })] : []) }));
    expect((await xeroAt(url).invoicesChangedSince('2026-11-01T00:00:00.000Z')).invoices.map(({ xeroId }) => xeroId)).toEqual(['id-1', 'id-2']);
    expect(seen).toHaveLength(3);
  });

  test('"not modified" is no change', async () => {
    const { url } = await serve(() => ({ status: 304 }));
    expect(await xeroAt(url).invoicesChangedSince('2026-11-01T00:00:00.000Z')).toEqual({ invoices: [], asOf: '2026-11-01T00:00:00.000Z' });
  });
});

describe('payments', () => {
  test('are made with a result each', async () => {
    const bad = { Invoice: { InvoiceID: ids.other }, Reference: 'C2', PaymentID: ids.none, HasValidationErrors: true, StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: 'Payment amount exceeds the amount outstanding on this document' }] };
    const { url, seen } = await serve(() => ({ body: envelope('Payments', [bad, wirePayment()]) }));
    const results = await xeroAt(url).createPayments([newPayment(), newPayment({ invoiceXeroId: ids.other, reference: 'C2' })], 'k');
    expect(results[0]).toMatchObject({ ok: true, value: { xeroId: ids.payment, invoiceId: ids.invoice, amount: 100000, status: 'authorised', accountId: ids.bank, date: '2026-11-20', batched: false, reconciled: false } });
    expect(results[1]).toMatchObject({ ok: false, refused: 'payment-too-much' });
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api.xro/2.0/Payments', headers: { 'idempotency-key': 'k' } });
    expect(seen[0]?.query.get('summarizeErrors')).toBe('false');
    expect(seen[0]?.body).toMatchObject({ Payments: [{ Invoice: { InvoiceID: ids.invoice }, Account: { AccountID: ids.bank }, Date: '2026-11-20', Amount: 1000, Reference: 'C55102' }, {}] });
  });

  test('are deleted with the status and nothing else', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Payments', [wirePayment({ Status: 'DELETED' })]) }));
    expect(await xeroAt(url).deletePayment(ids.payment, 'k')).toMatchObject({ ok: true, value: { status: 'deleted', invoiceId: ids.invoice } });
    expect(seen[0]).toMatchObject({ method: 'POST', path: `/api.xro/2.0/Payments/${ids.payment}`, body: { Status: 'DELETED' } });
  });

  test('a delete whose answer names no invoice is read back', async () => {
    const { url, seen } = await serve(({ method }) => ({ body: envelope('Payments', [wirePayment({ Status: 'DELETED', ...(method === 'POST' ? { Invoice: undefined } : {}) })]) }));
    expect(await xeroAt(url).deletePayment(ids.payment, 'k')).toMatchObject({ ok: true, value: { invoiceId: ids.invoice } });
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  test('changed ones: deleted included, refunds and supplier payments left out, an unknown currency asked for once', async () => {
    const stub = { Type: 'ACCREC', InvoiceID: ids.other, InvoiceNumber: 'JP-1' };
    const rows = [wirePayment(), wirePayment({ PaymentID: 'p2', Status: 'DELETED', Amount: 5000, Invoice: stub, BatchPayment: { TotalAmount: '50.00', IsReconciled: 'false' } }), wirePayment({ PaymentID: 'p3', PaymentType: 'ACCPAYPAYMENT' }), wirePayment({ PaymentID: 'p4', PaymentType: 'ARCREDITPAYMENT', Invoice: undefined })];
    const { url, seen } = await serve(({ path }) => ({ body: path.endsWith('/Payments') ? envelope('Payments', rows, 1) : envelope('Invoices', [{ InvoiceID: ids.other, CurrencyCode: 'JPY' }], 1) }));
    const { payments, asOf } = await xeroAt(url).paymentsChangedSince('2026-11-01T00:00:00.000Z');
    expect(payments).toMatchObject([{ xeroId: ids.payment, amount: 100000 }, { xeroId: 'p2', status: 'deleted', amount: 5000, invoiceId: ids.other, batched: true }]);
    expect(asOf).toBe('2026-11-02T09:14:27.402Z');
    expect(seen.map(({ path }) => path)).toEqual(['/api.xro/2.0/Payments', '/api.xro/2.0/Invoices']);
    expect(seen[0]?.headers['if-modified-since']).toBe('2026-11-01T00:00:00.000Z');
  });
});

describe('contacts', () => {
  const wire = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ ContactID: ids.contact, Name: 'Quill & Co', ContactStatus: 'ACTIVE', ContactNumber: 'clio:1', IsCustomer: true, IsSupplier: false, ...over });
  const client = { name: 'Quill & Co', contactNumber: 'clio:1', firstName: null, lastName: null, email: 'a@quill.example', phone: null, taxNumber: null, address: null };

  test('alike ones are looked for by equal name or equal address, archived included', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Contacts', [wire(), wire({ ContactID: ids.other, ContactStatus: 'ARCHIVED', MergedToContactID: ids.contact })], 1) }));
    const found = await xeroAt(url).contactsLike(' Quill  & Co', 'a@quill.example');
    expect(found.map(({ xeroId, status, mergedToId }) => ({ xeroId, status, mergedToId }))).toEqual([{ xeroId: ids.contact, status: 'active', mergedToId: null }, { xeroId: ids.other, status: 'archived', mergedToId: ids.contact }]);
    expect(Object.fromEntries(seen[0]?.query ?? [])).toMatchObject({ where: 'Name=="Quill & Co" OR EmailAddress=="a@quill.example"', includeArchived: 'true' });
  });

  test('a name with quotes is searched for, and only equal names are kept', async () => {
    const { url, seen } = await serve(({ query }) => ({ body: envelope('Contacts', query.get('searchTerm') ? [wire({ Name: 'robert "bób" hale' }), wire({ ContactID: ids.other, Name: 'Robert Hale' })] : [], 1) }));
    const found = await xeroAt(url).contactsLike('Robert "Bob" Hale', 'r@hale.example');
    expect(found.map(({ name }) => name)).toEqual(['robert "bób" hale']);
    expect(seen.map(({ query }) => [query.get('where'), query.get('searchTerm')])).toEqual([['EmailAddress=="r@hale.example"', null], [null, 'Robert']]);
  });

  test('are made with our own number and a result each', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Contacts', [{ ContactID: ids.none, ContactNumber: 'clio:2', HasValidationErrors: true, ValidationErrors: [{ Message: 'The contact name X is already assigned to another contact. The contact name must be unique across all active contacts.' }] }, wire()]) }));
    const results = await xeroAt(url).createContacts([client, { ...client, contactNumber: 'clio:2', name: 'X' }], 'k');
    expect(results[0]).toMatchObject({ ok: true, value: { xeroId: ids.contact, contactNumber: 'clio:1' } });
    expect(results[1]).toMatchObject({ ok: false, refused: 'name-taken' });
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api.xro/2.0/Contacts', headers: { 'idempotency-key': 'k' } });
    expect(seen[0]?.query.get('summarizeErrors')).toBe('false');
  });

  test('are read by id and by number', async () => {
    const { url, seen } = await serve(() => ({ body: envelope('Contacts', [wire()]) }));
    const xero = xeroAt(url);
    expect(await xero.contactByNumber('clio:1')).toMatchObject({ xeroId: ids.contact });
    expect(await xero.contact(ids.contact)).toMatchObject({ contactNumber: 'clio:1' });
    expect(seen.map(({ path }) => decodeURIComponent(path))).toEqual(['/api.xro/2.0/Contacts/clio:1', `/api.xro/2.0/Contacts/${ids.contact}`]);
  });
});

test('a note is cut to what Xero keeps', async () => {
  const { url, seen } = await serve(() => ({ body: envelope('HistoryRecords', [{ Details: 'x' }]) }));
  await xeroAt(url).noteOnInvoice(ids.invoice, 'n'.repeat(3000), 'k');
  expect(seen[0]).toMatchObject({ method: 'PUT', path: `/api.xro/2.0/Invoices/${ids.invoice}/History`, headers: { 'idempotency-key': 'k' } });
  expect(seen[0]?.body).toEqual({ HistoryRecords: [{ Details: 'n'.repeat(2500) }] });
});

describe('books', () => {
  const lists: Record<string, Record<string, unknown>> = {
    Organisation: envelope('Organisations', [{ OrganisationID: organisationId, Name: 'Quill LLP', ShortCode: '!q', CountryCode: 'GB', BaseCurrency: 'GBP', IsDemoCompany: false, Timezone: 'GMTSTANDARDTIME', PeriodLockDate: '/Date(1790726400000+0000)/', EndOfYearLockDate: '/Date(1774915200000+0000)/' }]),
    Accounts: envelope('Accounts', [{ AccountID: ids.bank, Name: 'Office', Type: 'BANK', Class: 'ASSET', Status: 'ACTIVE', CurrencyCode: 'GBP' }]),
    TaxRates: envelope('TaxRates', [{ Name: '20%', TaxType: 'OUTPUT2', Status: 'ACTIVE', EffectiveRate: 20, CanApplyToRevenue: true }]),
    TrackingCategories: envelope('TrackingCategories', [{ TrackingCategoryID: 'cat', Name: 'Practice area', Status: 'ACTIVE', Options: [{ TrackingOptionID: 'o', Name: 'Family', Status: 'ARCHIVED' }] }]),
    Currencies: envelope('Currencies', [{ Code: 'GBP', Description: 'Pound' }, { Code: 'EUR' }]),
  };

  test('are read whole, locked through the later of the two dates', async () => {
    const { url, seen } = await serve(({ path }) => ({ body: lists[path.split('/').at(-1) ?? ''] }));
    expect(await xeroAt(url).books()).toEqual({
      organisation: { xeroId: organisationId, name: 'Quill LLP', shortCode: '!q', country: 'GB', baseCurrency: 'GBP', demo: false, trial: false, timeZone: 'GMTSTANDARDTIME' },
      lockedThrough: '2026-09-30',
      currencies: ['GBP', 'EUR'],
      accounts: [{ xeroId: ids.bank, code: null, name: 'Office', class: 'asset', isBank: true, currency: 'GBP', active: true, system: null, takesPayments: true, taxType: null }],
      taxRates: [{ taxType: 'OUTPUT2', name: '20%', rate: '20', active: true, classes: ['revenue'] }],
      tracking: [{ xeroId: 'cat', name: 'Practice area', active: true, options: [{ xeroId: 'o', name: 'Family', active: false }] }],
      readAt: '2026-11-20T09:00:00.000Z',
      lockReadAt: '2026-11-20T09:00:00.000Z',
    });
    expect(seen).toHaveLength(5);
  });

  test('tell their lock dates alone for one call', async () => {
    const { url, seen } = await serve(({ path }) => ({ body: lists[path.split('/').at(-1) ?? ''] }));
    expect(await xeroAt(url).lockDates()).toMatchObject({ organisation: { xeroId: organisationId }, lockedThrough: '2026-09-30', lockReadAt: '2026-11-20T09:00:00.000Z' });
    expect(seen.map(({ path }) => path.split('/').at(-1))).toEqual(['Organisation']);
  });

  test.each([
    [{ IsDemoCompany: true, Class: 'PREMIUM' }, { demo: true, trial: false }],
    [{ IsDemoCompany: false, Class: 'DEMO' }, { demo: true, trial: false }],
    [{ IsDemoCompany: false, Class: 'TRIAL' }, { demo: false, trial: true }],
    [{ IsDemoCompany: false, Class: 'COMPREHENSIVE' }, { demo: false, trial: false }],
  ])('say of %j whether it is there to try things out', async (facts, told) => {
    const organisation = envelope('Organisations', [{ OrganisationID: organisationId, Name: 'Quill LLP', BaseCurrency: 'GBP', ...facts }]);
    const { url } = await serve(({ path }) => ({ body: path.endsWith('/Organisation') ? organisation : lists[path.split('/').at(-1) ?? ''] }));
    expect((await xeroAt(url).books()).organisation).toMatchObject(told);
  });

  test('of another organisation are refused', async () => {
    const other = envelope('Organisations', [{ OrganisationID: ids.other, Name: 'Somebody else', BaseCurrency: 'GBP' }]);
    const { url } = await serve(({ path }) => ({ body: path.endsWith('/Organisation') ? other : lists[path.split('/').at(-1) ?? ''] }));
    await expect(xeroAt(url).books()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
