import fc from 'fast-check';
import type { Bill, BillLine, LineTax, SplitPart } from '../../src/core/bill.js';
import type { Books } from '../../src/core/books.js';
import type { BillTruth } from '../../src/core/plan.js';
import type { Settings } from '../../src/core/settings.js';
import { aTruth, books, settings, taxRate } from './law-firm.js';

/**
 * Bills as Clio could show them: both tax models, tax rounded per line or per bill, up to 60 lines, rates with up to 8 decimals, credits as
 * negative lines, discounts that lower the tax or do not, interest, up to three matters that are tracked, parts of split bills, base and foreign
 * currencies with and without cents. `broken` bills carry one figure that does not follow from the rest.
 */
export interface Generated {
  truth: BillTruth;
  broken: boolean;
}

interface TaxDraft {
  key: string;
  name: string;
  /** In 1e-8 percent. */
  rate: number;
  compounds: boolean;
}

const rate = fc.oneof(
  fc.constantFrom(20, 10, 15, 5, 7, 9.975, 8.875, 13, 12.5).map((percent) => Math.round(percent * 1e8)),
  fc.integer({ min: 1, max: 25 * 1e8 }),
);

const taxes = fc.record({ first: rate, second: rate, post: fc.boolean(), model: fc.constantFrom<'legacy' | 'configured'>('legacy', 'configured') }).map(({ first, second, post, model }): TaxDraft[] => {
  const rule = post ? 'post' : 'pre';
  return model === 'legacy'
    ? [{ key: `primary:${text(first)}`, name: 'GST', rate: first, compounds: false }, { key: `secondary:${text(second)}:${rule}`, name: 'PST', rate: second, compounds: post }]
    : [{ key: 'cfg:3101:pre', name: 'GST', rate: first, compounds: false }, { key: `cfg:3102:${rule}`, name: 'PST', rate: second, compounds: post }];
});

const line = fc.record({
  kind: fc.constantFrom<BillLine['kind']>('fee', 'fee', 'fee', 'hard-cost', 'soft-cost', 'expense'),
  net: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 900_000 }) }, { weight: 1, arbitrary: fc.integer({ min: -20_000, max: -1 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 1, 50, 2_543, 1_999) }),
  category: fc.integer({ min: 1, max: 4 }),
  matter: fc.nat(2),
  taxed: fc.constantFrom<'none' | 'first' | 'second' | 'both'>('none', 'first', 'first', 'both', 'second'),
});

export const generatedBill: fc.Arbitrary<Generated> = fc
  .record({
    taxes,
    lines: fc.array(line, { minLength: 1, maxLength: 60 }),
    perLine: fc.boolean(),
    discount: fc.option(fc.record({ permille: fc.integer({ min: 1, max: 500 }), appliesTo: fc.constantFrom<'all' | 'services'>('all', 'services'), lowersTax: fc.boolean() }), { nil: null, freq: 3 }),
    interest: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }) }),
    detail: fc.constantFrom<Settings['invoice']['detail']>('bill', 'category', 'timekeeper', 'activity'),
    currency: fc.constantFrom('GBP', 'GBP', 'EUR', 'JPY'),
    matters: fc.integer({ min: 1, max: 3 }),
    tracked: fc.boolean(),
    split: fc.option(fc.record({ whole: fc.boolean(), other: fc.integer({ min: 1, max: 900_000 }) }), { nil: null, freq: 4 }),
    broken: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom<Broken>('due', 'tax', 'line', 'part') }),
    shift: fc.integer({ min: 1, max: 7 }),
  })
  .map((draft) => {
    const bill = billOf(draft);
    const truth = { ...truthOf(bill, draft), ...(draft.split && splitIn(bill, draft.split)) };
    return { truth, broken: draft.broken === 'part' ? brokeParts(truth) : broke(bill, draft.broken, draft.shift) };
  });

type Broken = 'due' | 'tax' | 'line' | 'part';

interface Draft {
  taxes: TaxDraft[];
  detail: Settings['invoice']['detail'];
  currency: string;
  matters: number;
  tracked: boolean;
  lines: { kind: BillLine['kind']; net: number; category: number; matter: number; taxed: 'none' | 'first' | 'second' | 'both' }[];
  perLine: boolean;
  discount: { permille: number; appliesTo: 'all' | 'services'; lowersTax: boolean } | null;
  interest: number;
}

const SCALE = 10n ** 10n;

