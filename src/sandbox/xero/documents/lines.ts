import type { Call } from '../call.js';
import type { Incoming, Json } from '../incoming.js';
import { cents, fromCents, rounded } from '../money/decimal.js';
import { lineAmount } from '../money/line-amount.js';
import { effectiveRate, lineTax, type LineAmountTypes } from '../money/line-tax.js';
import { Refusal, refuseIf } from '../refusal.js';
import { findAccount } from '../books/accounts.js';
import type { Account, Line, Money, Organisation } from '../books/organisation.js';
import { findTaxRate } from '../books/tax-rates.js';
import { readTracking, trackingPairs } from '../books/tracking.js';

export interface LineRules {
  types: LineAmountTypes;
  /** Approved documents need an account and a tax type on each line of money. */
  approved: boolean;
  discounts: boolean;
  /** The amounts' meaning changed, so the lines' tax is worked out anew. */
  taxAnew?: boolean;
  /** Overpayments sit on the receivables account and carry no tax. */
  overpayment?: boolean;
}

/** Reads the lines of a write. A `LineItemID` of an existing line keeps what is not sent; lines not listed are gone. */
export function readLines(call: Call, sent: Incoming[], before: Line[], rules: LineRules): { lines: Line[]; warnings: string[] } {
  const warnings: string[] = [];
  const lines = sent.map((element) => {
    const id = element.filled('LineItemID')?.toLowerCase();
    return readLine(call, element, before.find((each) => each.id === id), rules, warnings);
  });
  return { lines, warnings };
}

function readLine(call: Call, element: Incoming, before: Line | undefined, rules: LineRules, warnings: string[]): Line {
  const description = element.text('Description') ?? before?.description ?? '';
  refuseIf(description.length > 4_000, 'Description must be at most 4000 characters.');
  const price = readPrice(call, element, before, rules);
  const account = readAccount(call, element, before, rules, warnings);
  const isTextOnly = price.quantity === undefined && price.unitAmount === undefined && price.lineAmount === 0;
  if (rules.approved && !isTextOnly && !account && warnings.length === 0) throw new Refusal(['Account code or ID must be specified']);
  refuseIf(description === '' && !rules.overpayment && isTextOnly, 'Description must be specified.');
  const taxType = rules.types === 'NoTax' || rules.overpayment ? 'NONE' : (element.filled('TaxType') ?? before?.taxType ?? account?.taxType ?? '');
  refuseIf(rules.approved && !isTextOnly && taxType === '', 'TaxType field is mandatory');
  const pairs = element.list('Tracking');
  return {
    id: before?.id ?? call.world.newId(),
    description,
    ...price,
    taxType,
    taxAmount: readTax(call, element, before, { amount: price.lineAmount, taxType, account, types: rules.types, anew: rules.taxAnew ?? false }),
    ...(account === undefined ? {} : { accountId: account.id }),
    tracking: pairs ? readTracking(call, pairs) : (before?.tracking ?? []),
  };
}

/** Two of quantity, price and amount suffice; all three must agree. Without `unitdp=4` the price is cut to 2 places first. */
function readPrice(call: Call, element: Incoming, before: Line | undefined, rules: LineRules): Pick<Line, 'quantity' | 'unitAmount' | 'lineAmount' | 'discountRate' | 'discountAmount'> {
  const untouched = !['Quantity', 'UnitAmount', 'LineAmount', 'DiscountRate', 'DiscountAmount'].some((name) => element.has(name));
  if (before && untouched) return pick(before);
  const places = call.query.get('unitdp') === '4' ? 4 : 2;
  const sentAmount = element.number('LineAmount');
  const priced = element.has('UnitAmount') || element.has('Quantity');
  let quantity = element.number('Quantity') ?? before?.quantity;
  let unitAmount = element.number('UnitAmount') ?? (sentAmount !== undefined && !priced ? undefined : before?.unitAmount);
  if (quantity === undefined && unitAmount === undefined && sentAmount === undefined) return { lineAmount: before?.lineAmount ?? 0 };
  if (unitAmount === undefined && sentAmount !== undefined) unitAmount = sentAmount / (quantity === undefined || quantity === 0 ? 1 : quantity);
  quantity = rounded(quantity ?? 1, 4);
  unitAmount = rounded(unitAmount ?? 0, places);
  const discountRate = element.number('DiscountRate') ?? before?.discountRate;
  const discountSent = element.number('DiscountAmount');
  const discountAmount = discountSent === undefined ? before?.discountAmount : cents(discountSent);
  refuseIf(!rules.discounts && ((discountRate ?? 0) !== 0 || (discountAmount ?? 0) !== 0), 'Discounts are only allowed on sales invoices and quotes.');
  const discount = { ...(discountRate === undefined ? {} : { discountRate }), ...(discountAmount === undefined ? {} : { discountAmount }) };
  const amount = lineAmount({ quantity, unitAmount, ...discount });
  if (sentAmount !== undefined && element.has('UnitAmount') && cents(sentAmount) !== amount) {
    throw new Refusal([`The line total ${sentAmount.toFixed(2)} does not match the expected line total ${fromCents(amount).toFixed(2)}`]);
  }
  const kept = sentAmount !== undefined && !element.has('UnitAmount') ? cents(sentAmount) : amount;
  refuseIf(Math.abs(kept) > 999_999_999_999, 'LineAmount is too large.');
  return { quantity, unitAmount, lineAmount: kept, ...discount };
}

