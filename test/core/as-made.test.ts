import { asMade } from '../../src/core/as-made.js';
import { billToInvoice } from '../../src/core/bill-to-invoice.js';
import type { Invoice } from '../../src/core/invoice.js';
import { aBill, anInvoice, aTruth, contact } from './law-firm.js';

const composed = billToInvoice(aTruth(), contact.xeroId);
if (!composed.ok) throw new Error('the bill of the example has no invoice');
const made = composed.invoice;
const answered: Invoice = anInvoice(aBill(), { lines: made.lines.map(({ text, net, tax, accountCode, taxType, tracking }, index) => ({ xeroId: `l-${index}`, text, net, tax, accountCode, taxType, tracking })) });
const more = (invoice: Invoice, minor: number): Invoice => ({ ...invoice, subTotal: invoice.subTotal + minor, total: invoice.total + minor, amountDue: invoice.amountDue + minor, lines: invoice.lines.map((line, index) => (index === 0 ? { ...line, net: line.net + minor } : line)) });

test('an invoice found as it was sent is taken as it stands, its coding too', () => {
  const recoded = { ...answered, lines: answered.lines.map((line) => ({ ...line, accountCode: '260' })) };
  expect(asMade(recoded, made)).toEqual(recoded);
});

test.each<[string, Invoice]>([
  ['an amount', more(answered, 399)],
  ['its date', { ...answered, date: '2026-10-30' }],
  ['its contact', { ...answered, contactId: 'contact-99' }],
])('where somebody changed %s before it was found, it is taken as it was sent', (_what, found) => {
  expect(asMade(found, made)).toMatchObject({ total: made.total, subTotal: made.subTotal, totalTax: made.totalTax, date: made.date, contactId: contact.xeroId, lines: made.lines.map(({ net, tax }) => ({ net, tax })) });
});

test('lines that somebody added or removed stay as found; the sums tell', () => {
  const longer = more({ ...answered, lines: [...answered.lines, { xeroId: 'typed', text: 'Courier', net: 1_000, tax: 0, accountCode: '260', taxType: 'NONE', tracking: [] }] }, 1_000);
  expect(asMade(longer, made)).toMatchObject({ total: made.total, lines: longer.lines });
});
