import { type Details, type DetailsSeen, detailsToCarry } from '../../src/core/contact-details.js';

const B: Details = { name: 'Northgate', email: 'ap@northgate.example', phone: '020 7946 0123', address: { street: '1 High St', city: 'Leeds', region: '', postalCode: 'LS1', country: 'UK' } };
const moved = { street: '2 Low St', city: 'Leeds', region: '', postalCode: 'LS2', country: 'UK' };

test.each<[string, Partial<Details>, Partial<Details>, Partial<DetailsSeen>, Partial<Details>]>([
  ['nothing changed', {}, {}, {}, {}],
  ['changed in Clio: it goes over', { email: 'new@northgate.example', address: moved }, {}, {}, { email: 'new@northgate.example', address: moved }],
  ['a new name goes over', { name: 'Northgate Ltd' }, {}, {}, { name: 'Northgate Ltd' }],
  ['changed in Xero: it stays', {}, { phone: '020 7946 9999' }, {}, {}],
  ['changed on both sides: Xero keeps its own', { phone: '1' }, { phone: '2' }, {}, {}],
  ['changed on both sides to the same', { phone: '1' }, { phone: '1' }, {}, {}],
  ['hidden or erased in Clio: nothing is erased', { email: null, phone: null, address: null }, {}, {}, {}],
  ['other in Xero from the start, and unchanged since: only what changes in Clio goes', { phone: '1' }, { email: 'accounts@northgate.example' }, { inXero: { ...B, email: 'accounts@northgate.example' } }, { phone: '1' }],
  ['blanks at the ends are no change', { name: ' Northgate  ' }, {}, {}, {}],
])('%s', (_says, clio, xero, seen, carried) => {
  expect(detailsToCarry({ ...B, ...clio }, { ...B, ...xero }, { inClio: B, inXero: B, ...seen })).toEqual(carried);
});