function pick({ quantity, unitAmount, lineAmount, discountRate, discountAmount }: Line): Pick<Line, 'quantity' | 'unitAmount' | 'lineAmount' | 'discountRate' | 'discountAmount'> {
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(unitAmount === undefined ? {} : { unitAmount }),
    lineAmount,
    ...(discountRate === undefined ? {} : { discountRate }),
    ...(discountAmount === undefined ? {} : { discountAmount }),
  };
}

/** An account lines may name: active, neither a bank nor a system account, except rounding and, for overpayments, receivables. */
function readAccount(call: Call, element: Incoming, before: Line | undefined, rules: LineRules, warnings: string[]): Account | undefined {
  const { organisation, world } = call;
  const [id, code] = [element.filled('AccountID'), element.filled('AccountCode')];
  const named = id !== undefined || code !== undefined;
  const account = named ? findAccount(organisation, id, code) : before?.accountId === undefined ? undefined : organisation.accounts.get(before.accountId);
  if (!named && !account) return rules.overpayment ? organisation.accounts.all().find((each) => each.systemAccount === 'DEBTORS') : undefined;
  const isSystem = account !== undefined && account.systemAccount !== '' && account.systemAccount !== 'ROUNDING';
  const allowed = account?.status === 'ACTIVE' && account.type !== 'BANK' && (!isSystem || (rules.overpayment === true && ['DEBTORS', 'CREDITORS'].includes(account.systemAccount)));
  if (allowed) return account;
  const shown = code ?? id ?? account?.code ?? '';
  const unusable = account === undefined || account.status !== 'ACTIVE';
  if (unusable && (!rules.approved || world.switches.unusableAccount === 'removed-with-warning')) {
    warnings.push(`Account code '${shown}' has been removed as it does not match a recognised account.`);
    return undefined;
  }
  throw new Refusal([`Account code '${shown}' is not a valid code for this document.`]);
}

function readTax(call: Call, element: Incoming, before: Line | undefined, facts: { amount: number; taxType: string; account: Account | undefined; types: LineAmountTypes; anew: boolean }): number {
  if (facts.taxType === '' || facts.types === 'NoTax') return 0;
  const rate = findTaxRate(call.organisation, facts.taxType);
  if (!rate || rate.status !== 'ACTIVE') throw new Refusal([`The TaxType code '${facts.taxType}' does not exist or cannot be used for this type of transaction.`]);
  if (facts.account && !rate.appliesTo.includes(facts.account.class)) throw new Refusal([`The TaxType code '${facts.taxType}' cannot be used with account code '${facts.account.code}'.`]);
  const posted = element.number('TaxAmount');
  if (posted !== undefined && call.world.switches.postedTax === 'accepted') return cents(posted);
  const unchanged = !facts.anew && before?.taxType === facts.taxType && before.lineAmount === facts.amount;
  return unchanged ? before.taxAmount : lineTax(facts.amount, effectiveRate(rate.components), facts.types);
}

/** Cents. Inclusive documents take the tax out of the lines, the others add it. */
export function totals(lines: Line[], types: LineAmountTypes): Pick<Money, 'subTotal' | 'totalTax' | 'total'> {
  const amount = lines.reduce((sum, each) => sum + each.lineAmount, 0);
  const totalTax = lines.reduce((sum, each) => sum + each.taxAmount, 0);
  const subTotal = types === 'Inclusive' ? amount - totalTax : amount;
  return { subTotal, totalTax, total: subTotal + totalTax };
}

/** Prices show 2 places unless the read asks for 4. */
export function lineView(organisation: Organisation, line: Line, unitPlaces: 2 | 4): Json {
  const account = line.accountId === undefined ? undefined : organisation.accounts.get(line.accountId);
  return {
    Description: line.description,
    ...(line.unitAmount === undefined ? {} : { UnitAmount: rounded(line.unitAmount, unitPlaces) }),
    ...(line.taxType === '' ? {} : { TaxType: line.taxType }),
    TaxAmount: fromCents(line.taxAmount),
    LineAmount: fromCents(line.lineAmount),
    ...(account === undefined ? {} : { AccountCode: account.code, AccountID: account.id }),
    Tracking: trackingPairs(organisation, line.tracking),
    ...(line.quantity === undefined ? {} : { Quantity: line.quantity }),
    ...(line.discountRate === undefined ? {} : { DiscountRate: line.discountRate, DiscountEnteredAsPercent: true }),
    ...(line.discountAmount === undefined ? {} : { DiscountAmount: fromCents(line.discountAmount), DiscountEnteredAsPercent: false }),
    LineItemID: line.id,
  };
}

export function readTypes(element: Incoming, fallback: LineAmountTypes): LineAmountTypes {
  const text = element.filled('LineAmountTypes') ?? fallback;
  const found = (['Exclusive', 'Inclusive', 'NoTax'] as const).find((each) => each.toLowerCase() === text.toLowerCase());
  if (!found) throw new Refusal([`LineAmountTypes '${text}' is not valid.`]);
  return found;
}
