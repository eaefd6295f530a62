import type { Books } from '../../src/core/books.js';
import { account, books as lawFirm, taxRate } from '../core/law-firm.js';

/** The books every simulated organisation has: those of the invented firm, with a place for costs and for debts given up. */
export const books: Books = {
  ...lawFirm,
  accounts: [...lawFirm.accounts, account('480', 'Client costs', { class: 'asset' }), account('404', 'Bad debts', { class: 'expense' })],
  taxRates: [...lawFirm.taxRates.filter((rate) => rate.taxType !== 'NONE'), taxRate('NONE', '0', { name: 'No VAT', classes: ['revenue', 'expense', 'liability', 'asset', 'equity'] })],
};