function billOf(draft: Draft): Bill {
  const [first, second] = draft.taxes;
  if (!first || !second) throw new Error('two taxes are drawn');
  const chosen = { none: [], first: [first], second: [second], both: [first, second] };
  const covered = draft.lines.map((each) => (draft.discount && (draft.discount.appliesTo === 'all' || each.kind === 'fee') ? Math.max(0, each.net) : 0));
  const coveredTotal = covered.reduce((sum, net) => sum + net, 0);
  const discount = draft.discount ? Math.floor((coveredTotal * draft.discount.permille) / 1_000) : 0;
  // Exact tax as a fraction over SCALE² × coveredTotal, so that nothing is rounded before Clio would round.
  const bottom = SCALE * SCALE * BigInt(Math.max(1, coveredTotal));
  const exact = draft.lines.map((each, index) => {
    const lowered = draft.discount?.lowersTax === true && coveredTotal > 0 ? BigInt(discount) * BigInt(covered[index] ?? 0) : 0n;
    const base = (BigInt(each.net) * BigInt(Math.max(1, coveredTotal)) - lowered) * SCALE * SCALE;
    let before = 0n;
    return chosen[each.taxed].map((tax) => {
      const amount = ((tax.compounds ? base + before : base) * BigInt(tax.rate)) / SCALE;
      before += amount;
      return { tax, amount };
    });
  });
  const lines = draft.lines.map((each, index): BillLine => ({
    clioId: String(100 + index), kind: each.kind, matterId: String(31 + (each.matter % draft.matters)), timekeeper: null, category: { clioId: String(each.category), name: `Category ${each.category}`, xeroCode: null }, utbms: [],
    date: '2026-10-01', text: 'Work', narrative: null, quantity: '1', net: each.net, lineDiscount: 0,
    taxes: (exact[index] ?? []).map(({ tax, amount }): LineTax => ({ key: tax.key, name: tax.name, rate: text(tax.rate), compounds: tax.compounds, amount: round(amount, bottom) })),
  }));
  const billTaxes = draft.taxes.flatMap((tax) => {
    const own = exact.flat().filter((each) => each.tax === tax);
    const amount = draft.perLine ? own.reduce((sum, each) => sum + round(each.amount, bottom), 0) : round(own.reduce((sum, each) => sum + each.amount, 0n), bottom);
    return own.length > 0 ? [{ key: tax.key, name: tax.name, rate: text(tax.rate), compounds: tax.compounds, amount }] : [];
  });
  const subTotal = lines.reduce((sum, each) => sum + each.net, 0);
  const totalTax = billTaxes.reduce((sum, tax) => sum + tax.amount, 0);
  const due = subTotal - discount + totalTax + draft.interest;
  const matters = Array.from({ length: draft.matters }, (_, index) => ({ clioId: String(31 + index), number: `0004${index}`, description: null, practiceArea: null, responsibleAttorney: null, office: null }));
  return { ...aTruth().bill, currency: draft.currency, matters, lines, discount: draft.discount && discount > 0 ? { amount: discount, appliesTo: draft.discount.appliesTo, note: null } : null, interest: draft.interest, taxes: billTaxes, subTotal, totalTax, total: due, due, balance: due };
}

function truthOf(bill: Bill, { detail, tracked, taxes: [first, second] }: Draft): BillTruth {
  if (!first || !second) throw new Error('two taxes are drawn');
  const one = first.rate / 1e8;
  const two = second.rate / 1e8;
  const both = second.compounds ? one + two * (1 + one / 100) : one + two;
  const codes: [string, string, number][] = [['none', 'NONE', 0], [first.key, 'TAX001', one], [second.key, 'TAX002', two], [`${first.key}+${second.key}`, 'TAX003', both]];
  const options = bill.matters.map((matter) => ({ xeroId: `option-${matter.clioId}`, name: matter.number, active: true }));
  const own: Books = { ...books, currencies: ['GBP', 'EUR', 'JPY'], tracking: [{ xeroId: 'cat-matter', name: 'Matter', active: true, options }], taxRates: codes.map(([, code, percent]) => taxRate(code, percent.toFixed(4))) };
  return aTruth({ bill, books: own, settings: { ...settings, invoice: { ...settings.invoice, detail }, tracking: tracked ? [{ categoryId: 'cat-matter', from: 'matter' }] : [], taxMap: Object.fromEntries(codes.map(([key, code]) => [key, code])) } });
}

const WHOLE = '9009';

/** The other part, and perhaps the whole, of which this bill is the rest. */
function splitIn(bill: Bill, { whole, other }: { whole: boolean; other: number }): Pick<BillTruth, 'splitParts'> {
  const ofBillId = whole ? WHOLE : bill.clioId;
  bill.split = { ofBillId, portion: '33.34', withBillIds: ['9002'] };
  const part: SplitPart = { clioId: '9002', number: '1043-B', state: 'awaiting_payment', due: other, split: { ofBillId: whole ? WHOLE : '9002', portion: '66.66', withBillIds: [bill.clioId] }, hasInvoice: false };
  const all: SplitPart = { clioId: WHOLE, number: '1042', state: 'awaiting_payment', due: bill.due + other, split: null, hasInvoice: false };
  return { splitParts: whole ? [part, all] : [part] };
}

/** A part goes missing, or is a cent off the whole. */
function brokeParts({ bill, splitParts = [] }: BillTruth): boolean {
  const all = splitParts.find((part) => part.clioId === WHOLE);
  if (!bill.split || bill.due === 0) return false;
  if (all) all.due += 1;
  else splitParts.pop();
  return true;
}

/** Makes one figure wrong by more than rounding explains; says whether it really did. */
function broke(bill: Bill, what: Exclude<Broken, 'part'> | null, shift: number): boolean {
  if (what === null) return false;
  const [line] = bill.lines;
  const [tax] = bill.taxes;
  if (what === 'due' || (what === 'tax' && !tax)) bill.due += shift;
  else if (what === 'line' && line) line.net += shift;
  else if (tax) {
    // More than a discount could ever explain by lowering the tax, or not.
    const wrong = shift + bill.lines.length * 2 + (bill.discount?.amount ?? 0);
    tax.amount += wrong;
    bill.totalTax += wrong;
    bill.due += wrong;
  }
  return true;
}

function round(top: bigint, bottom: bigint): number {
  const size = top < 0n ? -top : top;
  const rounded = Number((size * 2n + bottom) / (bottom * 2n));
  return top < 0n ? 0 - rounded : rounded;
}

/** 1e-8 percent as the shortest decimal text. */
function text(rate: number): string {
  return (rate / 1e8).toFixed(8).replace(/\.?0+$/, '');
}
