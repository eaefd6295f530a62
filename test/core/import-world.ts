import type { CostDocument } from '../../src/core/cost-document.js';
import type { Expense, ExpenseLink } from '../../src/core/expense.js';
import type { InvoiceLine } from '../../src/core/invoice.js';
import type { ImportTruth } from '../../src/core/plan-import.js';
import { anExpense, costBooks, costSettings } from './expense-world.js';

/** A supplier's bill with a line for a matter, new to us or brought over before. */

export const tag = (optionId: string, categoryId = 'cat-matter') => ({ categoryId, optionId });
export const aDocLine = (change: Partial<InvoiceLine> = {}): InvoiceLine => ({ xeroId: 'l-1', text: 'Court filing fee', net: 20_000, tax: 0, accountCode: '429', taxType: 'NONE', tracking: [tag('opt-42')], ...change });
export const aDocument = (change: Partial<CostDocument> = {}): CostDocument => ({ kind: 'bill', xeroId: 'bill-1', reference: 'BILL-0311', contactId: 'contact-9', date: '2026-10-16', currency: 'GBP', lines: [aDocLine()], total: 20_000, live: true, draft: false, final: false, ...change });

export const anImport = (change: Partial<ImportTruth> = {}): ImportTruth => ({
  documentId: 'bill-1', document: aDocument(), links: [], expenses: [], matters: { 'opt-42': { clioId: '31', number: '00042-Northgate' }, 'opt-43': { clioId: '32', number: '00043-Hale' } },
  vendorId: '77', categories: [{ clioId: '9005', xeroCode: '429' }, { clioId: '9006', xeroCode: null }], since: '2026-10-10', currency: 'GBP', settings: costSettings({ importFromXero: true }), books: costBooks, ...change,
});

export const aLink = (change: Partial<ExpenseLink> = {}): ExpenseLink => ({
  id: 'expense:xl-1', origin: 'xero', expenseId: '8801', kind: 'bill', documentId: 'bill-1', lineId: 'l-1', reference: null, ended: false,
  agreed: { amount: 20_000, currency: 'GBP', date: '2026-10-16', matterId: '31', vendorId: '77', categoryId: '9005', accountCode: null }, ...change,
});
export const brought = (change: Partial<Expense> = {}): Expense => anExpense({ amount: 20_000, date: '2026-10-16', reference: 'XERO-LINE-l-1', ...change });
export const imported = (document: CostDocument | null, expense: Partial<Expense> | null = {}, change: Partial<ImportTruth> = {}): ImportTruth => anImport({ document, links: [aLink()], expenses: expense === null ? [] : [brought(expense)], ...change });
