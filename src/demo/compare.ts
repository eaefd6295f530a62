import type { World } from './world.js';

/** One bill held against its invoices, from both vendors' own books; amounts in minor units. */
export interface Compared {
  billId: number;
  number: string;
  what: string;
  clio: { state: string; total: number; tax: number; balance: number };
  xero: { state: string; total: number; tax: number; due: number } | null;
  /** Empty when both sides agree. */
  differences: string[];
}

/** Looks at the vendors' own records, not at what Tieout believes. */
export function compare(world: World, billId: number): Compared {
  const bill = world.clio.control.bill(billId);
  const { due, tax, secondaryTax, balance } = bill.sums;
  const ours = world.xero.control.invoices().filter((invoice) => invoice.url === `${world.appUrl}/bills/${billId}` && invoice.status !== 'VOIDED' && invoice.status !== 'DELETED');
  const [invoice] = ours;
  const clio = { state: bill.state, total: due, tax: tax + secondaryTax, balance };
  const xero = invoice ? { state: invoice.status, total: invoice.total, tax: invoice.totalTax, due: invoice.amountDue } : null;
  const differences = [
    ours.length === 0 ? 'no invoice' : null,
    ours.length > 1 ? `${ours.length} invoices` : null,
    xero && xero.total !== clio.total ? 'total' : null,
    xero && xero.tax !== clio.tax ? 'tax' : null,
    xero && xero.due !== clio.balance ? 'open amount' : null,
    world.xero.control.invoices().filter((each) => each.number === bill.number && each.status !== 'VOIDED' && each.status !== 'DELETED').length > 1 ? 'number used twice' : null,
  ].filter((each) => each !== null);
  return { billId, number: bill.number, what: bill.subject ?? '', clio, xero, differences };
}

/** References that stand on more than one live payment: each names one allocation or a part of it, so none may exist. */
export function doubledPayments(world: World): string[] {
  const live = world.xero.control.payments().filter((payment) => payment.status !== 'DELETED' && / C\d+(-\d+)?$/.test(payment.reference));
  const references = live.map((payment) => payment.reference);
  return [...new Set(references.filter((reference, index) => references.indexOf(reference) !== index))];
}
