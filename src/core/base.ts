import { createHash } from 'node:crypto';
import type { Bill } from './bill.js';
import type { Invoice } from './invoice.js';
import type { BillBase } from './link.js';
import { NOTHING_REWORDED, type Reworded } from './reworded.js';

/** Clio's figures as the link remembers them; `digest` changes with anything that changes money, tax or coding of a line. */
export function billFigures(bill: Bill): BillBase['bill'] {
  const { number, total, due, totalTax, currency, issuedOn, dueOn } = bill;
  return { number, total, due, totalTax, currency, issuedOn, dueOn, clientId: bill.client?.clioId ?? '', digest: moneyDigest(bill), wording: wordingDigest(bill) };
}

/** Changes with anything about the bill that an invoice shows. */
export const billRevision = (bill: Bill): string => digestOf(billFigures(bill));

/** Xero's figures as answered; `from[i]` names the Clio lines that invoice line `i` stands for. */
export function invoiceFigures(invoice: Invoice, from: string[][], reworded: Reworded = NOTHING_REWORDED): BillBase['invoice'] {
  const { total, totalTax, subTotal, contactId, date, number, dueOn } = invoice;
  const lines = invoice.lines.map(({ xeroId, net, tax, accountCode, taxType, text }, index) => ({ xeroId, from: from[index] ?? [], net, tax, accountCode, taxType, text, reworded: reworded.lines.includes(xeroId) }));
  return { total, totalTax, subTotal, contactId, date, number, reference: invoice.reference ?? '', dueOn, reworded: reworded.heading, lines };
}

function moneyDigest(bill: Bill): string {
  const lines = bill.lines.map((line) => [line.clioId, line.kind, line.net, line.taxes.map((tax) => [tax.key, tax.amount])]);
  const discount = bill.discount && [bill.discount.amount, bill.discount.appliesTo];
  const taxes = bill.taxes.map((tax) => [tax.key, tax.amount]);
  return digestOf([bill.currency, bill.due, bill.interest, discount, taxes, lines]);
}

function wordingDigest(bill: Bill): string {
  const lines = bill.lines.map((line) => [line.clioId, line.date, line.category?.name, line.text, line.narrative, line.quantity, line.timekeeper?.name]);
  return digestOf([bill.matters.map((matter) => matter.number), lines]);
}

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
