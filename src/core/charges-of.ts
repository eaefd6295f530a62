import { accountForKind, accountForLine, usable } from './account-for.js';
import type { Bill, LineTax } from './bill.js';
import type { Account, Books } from './books.js';
import type { Charge, ChargeKind } from './charge.js';
import { costTagOf } from './cost-tag.js';
import { distribute } from './distribute.js';
import type { TrackingChoice } from './invoice.js';
import type { Minor } from './money.js';
import type { Hold } from './plan.js';
import type { Settings } from './settings.js';
import { discountWeight, type TaxBasis } from './share-taxes.js';
import { taxFor } from './tax-for.js';
import { trackingFor } from './tracking-for.js';

/** Everything the bill charges or takes off, each coded for Xero, or a hold for each thing the settings do not say. */
export function chargesOf(bill: Bill, settings: Settings, books: Books, basis: TaxBasis): { charges: Charge[]; holds: Hold[] } {
  const holds: Hold[] = [];
  const code = coder(settings, books, holds);
  const lines = bill.lines.map((line) => {
    const { choices, holds: untracked } = trackingFor(bill, line.matterId, settings, books);
    holds.push(...untracked);
    return code({ id: line.clioId, kind: line.kind, net: line.net, taxes: line.taxes, tracking: choices, line }, accountForLine(bill, line, settings, books));
  });
  const charges = lines.filter((charge) => charge !== null);
  if (holds.length === 0 && bill.discount) charges.push(...discounts(bill.discount, charges, settings, books, basis, code).filter((charge) => charge !== null));
  if (bill.interest !== 0) {
    const interest = code({ id: 'interest', kind: 'interest', net: bill.interest, taxes: [], tracking: [], line: null }, accountForKind('interest', settings, books));
    if (interest) charges.push(interest);
  }
  return { charges, holds };
}

interface Uncoded {
  id: string;
  kind: ChargeKind;
  net: Minor;
  taxes: LineTax[];
  tracking: TrackingChoice[];
  line: Charge['line'];
}

type Coder = (charge: Uncoded, found: { ok: true; account: Account } | { ok: false; hold: Hold }) => Charge | null;

/** Finds a charge's tax code on its account, and collects what is missing. */
function coder(settings: Settings, books: Books, holds: Hold[]): Coder {
  return (charge, found) => {
    if (!found.ok) {
      holds.push(found.hold);
      return null;
    }
    const tagged: ReturnType<typeof costTagOf> = charge.line ? costTagOf(charge.line, settings) : { ok: true, tag: null };
    if (!tagged.ok) {
      holds.push(tagged.hold);
      return null;
    }
    const tax = taxFor(tagged.tag ?? charge.kind, charge.taxes, found.account, settings, books);
    if (!tax.ok) {
      holds.push(tax.hold);
      return null;
    }
    return { ...charge, combination: tax.combination, accountCode: found.account.code ?? '', taxType: tax.rate.taxType, xeroRate: tax.rate.rate };
  };
}

/** One negative charge per account, tax code and tracking that the discount covers, by net, to the cent. */
function discounts(discount: NonNullable<Bill['discount']>, charges: Charge[], settings: Settings, books: Books, basis: TaxBasis, code: Coder): (Charge | null)[] {
  const groups = new Map<string, { first: Charge; weight: Minor }>();
  for (const charge of charges) {
    const weight = discountWeight(charge, discount.appliesTo);
    const key = JSON.stringify([charge.accountCode, charge.taxType, charge.combination, charge.tracking]);
    if (weight > 0) groups.set(key, { first: charge, weight: weight + (groups.get(key)?.weight ?? 0) });
  }
  const covered = [...groups.values()];
  if (covered.length === 0) return [];
  const parts = distribute(discount.amount, covered.map((group) => group.weight));
  return covered.map(({ first }, index) => {
    const taxes = basis === 'after-discount' ? first.taxes : [];
    const account = settings.income.discountAccount === null ? usable(first.accountCode, 'discounts', 'discount', books) : accountForKind('discount', settings, books);
    const id = `discount:${first.accountCode}:${first.combination}:${first.tracking.map((choice) => choice.optionId).join('+')}`;
    return code({ id, kind: 'discount', net: -(parts[index] ?? 0), taxes, tracking: first.tracking, line: null }, account);
  });
}
