import type { NewContact } from '../../src/core/contact.js';
import type { Invoice, NewInvoice, NewPayment } from '../../src/core/invoice.js';
import type { Books } from '../../src/core/books.js';
import { connectionsOf, deleteConnection, refresh } from '../../src/xero/oauth.js';
import type { WriteResult } from '../../src/xero/xero.js';
import { type ConnectedXero, connectedXero } from './connected.js';

let at: ConnectedXero;
let books: Books;
let contactId: string;

beforeEach(async () => {
  at = await connectedXero();
  contactId = valueOf((await at.xero.createContacts([newContact()], 'contact-1'))[0]).xeroId;
});
afterEach(() => at.sandbox.close());

function valueOf<T>(result: WriteResult<T> | undefined): T {
  if (!result?.ok) throw new Error(`Refused: ${result?.messages.join('; ') ?? 'no result'}`);
  return result.value;
}

const refusalOf = <T>(result: WriteResult<T> | undefined): string => (result?.ok === false ? result.refused : 'not refused');

const newContact = (over: Partial<NewContact> = {}): NewContact => ({ name: 'Abbott, "Bo" & Sons', contactNumber: 'clio:1', firstName: 'Bo', lastName: 'Abbott', email: 'bo@abbott.example', phone: '617 555 0100', taxNumber: '12-3456789', address: { street: '1 Low Road\nSuite 2', city: 'Boston', region: 'MA', postalCode: '02108', country: 'USA' }, ...over });

const newInvoice = (number: string, over: Partial<NewInvoice> = {}): NewInvoice => ({
  number,
  reference: '00731-Lake lease',
  contactXeroId: contactId,
  currency: 'USD',
  date: '2026-11-02',
  dueOn: '2026-12-02',
  status: 'authorised',
  lines: [
    { text: 'Drafting lease, 3.25 h at 285.50', net: 92_788, tax: 7_654, accountCode: '200', taxType: 'TAX001', tracking: [], from: ['1'] },
    { text: 'Court fee', net: 11_900, tax: 0, accountCode: '260', taxType: 'NONE', tracking: [], from: ['2'] },
    { text: 'Discount', net: -1_000, tax: -83, accountCode: '200', taxType: 'TAX001', tracking: [], from: [] },
  ],
  subTotal: 103_688,
  totalTax: 7_571,
  total: 111_259,
  brandingThemeId: null,
  url: 'https://app.example.com/bills/1',
  ...over,
});

let keys = 0;
const newKey = (): string => `key-${(keys += 1)}`;

const created = async (number: string, over: Partial<NewInvoice> = {}): Promise<Invoice> => valueOf((await at.xero.createInvoices([newInvoice(number, over)], newKey()))[0]);

const newPayment = (invoiceXeroId: string, over: Partial<NewPayment> = {}): NewPayment => {
  const bank = at.sandbox.control.accounts('Harwood & Lisle LLP').find(({ code }) => code === '090');
  return { invoiceXeroId, accountXeroId: bank?.id ?? '', date: '2026-11-18', amount: 50_000, currency: 'USD', reference: 'C55102', ...over };
};

test('the consent tells who gave it and what was connected', () => {
  expect(at.grant.userId).toMatch(/^[0-9a-f-]{36}$/);
  expect(at.grant.scopes).toContain('accounting.invoices');
  expect(at.connection).toMatchObject({ tenantName: 'Harwood & Lisle LLP', tenantType: 'ORGANISATION', authEventId: at.grant.authEventId });
});

test('books: what the organisation allows', async () => {
  at.sandbox.control.setLockDates('Harwood & Lisle LLP', { period: '2026-09-30', endOfYear: '2025-12-31' });
  books = { ...(await at.xero.books()), brandingThemes: await at.xero.brandingThemes() };
  expect(books.organisation).toMatchObject({ xeroId: at.connection.tenantId, name: 'Harwood & Lisle LLP', shortCode: '!hL7x2', country: 'US', baseCurrency: 'USD', demo: false, timeZone: 'PACIFICSTANDARDTIME' });
  expect(books.lockedThrough).toBe('2026-09-30');
  expect(books.currencies).toEqual(['USD', 'EUR']);
  expect(books.accounts.find(({ code }) => code === '090')).toMatchObject({ isBank: true, takesPayments: true, active: true, currency: 'USD', class: 'asset' });
  expect(books.accounts.find(({ code }) => code === '699')?.active).toBe(false);
  expect(books.accounts.find(({ code }) => code === '610')?.system).toBe('DEBTORS');
  expect(books.taxRates.find(({ taxType }) => taxType === 'TAX001')).toMatchObject({ rate: '8.25', active: true });
  expect(books.tracking.map(({ name }) => name)).toEqual(['Practice area', 'Office']);
  expect(books.brandingThemes[0]?.name).toBe('Standard');
});

