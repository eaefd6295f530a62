import type { Invoice, NewInvoice } from './invoice.js';

/**
 * An invoice of ours found long after it was sent, as it was made: where its figures are others by now, somebody typed them, and they must not
 * pass for what both sides agreed on. Accounts and wording are Xero's to decide, so they stay as found.
 */
export function asMade(found: Invoice, made: NewInvoice): Invoice {
  const { total, totalTax, subTotal, date, number, currency, contactXeroId: contactId } = made;
  const same = found.total === total && found.totalTax === totalTax && found.subTotal === subTotal && found.date === date && found.contactId === contactId && found.currency === currency;
  if (same) return found;
  const lines = found.lines.length === made.lines.length ? found.lines.map((line, index) => ({ ...line, net: made.lines[index]?.net ?? line.net, tax: made.lines[index]?.tax ?? line.tax })) : found.lines;
  return { ...found, total, totalTax, subTotal, date, number, currency, contactId, lines };
}
