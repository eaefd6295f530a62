import type { Books } from '../../src/core/books.js';
import type { Settings } from '../../src/core/settings.js';
import { account, books, settings, taxRate } from '../core/law-firm.js';

/** The two invented firms that the document's examples belong to. */
export interface SampleFirm {
  settings: Settings;
  books: Books;
}

const receivable = account('610', 'Accounts receivable', { class: 'asset', system: 'DEBTORS' });

const british: SampleFirm = {
  settings: { ...settings, bankMap: { ...settings.bankMap, 'online:card': 'bank-card' }, credits: { treatment: 'ask', badDebtAccount: '420', byClient: {} } },
  books: {
    ...books,
    accounts: [
      ...books.accounts.filter((each) => each.code !== '610' && each.code !== '091'), receivable,
      account('091', 'Euro account', { xeroId: 'bank-euro', class: 'asset', isBank: true, currency: 'EUR' }),
      account('420', 'Bad debts', { class: 'expense' }),
      account('630', 'Card clearing', { xeroId: 'bank-card', class: 'asset', takesPayments: true }),
      account('820', 'VAT', { class: 'liability', system: 'GST' }),
    ],
    taxRates: books.taxRates.map((rate) => (rate.taxType === 'NONE' ? { ...rate, classes: [...rate.classes, 'expense'] } : rate)),
  },
};

const canadian: SampleFirm = {
  settings: { ...british.settings, taxMap: { none: 'NONE', 'primary:5': 'GST', 'primary:5+secondary:9.975:pre': 'GSTQST', 'primary:5+secondary:9.975:post': 'GSTQSTC' } },
  books: {
    ...british.books,
    organisation: { ...books.organisation, country: 'CA', baseCurrency: 'CAD' },
    currencies: ['CAD'],
    accounts: british.books.accounts.filter((each) => each.code !== '091').map((each) => (each.code === '090' ? { ...each, currency: 'CAD' } : each.code === '820' ? { ...each, name: 'Sales tax' } : each)),
    taxRates: [taxRate('GST', '5'), taxRate('GSTQST', '14.975'), taxRate('GSTQSTC', '15.4738'), taxRate('NONE', '0')],
  },
};

export const FIRMS = { british, canadian };
