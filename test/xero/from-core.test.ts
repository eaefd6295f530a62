import { acceptableUrl, currencyOf, toNewContact, toNewInvoice } from '../../src/xero/from-core.js';
import { newInvoice } from './documents.js';

test('a line goes out as quantity 1 with its exact net, whatever the hours were', () => {
  expect(toNewInvoice(newInvoice()).lineItems).toEqual([
    { description: 'Advice', quantity: 1, unitAmount: 927.88, lineAmount: 927.88, taxAmount: 185.58, taxType: 'OUTPUT2', accountCode: '200', tracking: [{ trackingCategoryID: 'cat-1', trackingOptionID: 'opt-1' }] },
  ]);
});

test.each([
  [1, 'GBP', '0.01'],
  [-5, 'GBP', '-0.05'],
  [30, 'GBP', '0.3'],
  [119, 'JPY', '119'],
  [1250, 'KWD', '1.25'],
  [999999999999, 'USD', '9999999999.99'],
])('%d minor units of %s leave as %s', (net, currency, json) => {
  const line = { text: 'x', net, tax: 0, accountCode: '200', taxType: 'NONE', tracking: [], from: [] };
  expect(JSON.stringify(toNewInvoice(newInvoice({ currency, lines: [line] })).lineItems?.[0]?.unitAmount)).toBe(json);
});

test.each([
  ['https://app.example.com/bills/1', true],
  ['http://localhost:3000/bills/1', true],
  ['http://127.0.0.1:3000/bills/1', true],
  ['http://app.example.com/bills/1', false],
  ['ftp://localhost/bills/1', false],
  ['https://clio-to-xero.example.com/bills/1', false],
  ['not a link', false],
])('link %s is sent: %p', (url, sent) => {
  expect(acceptableUrl(url)).toBe(sent);
  expect('url' in toNewInvoice(newInvoice({ url }))).toBe(sent);
});

test('an unknown currency is refused, never left out', () => {
  expect(currencyOf('GBP')).toBe('GBP');
  expect(() => currencyOf('ZZZ')).toThrow();
  expect(() => currencyOf('toString')).toThrow();
});

test('a contact leaves tidy, and without what Xero would refuse it for', () => {
  const contact = toNewContact({
    name: '  Quill   <& Co> ',
    contactNumber: 'clio:1',
    firstName: null,
    lastName: null,
    email: 'müller@example.com',
    phone: '+44 20 7946 0000',
    taxNumber: null,
    address: { street: '1 Low Road\n\nFlat 2\r\nBack door\nBell 3\nKnock', city: 'Bristol', region: '', postalCode: 'BS1', country: 'U.K.' },
  });
  expect(contact).toEqual({
    name: 'Quill & Co',
    contactNumber: 'clio:1',
    phones: [{ phoneType: 'DEFAULT', phoneNumber: '+44 20 7946 0000' }],
    addresses: [{ addressType: 'POBOX', addressLine1: '1 Low Road', addressLine2: 'Flat 2', addressLine3: 'Back door', addressLine4: 'Bell 3, Knock', city: 'Bristol', region: '', postalCode: 'BS1', country: 'UK' }],
  });
});

test('an ordinary e-mail address is sent', () => {
  const base = { name: 'Q', contactNumber: 'clio:1', firstName: 'A', lastName: 'B', phone: null, taxNumber: 'GB1', address: null };
  expect(toNewContact({ ...base, email: "o'hara+bills@quill.example" })).toEqual({ name: 'Q', contactNumber: 'clio:1', firstName: 'A', lastName: 'B', taxNumber: 'GB1', emailAddress: "o'hara+bills@quill.example" });
});