test('an invoice is made, equal to the cent, and read back by id and by number', async () => {
  const invoice = await created('HR-1');
  expect(invoice).toMatchObject({ number: 'HR-1', status: 'authorised', contactId, currency: 'USD', date: '2026-11-02', dueOn: '2026-12-02', amountsAre: 'exclusive', subTotal: 103_688, totalTax: 7_571, total: 111_259, amountDue: 111_259, amountPaid: 0, reference: '00731-Lake lease', url: 'https://app.example.com/bills/1' });
  expect(invoice.lines.map(({ net, tax, accountCode, taxType }) => [net, tax, accountCode, taxType])).toEqual([[92_788, 7_654, '200', 'TAX001'], [11_900, 0, '260', 'NONE'], [-1_000, -83, '200', 'TAX001']]);
  expect(await at.xero.invoices([invoice.xeroId, '11111111-1111-4111-8111-111111111111'])).toEqual([invoice]);
  expect(await at.xero.invoicesByNumber(['HR-1', 'nothing'])).toEqual([invoice]);
});

test('tracking is kept', async () => {
  const [category] = (await at.xero.books()).tracking;
  const option = category?.options[0];
  if (!category || !option) throw new Error('No tracking in the seed');
  const [line] = newInvoice('HR-T').lines;
  if (!line) throw new Error('No line');
  const choice = { categoryId: category.xeroId, optionId: option.xeroId };
  expect((await created('HR-T', { lines: [{ ...line, tracking: [choice] }] })).lines[0]?.tracking).toEqual([choice]);
});

test('numbers with commas are found one by one; a bill with the same number is not ours', async () => {
  await created('HR 1,2');
  await created('RENT-11');
  expect((await at.xero.invoicesByNumber(['HR 1,2', 'RENT-11'])).map(({ number }) => number).sort()).toEqual(['HR 1,2', 'RENT-11']);
});

test('a batch saves the good ones and refuses the others, each with its reason', async () => {
  await created('HR-1');
  const results = await at.xero.createInvoices([newInvoice('HR-2'), newInvoice('HR-1'), newInvoice('HR-3', { lines: [{ text: 'x', net: 100, tax: 0, accountCode: '999', taxType: 'NONE', tracking: [], from: [] }] }), newInvoice('HR-4', { currency: 'CAD' }), newInvoice('HR-5')], 'batch');
  expect(results.map((result) => (result.ok ? result.value.number : result.refused))).toEqual(['HR-2', 'number-taken', 'account-invalid', 'currency-not-enabled', 'HR-5']);
});

test('the same key again gives the same invoice, not a second one', async () => {
  const first = await at.xero.createInvoices([newInvoice('HR-1')], 'one key');
  const again = await at.xero.createInvoices([newInvoice('HR-1')], 'one key');
  expect(valueOf(again[0]).xeroId).toBe(valueOf(first[0]).xeroId);
  await expect(at.xero.createInvoices([newInvoice('HR-2')], 'one key')).rejects.toMatchObject({ kind: 'rejected' });
});

test.each([['drop-after-commit'], ['status-500-after-commit'], ['html-200-after-commit'], ['malformed-json-after-commit']] as const)('%s: the outcome is unknown, and a look finds the invoice', async (kind) => {
  at.sandbox.control.injectFault({ kind, method: 'PUT', path: /\/Invoices$/ });
  await expect(at.xero.createInvoices([newInvoice('HR-1')], 'k')).rejects.toMatchObject({ kind: 'ambiguous' });
  expect((await at.xero.invoicesByNumber(['HR-1'])).map(({ total }) => total)).toEqual([111_259]);
});

