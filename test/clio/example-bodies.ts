import { activityWire, allocationWire, billWire, contactWire, lineWire, matterWire, type BillWire, type LineWire } from '../../src/clio/wire.js';
import type { TaxTerms } from '../../src/clio/line-taxes.js';

type Body = Record<string, unknown>;

/** Bodies as Clio writes them, of an invented firm; each test names what it changes. */
export const bill = (over: Body = {}): BillWire =>
  billWire.parse({
    id: 9100451, etag: '"a3d5"', number: '2107', kind: 'revenue_kind', state: 'awaiting_payment', available_state_transitions: ['paid', 'void'],
    subject: 'Dispute', issued_at: '2026-03-02', due_at: '2026-04-01', created_at: '2026-03-02T09:12:44-08:00', updated_at: '2026-03-20T15:03:18-07:00',
    tax_rate: 5.0, secondary_tax_rate: 7.0, sub_total: 1739.0, tax_sum: 76.95, secondary_tax_sum: 105.28, total_tax: 182.23, total: 1921.23, due: 1921.23,
    paid: 1000.0, pending: 0.0, balance: 900.0, credits_issued: 21.23, discount_services_only: 'false',
    client: { id: 1201001, name: 'Northgate Fabrication Ltd.' }, matters: [{ id: 1500231, display_number: '00042-Northgate' }],
    currency: { id: 4, code: 'CAD' }, discount: { rate: 0.0, type: 'percentage', note: null }, interest: { total: 0.0 }, original_bill: null, ...over,
  });

export const line = (over: Body = {}): LineWire =>
  lineWire.parse({
    id: 88120411, type: 'ActivityLineItem', kind: 'Service', description: 'Drafting', note: 'Draft statement of claim', date: '2026-02-09', quantity: 3.5,
    sub_total: 1120.0, tax: 56.0, secondary_tax: 78.4, total: 1254.4, taxable: true, secondary_taxable: true, group_ordering: 1, bill: { id: 9100451 },
    activity: { id: 66120911, type: 'TimeEntry' }, matter: { id: 1500231 }, user: { id: 350115, name: 'Rafael Ortiz' },
    discount: { rate: 0.0, type: 'percentage' }, ...over,
  });

/** 1,504.00 of fees and 235.00 of costs: the lines of `bill()`. */
export const linesOfBill = (): LineWire[] => [
  line(),
  line({ id: 88120412, description: 'Research', quantity: 1.2, sub_total: 384.0, tax: 19.2, secondary_tax: 26.88, total: 430.08, group_ordering: 2 }),
  line({
    id: 88120413, kind: 'Expense', description: 'Court filing fee', note: null, quantity: 1, sub_total: 200.0, tax: 0.0, secondary_tax: 0.0, total: 200.0,
    taxable: false, secondary_taxable: false, activity: { id: 66120940, type: 'HardCostEntry' }, group_ordering: 3,
  }),
  line({
    id: 88120414, kind: 'Expense', description: 'Copies', note: null, quantity: 350, sub_total: 35.0, tax: 1.75, secondary_tax: 0.0, total: 36.75,
    secondary_taxable: false, activity: { id: 66120941, type: 'SoftCostEntry' }, group_ordering: 4,
  }),
];

export const activity = (over: Body = {}) =>
  activityWire.parse({
    id: 66120911, type: 'TimeEntry', activity_description: { id: 70901, name: 'Drafting', xero_service_code: '200' }, expense_category: null, ...over,
  });

export const matter = (over: Body = {}) =>
  matterWire.parse({
    id: 1500231, display_number: '00042-Northgate', description: 'Shareholder dispute', location: 'Vancouver',
    practice_area: { id: 8110, name: 'Commercial Litigation' }, responsible_attorney: { id: 350115, name: 'Rafael Ortiz' }, ...over,
  });

export const allocation = (over: Body = {}) =>
  allocationWire.parse({
    id: 7700901, date: '2026-03-18', amount: 1000.0, interest: false, voided_at: null, description: null, payment_type: null, has_online_payment: false,
    bill: { id: 9100451 }, source_bank_account: null, destination_bank_account: { id: 44021, name: 'Operating', type: 'Operating' },
    parent: { id: 5500321, type: 'Payment' }, ...over,
  });

export const contact = (over: Body = {}) =>
  contactWire.parse({
    id: 1201001, etag: '"5c0b"', type: 'Company', name: 'Northgate Fabrication Ltd.', first_name: null, last_name: null,
    primary_email_address: 'ap@northgatefab.example', primary_phone_number: '604-555-0147', sales_tax_number: null,
    addresses: [
      { name: 'Work', street: '1 Pier Rd', city: 'Vancouver', province: 'BC', postal_code: 'V5L 1A1', country: 'Canada', primary: true },
      { name: 'Billing', street: '1880 Franklin St', city: 'Vancouver', province: 'BC', postal_code: 'V5L 1P8', country: 'Canada', primary: false },
    ],
    ...over,
  });

export const terms = (over: Partial<TaxTerms> = {}): TaxTerms => ({
  currency: 'CAD',
  primary: { name: 'GST', rate: '5' },
  secondary: { name: 'PST', rate: '7', compounds: false },
  configured: new Map(),
  ...over,
});
