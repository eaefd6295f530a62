import type { BillLine } from './bill.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';
import type { CostTag, Settings } from './settings.js';

type Tagged = { ok: true; tag: CostTag | null } | { ok: false; hold: Hold };

/** Key of costs without a category. */
export const NO_CATEGORY = 'none';

/**
 * Whether a cost is passed on outside the scope of tax or is part of the firm's own supply; null for fees, and for costs that go as Clio taxes
 * them. What the firm charges for its own costs is always its own supply.
 */
export function costTagOf({ kind, category, taxes }: Pick<BillLine, 'kind' | 'category' | 'taxes'>, { costTax }: Pick<Settings, 'costTax'>): Tagged {
  if (kind === 'fee') return { ok: true, tag: null };
  const id = category?.clioId ?? NO_CATEGORY;
  const name = category?.name ?? 'a cost without a category';
  const tag = costTax.categories[id] ?? (kind === 'soft-cost' && costTax.untagged === 'ask' ? 'recharge' : null);
  if (tag === null && costTax.untagged === 'ask') return { ok: false, hold: hold(`tax-tag:${id}`, 'TAX_TAG_NEEDED', { category: name }) };
  if (tag === 'disbursement' && taxes.length > 0) return { ok: false, hold: hold(`tax-tag:${id}`, 'TAX_TAG_DIFFERS', { category: name }) };
  return { ok: true, tag };
}

/** By their names these are seldom disbursements: the firm itself uses them to do its work. */
const USUALLY_RECHARGED = /search|travel|taxi|mileage|hotel|courier|post|phone|telephone|fax|copy|copies|print|scan|bank(ing)? (charge|fee)|transfer fee|telegraphic/i;

/** What to think of before a category is called a disbursement; null where nothing speaks against it. */
export function doubtAboutDisbursement(categoryName: string, country: string): string | null {
  if (!USUALLY_RECHARGED.test(categoryName)) return null;
  return country === 'AU'
    ? 'Costs like this are usually part of the firm’s own supply: a disbursement only where the firm paid as the client’s agent. Ask your accountant.'
    : 'Costs like this usually fail the eight conditions of VAT Notice 700 for a disbursement. Ask your accountant.';
}

/** Where books tell disbursements from recharges: VAT and GST countries. */
export const tellsCostsApart = (country: string): boolean => ['GB', 'IE', 'AU', 'NZ', 'ZA', 'SG'].includes(country);