test.each([['503', 'unavailable', null], ['html-502', 'unavailable', null], ['drop-before', 'unavailable', null], ['429-minute', 'rate-limited', 'minute'], ['429-day', 'rate-limited', 'day'], ['429-concurrent', 'rate-limited', 'concurrent']] as const)('%s on a read is %s', async (kind, expected, scope) => {
  at.sandbox.control.injectFault({ kind });
  await expect(at.xero.invoicesByNumber(['HR-1'])).rejects.toMatchObject({ kind: expected, scope });
});

test('a lock date closes the period, an archived contact and a system account are refused', async () => {
  at.sandbox.control.setLockDates('Harwood & Lisle LLP', { period: '2026-11-30' });
  expect(refusalOf((await at.xero.createInvoices([newInvoice('HR-1')], 'k1'))[0])).toBe('period-closed');
  at.sandbox.control.setLockDates('Harwood & Lisle LLP', {});
  at.sandbox.control.archiveContact(contactId);
  expect(refusalOf((await at.xero.createInvoices([newInvoice('HR-1')], 'k2'))[0])).toBe('contact-archived');
});

test('an edit keeps lines by id, drops what is not listed and adds what is new', async () => {
  const before = await created('HR-1');
  const [first] = newInvoice('HR-1').lines;
  if (!first) throw new Error('No line');
  const added = { text: 'Filing', net: 4_000, tax: 0, accountCode: '260', taxType: 'NONE', tracking: [], from: ['9'] };
  const change = newInvoice('HR-1', { lines: [{ ...first, text: 'Drafting lease, revised' }, added], reference: 'Changed' });
  const after = valueOf((await at.xero.updateInvoices([{ id: before.xeroId, invoice: change, lineIds: [before.lines[0]?.xeroId ?? null, null] }], 'edit'))[0]);
  expect(after).toMatchObject({ xeroId: before.xeroId, reference: 'Changed', status: 'authorised', total: 92_788 + 7_654 + 4_000 });
  expect(after.lines.map(({ text }) => text).sort()).toEqual(['Drafting lease, revised', 'Filing']);
  expect(after.lines.find(({ text }) => text === 'Drafting lease, revised')?.xeroId).toBe(before.lines[0]?.xeroId);
});

test('drafts are approved or deleted; approved ones are renamed and voided', async () => {
  const draft = await created('HR-1', { status: 'draft' });
  expect(draft.status).toBe('draft');
  expect(valueOf(await at.xero.approveInvoice(draft.xeroId, 'approve')).status).toBe('authorised');
  const other = await created('HR-2', { status: 'draft' });
  expect(valueOf(await at.xero.voidInvoice(other.xeroId, 'deleted', 'delete')).status).toBe('deleted');
  expect(valueOf(await at.xero.renameInvoice(draft.xeroId, 'HR-1-VOID', 'rename')).number).toBe('HR-1-VOID');
  expect(valueOf(await at.xero.voidInvoice(draft.xeroId, 'voided', 'void'))).toMatchObject({ status: 'voided', amountDue: 0, number: 'HR-1-VOID' });
  expect((await created('HR-1')).status).toBe('authorised');
  expect((await at.xero.invoices([draft.xeroId, other.xeroId])).map(({ status }) => status).sort()).toEqual(['deleted', 'voided']);
});

test('an invoice with a payment can neither be voided nor have its money changed', async () => {
  const invoice = await created('HR-1');
  valueOf((await at.xero.createPayments([newPayment(invoice.xeroId)], 'pay'))[0]);
  expect(refusalOf(await at.xero.voidInvoice(invoice.xeroId, 'voided', 'void'))).toBe('frozen');
  const other = await created('HR-2');
  const less = (number: string, id: string) => ({ id, invoice: newInvoice(number, { lines: newInvoice(number).lines.slice(0, 1) }), lineIds: [null] });
  const [refused, changed] = await at.xero.updateInvoices([less('HR-1', invoice.xeroId), less('HR-2', other.xeroId)], 'edit');
  expect(refusalOf(refused)).toBe('frozen');
  expect(valueOf(changed)).toMatchObject({ xeroId: other.xeroId, lines: [expect.anything()] });
});

