import type { Allocation } from '../../src/core/allocation.js';
import type { Bill, BillLine, LineTax } from '../../src/core/bill.js';
import type { Account, Books, TaxRate } from '../../src/core/books.js';
import type { Client, Contact } from '../../src/core/contact.js';
import type { Invoice, InvoicePayment } from '../../src/core/invoice.js';
import type { BillTruth } from '../../src/core/plan.js';
import type { Settings } from '../../src/core/settings.js';

/** A small invented firm, to be changed one thing at a time by each case. */

export const vat: LineTax = { key: 'primary:20', name: 'VAT', rate: '20', compounds: false, amount: 0 };

export function aLine(change: Partial<BillLine> = {}): BillLine {
  return {
    clioId: '501', kind: 'fee', matterId: '31', timekeeper: { clioId: '7', name: 'R. Ortiz' }, category: { clioId: '61', name: 'Drafting', xeroCode: null }, utbms: [],
    date: '2026-10-05', text: 'Drafting', narrative: 'Draft claim', quantity: '4', net: 100_000, lineDiscount: 0, taxes: [{ ...vat, amount: 20_000 }], ...change,
  };
}

export const untaxed = (change: Partial<BillLine> = {}): BillLine => aLine({ clioId: '502', kind: 'hard-cost', category: { clioId: '62', name: 'Court fees', xeroCode: null }, net: 5_000, taxes: [], ...change });

/** Totals follow from the lines unless the case says otherwise. */
export function aBill(change: Partial<Bill> = {}): Bill {
  const lines = change.lines ?? [aLine(), untaxed()];
  const keys = [...new Map(lines.flatMap((line) => line.taxes).map((tax) => [tax.key, tax])).values()];
  const taxes = keys.map((tax) => ({ ...tax, amount: total(lines.flatMap((line) => line.taxes.filter((each) => each.key === tax.key).map((each) => each.amount))) }));
  const subTotal = total(lines.map((line) => line.net));
  const totalTax = total((change.taxes ?? taxes).map((tax) => tax.amount));
  const due = change.due ?? subTotal - (change.discount?.amount ?? 0) + totalTax + (change.interest ?? 0);
  const paid = change.paid ?? 0;
  const credited = change.credited ?? 0;
  return {
    clioId: '9001', number: '1043', kind: 'revenue', state: 'awaiting_payment', canBecomePaid: false, currency: 'GBP', issuedOn: '2026-10-12', dueOn: '2026-11-11',
    client: { clioId: '41', name: 'Northgate Fabrication Ltd' },
    matters: [{ clioId: '31', number: '00042-Northgate', description: 'Lease dispute', practiceArea: 'Litigation', responsibleAttorney: 'D. Whitlock', office: 'Leeds' }],
    discount: null, interest: 0, originalBillId: null, taxes, subTotal, totalTax, total: due, due, paid, credited, balance: due - paid - credited, pending: 0, split: null, legalAid: false,
    subject: null, version: '"v1"', updatedAt: '2026-10-12T09:00:00Z', ...change, lines,
  };
}

export const total = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

export const settings: Settings = {
  mode: 'automatic', startOn: '2026-10-01', liveSince: null,
  invoice: { status: 'authorised', detail: 'category', narratives: false, timekeepers: false, brandingThemeId: null, numberTemplate: '{bill}', markSent: true },
  income: { feeAccount: '200', softCostAccount: '260', hardCostAccount: '265', interestAccount: '270', discountAccount: null, rules: [] },
  taxMap: { none: 'NONE', 'primary:20': 'OUTPUT2' },
  rounding: { tolerance: 5, account: '860' },
  bankMap: { '44': 'bank-office', default: 'bank-office' },
  payments: { fromXero: 'mark-paid-or-task', sameWithinDays: 5, taskAssigneeId: '7' },
  editPaid: 'adjust', credits: { treatment: 'ask', badDebtAccount: null, byClient: {} }, contacts: { partialMatch: 'ask', direction: 'create' },
  costs: { hard: 'off', account: null, bankAccount: null, importFromXero: false }, costTax: { categories: {}, untagged: 'as-clio' }, trust: {}, tracking: [], lockPolicy: 'hold',
};

