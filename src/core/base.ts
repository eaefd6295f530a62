import { createHash } from 'node:crypto';
import type { Bill } from './bill.js';
import type { Invoice } from './invoice.js';
import type { BillBase } from './link.js';

/** Clio's figures as the link remembers them; `digest` changes with anything that changes money, tax or coding of a line. */
export function billFigures(bill: Bill): BillBase['bill'] {
  const { number, total, due, totalTax, currency, issuedOn, dueOn } = bill;
  return { number, total, due, totalTax, currency, issuedOn, dueOn, clientId: bill.client?.clioId ?? '', digest: moneyDigest(bill) };
}

/** Xero's figures as answered; `from[i]` names the Clio lines that invoice line `i` stands for. */
export function invoiceFigures(invoice: Invoice, from: string[][]): BillBase['invoice'] {
  const { total, totalTax, subTotal, contactId, date, number } = invoice;
  const lines = invoice.lines.map(({ xeroId, net, tax, accountCode, taxType, text }, index) => ({ xeroId, from: from[index] ?? [], net, tax, accountCode, taxType, text }));
  return { total, totalTax, subTotal, contactId, date, number, lines };
}

function moneyDigest(bill: Bill): string {
  const lines = bill.lines.map((line) => [line.clioId, line.kind, line.net, line.taxes.map((tax) => [tax.key, tax.amount])]);
  const discount = bill.discount && [bill.discount.amount, bill.discount.appliesTo];
  const taxes = bill.taxes.map((tax) => [tax.key, tax.amount]);
  return createHash('sha256').update(JSON.stringify([bill.currency, bill.due, bill.interest, discount, taxes, lines])).digest('hex').slice(0, 32);
}