test('payments are made, seen on the invoice, read, and deleted', async () => {
  const invoice = await created('HR-1');
  const [first, tooMuch] = await at.xero.createPayments([newPayment(invoice.xeroId), newPayment(invoice.xeroId, { amount: 99_999_999, reference: 'C2' })], 'pay');
  const payment = valueOf(first);
  expect(payment).toMatchObject({ invoiceId: invoice.xeroId, amount: 50_000, date: '2026-11-18', reference: 'C55102', status: 'authorised', reconciled: false, batched: false });
  expect(refusalOf(tooMuch)).toBe('payment-too-much');
  expect((await at.xero.invoices([invoice.xeroId]))[0]).toMatchObject({ amountPaid: 50_000, amountDue: 61_259, payments: [{ xeroId: payment.xeroId, amount: 50_000, reference: 'C55102', status: 'authorised' }] });
  expect(await at.xero.payment(payment.xeroId)).toEqual(payment);
  expect(await at.xero.payment('11111111-1111-4111-8111-111111111111')).toBeNull();
  expect(valueOf(await at.xero.deletePayment(payment.xeroId, 'unpay'))).toMatchObject({ xeroId: payment.xeroId, status: 'deleted', invoiceId: invoice.xeroId, amount: 50_000 });
  expect((await at.xero.invoices([invoice.xeroId]))[0]).toMatchObject({ amountPaid: 0, payments: [] });
});

test('a draft takes no payment, a reconciled payment stays, an account that takes none refuses', async () => {
  const draft = await created('HR-1', { status: 'draft' });
  expect(refusalOf((await at.xero.createPayments([newPayment(draft.xeroId)], 'p1'))[0])).toBe('not-payable');
  const invoice = await created('HR-2');
  const income = at.sandbox.control.accounts('Harwood & Lisle LLP').find(({ code }) => code === '620');
  expect(refusalOf((await at.xero.createPayments([newPayment(invoice.xeroId, { accountXeroId: income?.id ?? '' })], 'p2'))[0])).toBe('account-invalid');
  const paid = valueOf((await at.xero.createPayments([newPayment(invoice.xeroId)], 'p3'))[0]);
  at.sandbox.control.reconcilePayment(paid.xeroId);
  expect(refusalOf(await at.xero.deletePayment(paid.xeroId, 'unpay'))).toBe('reconciled');
  expect(await at.xero.payment(paid.xeroId)).toMatchObject({ reconciled: true });
});

test('changes since a moment: invoices and payments, deleted ones too, and Xero’s own time', async () => {
  const invoice = await created('HR-1');
  await at.clock.advance(60_000);
  const since = new Date(at.clock.now()).toISOString();
  await at.clock.advance(60_000);
  const other = await created('HR-2', { currency: 'EUR' });
  const payment = at.sandbox.control.recordPayment({ invoiceId: invoice.xeroId, amount: 2_500, date: '2026-11-19', reference: 'Cheque 7' });
  const gone = at.sandbox.control.recordPayment({ invoiceId: other.xeroId, amount: 1_000, date: '2026-11-19' });
  at.sandbox.control.deletePayment(gone.id);
  const changes = await at.xero.invoicesChangedSince(since);
  expect(changes.invoices).toEqual(expect.arrayContaining([invoice, other].map(({ xeroId, number, url }) => ({ xeroId, number, status: 'authorised', url }))));
  expect(changes.invoices).toHaveLength(2);
  expect(changes.asOf).toBe(new Date(at.clock.now()).toISOString());
  const { payments } = await at.xero.paymentsChangedSince(since);
  expect(payments.find(({ xeroId }) => xeroId === payment.id)).toMatchObject({ invoiceId: invoice.xeroId, amount: 2_500, date: '2026-11-19', reference: 'Cheque 7', status: 'authorised' });
  expect(payments.find(({ xeroId }) => xeroId === gone.id)).toMatchObject({ invoiceId: other.xeroId, amount: 1_000, status: 'deleted' });
  expect(payments).toHaveLength(2);
});

test('a short list without links back is understood as well', async () => {
  at.sandbox.switches.summaryUrl = 'left-out';
  const { xeroId, number } = await created('HR-1');
  const { invoices } = await at.xero.invoicesChangedSince('2026-01-01T00:00:00.000Z');
  expect(invoices.find((each) => each.xeroId === xeroId)).toEqual({ xeroId, number, status: 'authorised', url: null });
});