export function account(code: string | null, name: string, change: Partial<Account> = {}): Account {
  return { xeroId: `account-${code ?? name}`, code, name, class: 'revenue', isBank: false, currency: null, active: true, system: null, takesPayments: false, taxType: null, ...change };
}

export function taxRate(taxType: string, rate: string, change: Partial<TaxRate> = {}): TaxRate {
  return { taxType, name: `${rate}% (${taxType})`, rate, active: true, classes: ['revenue', 'liability', 'asset', 'equity'], ...change };
}

export const books: Books = {
  organisation: { xeroId: 'org-1', name: 'Whitlock & Hale', shortCode: '!a1', country: 'GB', baseCurrency: 'GBP', demo: false, trial: false, timeZone: 'GMTSTANDARDTIME' },
  lockedThrough: '2026-09-30', currencies: ['GBP'],
  accounts: [
    account('200', 'Legal fees'), account('260', 'Expenses recovered'), account('265', 'Disbursements recovered'), account('270', 'Interest received', { class: 'revenue' }),
    account('275', 'Discounts allowed'), account('860', 'Rounding', { class: 'liability', system: 'ROUNDING' }), account('610', 'Accounts receivable', { class: 'asset', system: 'DEBTORS' }),
    account('090', 'Office account', { xeroId: 'bank-office', class: 'asset', isBank: true, currency: 'GBP' }), account('091', 'Dollar account', { xeroId: 'bank-dollar', class: 'asset', isBank: true, currency: 'USD' }),
  ],
  taxRates: [taxRate('OUTPUT2', '20'), taxRate('NONE', '0', { name: 'No VAT' })], tracking: [], brandingThemes: [], readAt: '2026-10-12T08:55:00Z', lockReadAt: '2026-10-12T08:55:00Z',
};

export const client: Client = { clioId: '41', kind: 'company', name: 'Northgate Fabrication Ltd', firstName: null, lastName: null, email: 'accounts@northgate.example', phone: null, taxNumber: null, address: null, version: '"c1"' };

export const contact: Contact = { xeroId: 'contact-41', name: 'Northgate Fabrication Ltd', email: 'accounts@northgate.example', phone: null, address: null, taxNumber: null, contactNumber: 'clio-eu-41', status: 'active', isCustomer: true, isSupplier: false, mergedToId: null, changedAt: null };

export function aTruth(change: Partial<BillTruth> = {}): BillTruth {
  const bill = change.bill ?? aBill();
  return { bill, allocations: [], client, contact, links: [{ billId: bill.clioId, role: 'main', invoiceId: null, invoiceNumber: null, base: null }], invoices: [], paymentLinks: [], settings, books, pageUrl: `https://tieout.example/bills/${bill.clioId}`, ...change };
}

export function anAllocation(change: Partial<Allocation> = {}): Allocation {
  return { clioId: '7001', billId: '9001', kind: 'payment', parentId: '5001', date: '2026-10-20', changedOn: '2026-10-20', amount: 50_000, settlesInterest: false, voided: false, description: null, method: null, source: null, destinationAccountId: '44', creditKind: null, asDiscount: false, ...change };
}

export function aXeroPayment(change: Partial<InvoicePayment> = {}): InvoicePayment {
  return { xeroId: 'pay-1', date: '2026-10-20', amount: 50_000, reference: 'BACS 4471', status: 'authorised', accountId: 'bank-office', reconciled: false, batched: false, ...change };
}

/** The bill's invoice as somebody could have typed it into Xero. */
export function anInvoice(bill: Bill, change: Partial<Invoice> = {}): Invoice {
  return {
    xeroId: 'inv-typed', number: bill.number, reference: null, status: 'authorised', contactId: contact.xeroId, currency: bill.currency, date: bill.issuedOn, dueOn: bill.dueOn, amountsAre: 'exclusive',
    lines: [{ xeroId: 'l-1', text: 'As billed', net: bill.due - bill.totalTax, tax: bill.totalTax, accountCode: '200', taxType: 'OUTPUT2', tracking: [] }],
    subTotal: bill.due - bill.totalTax, totalTax: bill.totalTax, total: bill.due, amountDue: bill.due, amountPaid: 0, amountCredited: 0, payments: [], credits: [], url: null, brandingThemeId: null, changedAt: null, ...change,
  };
}
