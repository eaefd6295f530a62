import { allocationToCore, type CreditFacts } from '../../src/clio/allocation-to-core.js';
import { contactToCore } from '../../src/clio/contact-to-core.js';
import * as example from './example-bodies.js';

const noCredits: CreditFacts = { kinds: new Map(), discounts: new Set() };

test('a payment recorded by hand', () => {
  expect(allocationToCore(example.allocation(), 'CAD', noCredits)).toEqual({
    clioId: '7700901', billId: '9100451', kind: 'payment', parentId: '5500321', date: '2026-03-18', changedOn: '2026-03-18', amount: 100_000, settlesInterest: false, voided: false,
    description: null, method: null, source: null, destinationAccountId: '44021', creditKind: null, asDiscount: false,
  });
});

test('a voided payment keeps its row', () => {
  expect(allocationToCore(example.allocation({ voided_at: '2026-03-19T10:00:00-07:00' }), 'CAD', noCredits)?.voided).toBe(true);
});

test.each([
  [true, 'Credit Card', 'card'],
  [true, 'credit_card', 'card'],
  [true, 'eCheck', 'echeck'],
  [true, 'e-check', 'echeck'],
  [true, null, 'other'],
  [false, 'card', null],
])('online %p with type %p is %p', (online, words, method) => {
  expect(allocationToCore(example.allocation({ has_online_payment: online, payment_type: words }), 'CAD', noCredits)?.method).toBe(method);
});

test.each([['Trust', 'trust'], ['Operating', 'operating']] as const)('money held on a %s account', (type, expected) => {
  expect(allocationToCore(example.allocation({ source_bank_account: { id: 44022, name: 'Pooled', type } }), 'CAD', noCredits)?.source).toEqual({ clioId: '44022', type: expected });
});

test('a credit knows whether it is a write-off or a discount, where Clio tells', () => {
  const credit = example.allocation({ id: 7, parent: { id: 620077, type: 'CreditMemo' }, destination_bank_account: null });
  const facts: CreditFacts = { kinds: new Map([['7', 'write_off']]), discounts: new Set(['620077']) };
  expect(allocationToCore(credit, 'CAD', facts)).toMatchObject({ kind: 'credit', creditKind: 'write_off', asDiscount: true });
  expect(allocationToCore(credit, 'CAD', noCredits)).toMatchObject({ creditKind: null, asDiscount: false });
});

test('interest whose bill is gone has none; yen have no cents', () => {
  expect(allocationToCore(example.allocation({ interest: true, bill: null, amount: 1500 }), 'JPY', noCredits)).toMatchObject({ billId: null, settlesInterest: true, amount: 1_500 });
});

test.each([null, { id: 1, type: 'Document' }])('what no payment or credit stands behind settles nothing', (parent) => {
  expect(allocationToCore(example.allocation({ parent }), 'CAD', noCredits)).toBeNull();
});

test('a client with the address bills go to', () => {
  expect(contactToCore(example.contact())).toEqual({
    clioId: '1201001', kind: 'company', name: 'Northgate Fabrication Ltd.', firstName: null, lastName: null, email: 'ap@northgatefab.example', phone: '604-555-0147',
    taxNumber: null, address: { street: '1880 Franklin St', city: 'Vancouver', region: 'BC', postalCode: 'V5L 1P8', country: 'Canada' }, version: '"5c0b"',
  });
});

test('a client of whom little may be seen', () => {
  expect(contactToCore(example.contact({ type: 'Person', name: null, first_name: 'Ada', last_name: 'Nu', primary_email_address: ' ', addresses: null }))).toMatchObject({ kind: 'person', name: 'Ada Nu', email: null, address: null });
});