test('contacts: made with our number, found by number, id, name and address, merged ones followed', async () => {
  const made = await at.xero.contactByNumber('clio:1');
  expect(made).toMatchObject({ xeroId: contactId, name: 'Abbott, "Bo" & Sons', email: 'bo@abbott.example', taxNumber: '12-3456789', contactNumber: 'clio:1', status: 'active', isCustomer: false });
  expect(await at.xero.contact(contactId)).toEqual(made);
  expect(await at.xero.contactByNumber('clio:nobody')).toBeNull();
  expect(await at.xero.contact('11111111-1111-4111-8111-111111111111')).toBeNull();
  expect((await at.xero.contactsLike('abbott, "bo" & sons', null)).map(({ xeroId }) => xeroId)).toEqual([contactId]);
  expect((await at.xero.contactsLike('Nobody', 'BO@abbott.example')).map(({ xeroId }) => xeroId)).toEqual([contactId]);
  expect((await at.xero.contactsLike('Quarry Lane Holdings Inc.', null)).map(({ status }) => status)).toEqual(['archived']);
  expect((await at.xero.contactsLike('D. Ortega', null))[0]?.mergedToId).toBe((await at.xero.contactsLike('Daniela Ortega', null))[0]?.xeroId);
  expect((await at.xero.allContacts()).length).toBeGreaterThan(6);
});

test('a taken name is refused; the others of the call are made', async () => {
  const results = await at.xero.createContacts([newContact({ name: 'Marlow Estates LLC', contactNumber: 'clio:2' }), newContact({ name: 'New Client', contactNumber: 'clio:3' })], 'two');
  expect(refusalOf(results[0])).toBe('name-taken');
  expect(valueOf(results[1])).toMatchObject({ name: 'New Client', contactNumber: 'clio:3' });
});

test('a note stands in the history', async () => {
  const invoice = await created('HR-1');
  await at.xero.noteOnInvoice(invoice.xeroId, 'Made from bill 1.', 'note');
  expect(JSON.stringify(at.sandbox.control.history(invoice.xeroId))).toContain('Made from bill 1.');
});

test('a credit note is made, found, allocated, taken back and voided', async () => {
  const invoice = await created('HR-1');
  const line = { text: 'Agreed reduction', net: 5_000, tax: 413, accountCode: '200', taxType: 'TAX001', tracking: [], from: [] };
  const [result, taken] = await at.xero.createCreditNotes(
    [{ number: 'HR-CN-1', reference: 'HR-1', contactXeroId: contactId, currency: 'USD', date: '2026-11-19', status: 'authorised', lines: [line], subTotal: 5_000, totalTax: 413, total: 5_413 }, { number: 'HR-CN-1', reference: 'HR-1', contactXeroId: contactId, currency: 'USD', date: '2026-11-19', status: 'authorised', lines: [line], subTotal: 5_000, totalTax: 413, total: 5_413 }],
    'credit',
  );
  const note = valueOf(result);
  expect(refusalOf(taken)).toBe('number-taken');
  expect(note).toMatchObject({ number: 'HR-CN-1', reference: 'HR-1', status: 'authorised', contactId, date: '2026-11-19', subTotal: 5_000, totalTax: 413, total: 5_413, remaining: 5_413, allocations: [] });
  expect(await at.xero.creditNotes([note.xeroId])).toEqual([note]);
  expect(await at.xero.creditNotesByNumber(['HR-CN-1'])).toEqual([note]);
  expect(await at.xero.creditNotesOfContact(contactId, '2026-11-14', '2026-11-19')).toContainEqual(note);
  expect(await at.xero.creditNotesOfContact(contactId, '2026-11-20', '2026-11-24')).not.toContainEqual(note);
  expect(await at.xero.creditNotesOfContact(note.xeroId, '2026-11-14', '2026-11-24')).toEqual([]);
  at.sandbox.switches.creditNoteFilter = 'ignored';
  expect(await at.xero.creditNotesOfContact(note.xeroId, '2026-11-14', '2026-11-24')).toContainEqual(note);
  at.sandbox.switches.creditNoteFilter = 'applied';
  const allocation = { creditNoteXeroId: note.xeroId, invoiceXeroId: invoice.xeroId, amount: 5_413, currency: 'USD', date: '2026-11-19' };
  expect(refusalOf(await at.xero.allocateCredit({ ...allocation, amount: 9_999_999 }, 'too much'))).toBe('payment-too-much');
  const allocated = valueOf(await at.xero.allocateCredit(allocation, 'allocate'));
  expect(allocated).toMatchObject({ status: 'paid', remaining: 0, allocations: [{ invoiceId: invoice.xeroId, amount: 5_413, date: '2026-11-19' }] });
  expect((await at.xero.invoices([invoice.xeroId]))[0]).toMatchObject({ amountCredited: 5_413, amountDue: 105_846, credits: [{ kind: 'credit-note', xeroId: note.xeroId, number: 'HR-CN-1', applied: 5_413 }] });
  await at.xero.removeCreditAllocation(note.xeroId, allocated.allocations[0]?.xeroId ?? '');
  await at.xero.removeCreditAllocation(note.xeroId, allocated.allocations[0]?.xeroId ?? '');
  expect(valueOf(await at.xero.voidCreditNote(note.xeroId, 'voided', 'void')).status).toBe('voided');
  expect((await at.xero.invoices([invoice.xeroId]))[0]).toMatchObject({ amountCredited: 0, amountDue: 111_259 });
});

