import type { Books } from '../../src/core/books.js';
import { proposeSettings } from '../../src/core/propose-settings.js';
import type { FirmLists } from '../../src/core/firm-lists.js';
import type { Settings } from '../../src/core/settings.js';
import { connectXeroTo, note, seedBill, type Stage } from './stage.js';

export const FIRM = 'us:100234';
export const TENANT = '4c7d9d1e-2f63-4f5e-9b0a-6a3c8e1d2b47';
const READ_AT = '2026-11-20T08:58:00.000Z';

const account = (code: string, name: string, kind: Books['accounts'][number]['class'], more: Partial<Books['accounts'][number]> = {}): Books['accounts'][number] => ({
  xeroId: `acc-${code}`, code, name, class: kind, isBank: false, currency: null, active: true, system: null, takesPayments: false, taxType: null, ...more,
});

export const books = (changes: Partial<Books> = {}): Books => ({
  organisation: { xeroId: TENANT, name: 'Harwood Books', shortCode: '!hB7x', country: 'US', baseCurrency: 'USD', demo: false, trial: false, timeZone: 'PACIFICSTANDARDTIME' },
  lockedThrough: '2026-09-30',
  currencies: ['USD'],
  accounts: [
    account('090', 'Operating Account', 'asset', { isBank: true, currency: 'USD' }),
    account('200', 'Legal fees', 'revenue'),
    account('210', 'Recovered costs', 'revenue'),
    account('620', 'Client costs advanced', 'asset'),
    account('860', 'Rounding', 'expense', { system: 'ROUNDING' }),
    account('610', 'Accounts Receivable', 'asset', { system: 'DEBTORS' }),
    account('495', 'Card clearing', 'asset', { takesPayments: true }),
    account('404', 'Bad debts', 'expense'),
  ],
  taxRates: [
    { taxType: 'OUTPUT', name: 'Sales tax', rate: '8.25', active: true, classes: ['revenue', 'asset'] },
    { taxType: 'NONE', name: 'Tax Exempt', rate: '0', active: true, classes: ['revenue', 'asset'] },
  ],
  tracking: [{ xeroId: 'tracking-area', name: 'Practice area', active: true, options: [{ xeroId: 'option-litigation', name: 'Litigation', active: true }] }],
  brandingThemes: [{ xeroId: 'theme-standard', name: 'Standard' }, { xeroId: 'theme-letterhead', name: 'Letterhead' }],
  readAt: READ_AT,
  lockReadAt: READ_AT,
  ...changes,
});

export const lists: FirmLists = {
  bankAccounts: [
    { clioId: '41', name: 'Operating Account', type: 'operating', currency: 'USD' },
    { clioId: '42', name: 'IOLTA Trust', type: 'trust', currency: 'USD' },
  ],
  taxCombinations: [{ key: 'none', label: 'No tax', rate: '0' }, { key: 'primary:8.25', label: 'Sales tax', rate: '8.25' }],
  costCategories: [{ clioId: '9005', name: 'Court fees', xeroCode: null, kind: 'hard' }, { clioId: '9006', name: 'Photocopies', xeroCode: null, kind: 'soft' }],
  workCategories: [{ clioId: '70901', name: 'Drafting', xeroCode: null }],
  utbmsCodes: [{ clioId: '501', name: 'L430 Written Motions and Submissions' }],
  practiceAreas: ['Family', 'Litigation'],
  offices: ['Harbour Street'],
  matters: [{ clioId: '31', name: '00031-Oakhurst, Supply dispute' }],
  users: [{ clioId: '350112', name: 'Dana Whitlock' }],
  readAt: READ_AT,
};

/** A connected organisation whose lists have arrived. */
export async function giveBooks(on: Stage): Promise<void> {
  await connectXeroTo(on, FIRM, TENANT);
  await on.store.books.insert({ firm: FIRM, id: TENANT, body: books(), at: READ_AT });
  await on.store.books.insert({ firm: FIRM, id: 'clio', body: lists, at: READ_AT });
}

export async function giveSettings(on: Stage, changes: Partial<Settings> = {}): Promise<void> {
  const proposed = proposeSettings({ books: books(), lists, today: '2026-11-20' }).settings;
  await on.store.settings.insert({ firm: FIRM, id: '000001', body: { ...proposed, ...changes }, by: 'Dana Whitlock', at: READ_AT, note: 'finished set-up for Harwood Books' });
}

const CLIENTS = ['Oakhurst Foods Ltd', 'Mira Calloway', 'Estate of Tomas Bergqvist', 'Northgate Housing Association', 'Pellworth & Daughters', 'Juniper Robotics, Inc.'];

