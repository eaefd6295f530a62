import { usable } from './account-for.js';
import type { Account } from './books.js';
import { distribute } from './distribute.js';
import { hold } from './hold.js';
import type { Invoice, InvoiceLine, NewInvoiceLine } from './invoice.js';
import { type Minor, sum } from './money.js';
import type { BillTruth, Hold } from './plan.js';

export type CreditLines = { ok: true; lines: NewInvoiceLine[] } | { ok: false; hold: Hold };

/**
 * A credit as a reduction of what was charged: over the tax codes and accounts the invoices carry in Xero now, tax in the same proportion,
 * to the cent. 130 off 1,000 fees + 200 tax + 100 outside scope gives 100 + 20 + 10. `account` stands for theirs, when there is one.
 */
export function reductionLines(invoices: Invoice[], amount: Minor, text: string, account: Account | null): NewInvoiceLine[] {
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const byTax = [...grouped(lines, (line) => line.taxType ?? '').values()];
  // What a tax code was discounted below zero has nothing left to reduce.
  const shares = distribute(amount, byTax.map((group) => Math.max(0, netOf(group) + taxOf(group))));
  return byTax.flatMap((group, index) => ofOneTax(group, shares[index] ?? 0, text, account)).filter((line) => line.net !== 0 || line.tax !== 0);
}

function ofOneTax(lines: InvoiceLine[], share: Minor, text: string, account: Account | null): NewInvoiceLine[] {
  const [net = 0, tax = 0] = distribute(share, [netOf(lines), taxOf(lines)]);
  const codings = [...grouped(lines, (line) => JSON.stringify([account?.code ?? line.accountCode, line.tracking])).values()];
  const weights = codings.map((group) => Math.max(0, netOf(group)));
  const [nets, taxes] = [distribute(net, weights), distribute(tax, weights)];
  return codings.flatMap(([first], index) => (first ? [{ text, net: nets[index] ?? 0, tax: taxes[index] ?? 0, accountCode: account?.code ?? first.accountCode ?? '', taxType: first.taxType ?? '', tracking: first.tracking, from: [] }] : []));
}

/** Money given up: one line for the whole, no tax, as giving up a debt changes no tax return by itself. */
export function badDebtLines(truth: BillTruth, amount: Minor, text: string, about: string): CreditLines {
  const { settings, books } = truth;
  const found = usable(settings.credits.badDebtAccount, 'bad debts', 'bad-debt', books);
  if (!found.ok) return { ok: false, hold: { ...found.hold, about } };
  const { account } = found;
  // The firm's "no tax" was chosen for income and may not be allowed on an expense account.
  const code = [settings.taxMap['none'], 'NONE'].find((each) => books.taxRates.some((rate) => rate.taxType === each && rate.active && rate.classes.includes(account.class)));
  if (code === undefined) return { ok: false, hold: hold(about, 'TAX_NOT_ALLOWED', { code: settings.taxMap['none'] ?? 'NONE', account: account.name }) };
  return { ok: true, lines: [{ text, net: amount, tax: 0, accountCode: account.code ?? '', taxType: code, tracking: [], from: [] }] };
}

const netOf = (lines: InvoiceLine[]): Minor => sum(lines.map((line) => line.net));
const taxOf = (lines: InvoiceLine[]): Minor => sum(lines.map((line) => line.tax));

function grouped(lines: InvoiceLine[], keyOf: (line: InvoiceLine) => string): Map<string, InvoiceLine[]> {
  const groups = new Map<string, InvoiceLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}