test('a supplier bill is made and found, and is no sales invoice', async () => {
  const { reference: _, brandingThemeId: __, ...bill } = newInvoice('COURT-1', { lines: [{ text: 'Filing fee', net: 4_500, tax: 0, accountCode: '620', taxType: 'NONE', tracking: [], from: ['77'] }], subTotal: 4_500, totalTax: 0, total: 4_500 });
  const made = valueOf((await at.xero.createSupplierBills([bill], 'bill'))[0]);
  expect(made).toMatchObject({ number: 'COURT-1', total: 4_500, status: 'authorised' });
  expect((await at.xero.supplierBillsByNumber(['COURT-1'])).map(({ xeroId }) => xeroId)).toEqual([made.xeroId]);
  expect(await at.xero.invoicesByNumber(['COURT-1'])).toEqual([]);
  expect(await at.xero.invoices([made.xeroId])).toEqual([]);
});

test('an expired token is replaced on the way, also in the middle of a write', async () => {
  await at.clock.advance(31 * 60_000);
  expect((await created('HR-1')).number).toBe('HR-1');
  expect(at.refreshes()).toBe(1);
});

test.each([[403], [401]] as const)('a disconnected organisation stops the work (%d), and the list of connections tells why', async (status) => {
  at.sandbox.switches.disconnected = status;
  at.sandbox.control.disconnect('Harwood & Lisle LLP');
  await expect(at.xero.invoicesByNumber(['HR-1'])).rejects.toMatchObject({ kind: status === 403 ? 'forbidden' : 'unauthorized' });
  const fresh = await refresh(at.app, at.grant.tokens.refreshToken).catch(() => null);
  if (fresh) expect((await connectionsOf(at.app, fresh.accessToken)).map(({ tenantId }) => tenantId)).not.toContain(at.connection.tenantId);
});

test.each([[401], [403]] as const)('a missing scope is forbidden (%d), without a refresh', async (status) => {
  await at.sandbox.close();
  at = await connectedXero({ switches: { missingScope: status }, scopes: ['openid', 'profile', 'email', 'offline_access', 'accounting.contacts'] });
  await expect(at.xero.invoicesByNumber(['HR-1'])).rejects.toMatchObject({ kind: 'forbidden' });
  expect(at.refreshes()).toBe(0);
});

test('disconnecting removes this organisation and no other', async () => {
  const before = await connectionsOf(at.app, at.grant.tokens.accessToken);
  await deleteConnection(at.app, at.grant.tokens.accessToken, at.connection.id);
  await deleteConnection(at.app, at.grant.tokens.accessToken, at.connection.id);
  const after = await connectionsOf(at.app, at.grant.tokens.accessToken);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id).filter((id) => id !== at.connection.id));
  expect(before.length - after.length).toBe(1);
});

test('yen have no cents on either way', async () => {
  at.sandbox.control.addCurrency('Harwood & Lisle LLP', { code: 'JPY', description: 'Yen', rate: 150 });
  const yen = await created('JP-1', { currency: 'JPY', lines: [{ text: 'x', net: 125_000, tax: 0, accountCode: '260', taxType: 'NONE', tracking: [], from: [] }], subTotal: 125_000, totalTax: 0, total: 125_000 });
  expect(yen).toMatchObject({ currency: 'JPY', total: 125_000, amountDue: 125_000 });
});
