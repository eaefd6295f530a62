import type { BillBase } from '../../src/core/link.js';
import type { Settings } from '../../src/core/settings.js';
import { parseBillBase, parseContact, parseCreditBase, parsePaymentBase } from '../../src/store/base-schema.js';
import { parseBooks } from '../../src/store/books-schema.js';
import { parseSettings } from '../../src/store/settings-schema.js';

const settings: Settings = {
  mode: 'review',
  startOn: '2026-01-01',
  liveSince: '2026-01-05',
  invoice: { status: 'draft', detail: 'bill', narratives: false, timekeepers: false, brandingThemeId: null, numberTemplate: '{bill}', markSent: false },
  income: { feeAccount: '200', softCostAccount: null, hardCostAccount: null, interestAccount: null, discountAccount: null, rules: [{ when: 'office', value: 'Reno', accountCode: '201' }] },
  taxMap: { none: 'NONE', 'primary:9.975:post': 'OUTPUT' },
  rounding: { tolerance: 5, account: null },
  bankMap: { default: 'bank-1' },
  payments: { fromXero: 'mark-paid-or-task', sameWithinDays: 7, taskAssigneeId: null },
  editPaid: 'adjust',
  credits: { treatment: 'reduction', badDebtAccount: null, byClient: {} },
  contacts: { partialMatch: 'ask', direction: 'clio-to-xero' },
  costs: { hard: 'off', account: null, bankAccount: null, importFromXero: false },
  trust: { 45: { name: 'Client account', bankAccount: 'bank-client', liabilityAccount: '820' } },
  costTax: { categories: { '9005': 'disbursement' }, untagged: 'ask' },
  tracking: [{ categoryId: 'c-1', from: 'office' }],
  lockPolicy: 'hold',
};

const base: BillBase = {
  bill: { number: '1043', total: 1005, due: 1005, totalTax: 5, currency: 'USD', issuedOn: '2026-11-01', dueOn: null, clientId: '4', digest: 'd', wording: 'w' },
  invoice: {
    total: 1005, totalTax: 5, subTotal: 1000, contactId: 'c', date: '2026-11-01', number: '1043', reference: '00042', dueOn: '2026-12-01', reworded: ['reference'],
    lines: [{ xeroId: 'l', from: ['1'], net: 1000, tax: 5, accountCode: '200', taxType: null, text: 'Fees', reworded: true }],
  },
  agreedAt: '2026-11-20T09:00:00Z',
};

test('settings come back as they were, and with a clear complaint when they do not fit', () => {
  expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  const { trust: _later, ...earlier } = settings;
  expect(parseSettings(earlier).trust).toEqual({});
  expect(() => parseSettings({ ...settings, mode: 'auto' })).toThrow('mode');
  expect(() => parseSettings({ ...settings, invoice: { ...settings.invoice, numberTemplate: 'INV' } })).toThrow('numberTemplate');
  expect(() => parseSettings({ ...settings, tracking: [settings.tracking[0], settings.tracking[0], settings.tracking[0]] })).toThrow('tracking');
  expect(() => parseSettings({ ...settings, rounding: { tolerance: 0.5, account: null } })).toThrow('tolerance');
});

test('books are parsed whole or not at all', () => {
  const books = {
    organisation: { xeroId: 'o', name: 'Ridge Law', shortCode: '!x', country: 'US', baseCurrency: 'USD', demo: true, trial: false, timeZone: 'MOUNTAINSTANDARDTIME' },
    lockedThrough: '2026-06-30', currencies: ['USD'],
    accounts: [{ xeroId: 'a', code: null, name: 'Bank', class: 'asset', isBank: true, currency: 'USD', active: true, system: null, takesPayments: false, taxType: null }],
    taxRates: [{ taxType: 'OUTPUT', name: 'Tax', rate: '9.975', active: true, classes: ['revenue'] }],
    tracking: [{ xeroId: 't', name: 'Office', active: true, options: [{ xeroId: 'o1', name: 'Reno', active: true }] }],
    brandingThemes: [{ xeroId: 'b', name: 'Standard' }],
    readAt: '2026-11-20T09:00:00.000Z',
    lockReadAt: '2026-11-20T09:08:00.000Z',
  };
  expect(parseBooks(books)).toEqual(books);
  const { brandingThemes: _themes, lockReadAt: _lockReadAt, ...older } = books;
  expect(parseBooks(older)).toEqual({ ...older, brandingThemes: [], lockReadAt: '1970-01-01T00:00:00Z' });
  expect(() => parseBooks({ ...books, accounts: [{ xeroId: 'a' }] })).toThrow('code');
});

test('a base from before words were kept still reads, and says that they are not known', () => {
  const { wording: _wording, ...bill } = base.bill;
  const { reference: _reference, dueOn: _dueOn, reworded: _reworded, ...invoice } = base.invoice;
  const lines = base.invoice.lines.map(({ reworded: _line, ...line }) => line);
  const read = parseBillBase({ ...base, bill, invoice: { ...invoice, lines } });
  expect(read).toEqual({ ...base, bill: { ...bill, wording: '' }, invoice: { ...invoice, reference: null, dueOn: null, reworded: [], lines: lines.map((line) => ({ ...line, reworded: false })) } });
});

test('a base is what was agreed, or null; money that is no whole number of minor units is refused', () => {
  expect(parseBillBase(null)).toBeNull();
  expect(parseBillBase(base)).toEqual(base);
  expect(() => parseBillBase({ ...base, bill: { ...base.bill, total: 10.05 } })).toThrow('total');
  expect(parsePaymentBase(null)).toBeNull();
  const payment = { origin: 'xero', amount: 500, date: '2026-11-02', rung: 'task', taskId: '77', ended: false };
  expect(parsePaymentBase(payment)).toEqual({ ...payment, alsoFor: [], removalTaskId: null, takenOff: null });
  const off = { ...payment, alsoFor: ['7002'], removalTaskId: '78', takenOff: { revision: 'd', back: false } };
  expect(parsePaymentBase(off)).toEqual(off);
  expect(() => parsePaymentBase({ ...payment, amount: Number.MAX_SAFE_INTEGER + 1 })).toThrow('amount');
  const credit = { origin: 'clio', foreignId: null, number: '1043-CR1', amount: 500, date: '2026-11-02', treatment: 'reduction', cut: { role: 'cut-1', bill: base.bill, from: [['501']], agreedAt: '2026-11-02T09:00:00.000Z' }, ended: false };
  expect(parseCreditBase(credit)).toEqual({ ...credit, refundId: null, rung: null, taskId: null });
  expect(() => parseCreditBase({ ...credit, treatment: 'gift' })).toThrow('treatment');
  expect(() => parseContact({ xeroId: 'c' })).toThrow('name');
});
