import type { NewBankTransaction } from '../../src/core/cost.js';
import { answering, type Answer, type AnsweringServer, type Seen, xeroAt } from './answering-server.js';
import { envelope, ids } from './documents.js';

let server: AnsweringServer | null = null;
const serve = async (answer: (seen: Seen, nth: number) => Answer): Promise<AnsweringServer> => (server = await answering(answer));
afterEach(async () => {
  await server?.close();
  server = null;
});

const wire = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  BankTransactionID: 'bt-1',
  Type: 'SPEND',
  Status: 'AUTHORISED',
  Contact: { ContactID: ids.contact },
  BankAccount: { AccountID: ids.bank, Code: '090' },
  Date: '/Date(1794441600000+0000)/',
  Reference: 'C77',
  CurrencyCode: 'GBP',
  LineAmountTypes: 'Exclusive',
  LineItems: [{ LineItemID: 'l1', Description: 'Court fee', LineAmount: 119, TaxAmount: 0, AccountCode: '620', TaxType: 'NONE' }],
  Total: 119,
  IsReconciled: false,
  ...over,
});

const spend = (over: Partial<NewBankTransaction> = {}): NewBankTransaction => ({
  kind: 'spend',
  contactXeroId: ids.contact,
  bankAccountXeroId: ids.bank,
  currency: 'GBP',
  date: '2026-11-12',
  reference: 'C77',
  lines: [{ text: 'Court fee', net: 11_900, tax: 0, accountCode: '620', taxType: 'NONE', tracking: [], from: ['77'] }],
  total: 11_900,
  url: null,
  ...over,
});

test('money spent is recorded, tax exclusive by name, a result each', async () => {
  const refused = { BankTransactionID: ids.none, Reference: 'C78', StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: 'The document date cannot be before the period lock date, currently set at 30-Sep-2026' }] };
  const { url, seen } = await serve(() => ({ body: envelope('BankTransactions', [refused, wire()]) }));
  const results = await xeroAt(url).createBankTransactions([spend(), spend({ reference: 'C78', kind: 'receive' })], 'k');
  expect(results[0]).toMatchObject({ ok: true, value: { xeroId: 'bt-1', kind: 'spend', total: 11_900, bankAccountId: ids.bank, date: '2026-11-12', reference: 'C77', reconciled: false, lines: [{ net: 11_900 }] } });
  expect(results[1]).toMatchObject({ ok: false, refused: 'period-closed' });
  expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api.xro/2.0/BankTransactions', headers: { 'idempotency-key': 'k' } });
  expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ summarizeErrors: 'false', unitdp: '4' });
  expect(seen[0]?.body).toMatchObject({ BankTransactions: [{ Type: 'SPEND', Contact: { ContactID: ids.contact }, BankAccount: { AccountID: ids.bank }, Date: '2026-11-12', Reference: 'C77', LineAmountTypes: 'Exclusive', LineItems: [{ Quantity: 1, UnitAmount: 119, TaxAmount: 0, AccountCode: '620' }] }, { Type: 'RECEIVE' }] });
});

test('they are looked for by reference, transfers and overpayments left out', async () => {
  const { url, seen } = await serve(() => ({ body: envelope('BankTransactions', [wire({ Status: 'DELETED' }), { Type: 'SPEND-TRANSFER', BankTransactionID: 'x' }], 1) }));
  expect(await xeroAt(url).bankTransactionsByReference(['C77', 'C78', 'C77'])).toMatchObject([{ xeroId: 'bt-1', status: 'deleted' }]);
  expect(seen[0]?.query.get('where')).toBe('Reference=="C77" OR Reference=="C78"');
});

test('one is deleted with the status and nothing else', async () => {
  const { url, seen } = await serve(() => ({ body: envelope('BankTransactions', [wire({ Status: 'DELETED' })]) }));
  expect(await xeroAt(url).deleteBankTransaction('bt-1', 'k')).toMatchObject({ ok: true, value: { status: 'deleted' } });
  expect(seen[0]).toMatchObject({ method: 'POST', path: '/api.xro/2.0/BankTransactions/bt-1', body: { BankTransactions: [{ BankTransactionID: 'bt-1', Status: 'DELETED' }] } });
});

test('a supplier bill has no reference of its own', async () => {
  const body = { InvoiceID: ids.other, Type: 'ACCPAY', InvoiceNumber: 'COURT-1', Status: 'DRAFT', Contact: { ContactID: ids.contact }, CurrencyCode: 'GBP', Date: '2026-11-12T00:00:00', LineAmountTypes: 'Exclusive', Total: 119, SubTotal: 119 };
  const { url, seen } = await serve(() => ({ body: envelope('Invoices', [body]) }));
  const { lines } = spend();
  const [result] = await xeroAt(url).createSupplierBills([{ number: 'COURT-1', contactXeroId: ids.contact, currency: 'GBP', date: '2026-11-12', dueOn: '2026-11-26', status: 'draft', lines, subTotal: 11_900, totalTax: 0, total: 11_900, url: null }], 'k');
  expect(result).toMatchObject({ ok: true, value: { number: 'COURT-1', total: 11_900, status: 'draft' } });
  const sent = (seen[0]?.body as { Invoices: object[] }).Invoices[0];
  expect(sent).toMatchObject({ Type: 'ACCPAY', Status: 'DRAFT', InvoiceNumber: 'COURT-1' });
  expect(sent).not.toHaveProperty('Reference');
});

test('an allocation that could not be removed is not taken for removed', async () => {
  const { url } = await serve((_, nth) => (nth === 1 ? { status: 400, body: { ErrorNumber: 10, Message: 'A validation exception occurred', Elements: [{ ValidationErrors: [{ Message: 'No' }] }] } } : { body: { AllocationId: 'a1', Invoice: [{ InvoiceID: ids.invoice }], IsDeleted: true } }));
  await expect(xeroAt(url).removeCreditAllocation('cn-1', 'a1')).rejects.toMatchObject({ kind: 'rejected' });
  await xeroAt(url).removeCreditAllocation('cn-1', 'a1');
});