/** A firm in the middle of its month: every status, both kinds of difference, payments on every rung. */
export async function giveBusyMonth(on: Stage): Promise<void> {
  const at = '2026-11-20T08:40:00.000Z';
  for (let index = 0; index < 14; index += 1) {
    const total = 84_250 + index * 31_775;
    const tax = Math.round(total * 0.0762);
    const paid = index % 4 === 1;
    const shown = { number: String(2101 + index), clientName: CLIENTS[index % CLIENTS.length] ?? '', matters: [`000${40 + index}-${(CLIENTS[index % CLIENTS.length] ?? '').split(' ')[0] ?? ''}`], clioTotal: total, clioTax: tax, clioBalance: paid ? 0 : total, clioState: paid ? 'paid' : 'awaiting_payment', xeroState: paid ? 'paid' : 'authorised', xeroNumber: String(2101 + index), xeroTotal: total, xeroTax: tax, xeroDue: paid ? 0 : total, issuedOn: `2026-11-${String(2 + index).padStart(2, '0')}` };
    const nothing = { xeroState: null, xeroNumber: null, xeroTotal: null, xeroTax: null, xeroDue: null };
    const id = String(9_100_451 + index);
    if (index === 13) await seedBill(on, FIRM, id, { status: 'needs-you', reason: 'DRIFT_AMOUNT', facts: { field: 'Total', clio: '4,973.25', xero: '4,900.00', base: '4,973.25' }, shown: { ...shown, xeroTotal: total - 7_325, xeroDue: total - 7_325 } });
    else if (index === 12) await seedBill(on, FIRM, id, { status: 'needs-you', reason: 'CONTACT_PARTIAL', facts: { client: 'Oakhurst Foods Ltd', contact: 'Oakhurst Foods', same: 'e-mail' }, shown: { ...shown, ...nothing } });
    else if (index === 11) await seedBill(on, FIRM, id, { status: 'ready-for-review', shown: { ...shown, ...nothing } });
    else if (index === 10) await seedBill(on, FIRM, id, { status: 'up-to-date', shown: { ...shown, xeroDue: total - 10_000 } });
    else if (index === 9) await seedBill(on, FIRM, id, { status: 'left-out', reason: 'BEFORE_CUTOFF', facts: { startOn: '1 November 2026' }, shown: { ...shown, ...nothing } });
    else await seedBill(on, FIRM, id, { xeroId: `9f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b${String(10 + index)}`, organisationId: TENANT, shown, base: index === 5 ? base(total, tax, shown.number) : null });
  }
  await on.store.holds.insert({ firm: FIRM, id: '9100464:bill', billId: '9100464', about: 'bill', reason: 'DRIFT_AMOUNT', facts: { field: 'Total', clio: '4,973.25', xero: '4,900.00', base: '4,973.25' }, choices: [{ id: 'clio', label: 'Use Clio’s figures' }, { id: 'accept', label: 'Accept the difference' }], open: true, answer: null, answeredBy: null, openedAt: at, closedAt: null });
  await on.store.holds.insert({ firm: FIRM, id: '9100463:contact', billId: '9100463', about: 'contact', reason: 'CONTACT_PARTIAL', facts: { client: 'Oakhurst Foods Ltd', contact: 'Oakhurst Foods', same: 'e-mail' }, choices: [{ id: 'link:1', label: 'Link to Oakhurst Foods' }, { id: 'create', label: 'Create a new contact' }], open: true, answer: null, answeredBy: null, openedAt: at, closedAt: null });
  const payment = { amount: 100_000, date: '2026-11-18', taskId: null, ended: false };
  for (const [id, changes] of [['payment:c1', { origin: 'clio', rung: null }], ['payment:x2', { origin: 'xero', rung: 'task' }], ['payment:x3', { origin: 'xero', rung: 'marked-paid' }]] as const) {
    await on.store.links.insert({ firm: FIRM, id, kind: 'payment', role: 'main', clioId: id === 'payment:x2' ? null : `8${id.slice(-1)}`, xeroId: `1f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b1${id.slice(-1)}`, organisationId: TENANT, billId: '9100456', clientId: null, matterIds: [], status: 'up-to-date', reason: null, facts: {}, shown: null, base: { ...payment, ...changes }, intent: null, updatedAt: at });
  }
  for (const [text, billId] of [['Invoice 2106 was created in Xero.', '9100456'], ['A payment of 1,000.00 USD was carried to Xero.', '9100456'], ['Read 14 bills from Clio.', undefined]] as const) await note(on, { firm: FIRM, by: 'Tieout', what: 'sample', text, ...(billId === undefined ? {} : { billId }) });
  await on.store.marks.want([{ firm: FIRM, kind: 'send', id: '9100452', priority: 0 }], at);
}

function base(total: number, tax: number, number: string) {
  const net = total - tax;
  return {
    bill: { number, total, due: total, totalTax: tax, currency: 'USD', issuedOn: '2026-11-07', dueOn: '2026-12-07', clientId: '77', digest: 'd' },
    invoice: {
      total, totalTax: tax, subTotal: net, contactId: 'c', date: '2026-11-07', number,
      lines: [
        { xeroId: 'l1', from: ['1', '2', '3'], net: net - 12_500, tax, accountCode: '200', taxType: 'OUTPUT', text: 'Professional services, November 2026' },
        { xeroId: 'l2', from: ['4'], net: 12_500, tax: 0, accountCode: '620', taxType: 'NONE', text: 'Court filing fee' },
      ],
    },
    agreedAt: '2026-11-18T10:00:00.000Z',
  };
}
