import { parse } from 'yaml';
import { z } from 'zod';
import type { Bill } from '../../src/core/bill.js';
import { formatAmount } from '../../src/core/money.js';
import { planBill } from '../../src/core/plan-bill.js';
import { carryOut, settle, world, type World } from '../core/ideal-xero.js';
import { aBill, aTruth } from '../core/law-firm.js';
import { discountIn, lineIn, mattersOf, moneyIn, splitIn } from './bill-in-words.js';
import { ContactExample, runContactExample } from './contact-example.js';
import { CostExample, runCostExample } from './cost-example.js';
import { happen } from './events.js';
import { ImportExample, runImportExample } from './import-example.js';
import { ledgerOf, movement } from './journal.js';
import { restInPlainWords, stepInPlainWords } from './plain-words.js';
import { FIRMS, type SampleFirm } from './sample-firms.js';

const Texts = z.array(z.string());
const Amounts = z.record(z.string(), z.string());

/** One fenced block of the document. All values are read as text, amounts as "1,250.00". */
const Example = z.strictObject({
  firm: z.enum(['british', 'canadian']).default('british'),
  settings: Texts.default([]),
  bill: z.strictObject({ state: z.enum(['draft', 'approved']), kind: z.enum(['revenue', 'trust']), currency: z.string(), interest: z.string(), discount: z.string(), due: z.string(), part: z.string(), payer: z.literal('legal aid') }).partial().default({}),
  lines: Texts,
  /** Already true and carried out before `then`; its postings are not shown. */
  given: Texts.default([]),
  then: Texts.default([]),
  does: Texts.default([]),
  waits: Texts.default([]),
  choices: Texts.default([]),
  'left out': z.string().nullable().default(null),
  debit: Amounts.default({}),
  credit: Amounts.default({}),
});
type Example = z.infer<typeof Example>;

/** What the settings of an example may say. */
const SETTINGS: Record<string, (firm: SampleFirm) => SampleFirm> = {
  'new invoices are drafts': ({ settings, books }) => ({ books, settings: { ...settings, invoice: { ...settings.invoice, status: 'draft' } } }),
  'one line per bill': ({ settings, books }) => ({ books, settings: { ...settings, invoice: { ...settings.invoice, detail: 'bill' } } }),
  'discounts have an account of their own': ({ settings, books }) => ({ books, settings: { ...settings, income: { ...settings.income, discountAccount: '275' } } }),
  'no account for hard costs': ({ settings, books }) => ({ books, settings: { ...settings, income: { ...settings.income, hardCostAccount: null } } }),
  'no tax code for VAT': ({ settings, books }) => ({ books, settings: { ...settings, taxMap: { none: 'NONE' } } }),
  'closed periods move to the first open day': ({ settings, books }) => ({ books, settings: { ...settings, lockPolicy: 'first-open-day' } }),
  'closed periods move to the first open day, as drafts': ({ settings, books }) => ({ books, settings: { ...settings, lockPolicy: 'draft' } }),
  'credits are reductions': ({ settings, books }) => ({ books, settings: { ...settings, credits: { ...settings.credits, treatment: 'reduction' } } }),
  'credits are bad debts': ({ settings, books }) => ({ books, settings: { ...settings, credits: { ...settings.credits, treatment: 'bad-debt' } } }),
  'edits of settled invoices are asked about': ({ settings, books }) => ({ books, settings: { ...settings, editPaid: 'ask' } }),
  'payments come off for an edit': ({ settings, books }) => ({ books, settings: { ...settings, editPaid: 'reapply' } }),
  'Clio offers no way to mark bills paid': (firm) => firm,
  'payments from Xero: the inbox only': ({ settings, books }) => ({ books, settings: { ...settings, payments: { ...settings.payments, fromXero: 'inbox' } } }),
  'euros are set up in Xero': ({ settings, books }) => ({ settings: { ...settings, bankMap: { ...settings.bankMap, 46: 'bank-euro' } }, books: { ...books, currencies: [...books.currencies, 'EUR'] } }),
  'the firm started on 2026-11-01': ({ settings, books }) => ({ books, settings: { ...settings, startOn: '2026-11-01' } }),
};

export interface Told {
  does: string[];
  waits: string[];
  choices: string[];
  leftOut: string | null;
  debit: Record<string, string>;
  credit: Record<string, string>;
}

const Keyed = z.record(z.string(), z.unknown());
const NOT_SENT_YET = 'the bill is not in Xero yet';

/** Runs the example through the planner; returns what the document says and what came of it. */
export function runExample(text: string): { said: Told; came: Told } {
  const block = Keyed.parse(parse(text, { schema: 'failsafe' }));
  if ('cost' in block) return runCostExample(CostExample.parse(block));
  if ('supplier bill' in block) return runImportExample(ImportExample.parse(block));
  return 'client' in block ? runContactExample(ContactExample.parse(block)) : runBillExample(Example.parse(block));
}

function runBillExample(example: Example): { said: Told; came: Told } {
  const at = startOf(example);
  const isNew = example.given.includes(NOT_SENT_YET);
  if (!isNew && example.given.length + example.then.length > 0) settle(at);
  for (const words of example.given.filter((each) => each !== NOT_SENT_YET)) {
    happen(at, words);
    if (!isNew) settle(at);
  }
  for (const words of example.then) happen(at, words);
  // What people did themselves in Xero is not what Tieout posts.
  const before = ledgerOf(at.truth);
  const { does, rest } = carryOutInWords(at);
  const { currency } = at.truth.bill;
  const moved = movement(before, ledgerOf(at.truth));
  const texts = (amounts: Record<string, number>): Record<string, string> => Object.fromEntries(Object.entries(amounts).map(([account, amount]) => [account, formatAmount(amount, currency).replace(` ${currency}`, '')]));
  const { debit, credit, waits, choices } = example;
  return { said: { does: example.does, waits, choices, leftOut: example['left out'], debit, credit }, came: { does, ...rest, debit: texts(moved.debit), credit: texts(moved.credit) } };
}

function startOf(example: Example): World {
  const firm = example.settings.reduce((so, words) => {
    const change = SETTINGS[words];
    if (!change) throw new Error(`No setting "${words}"`);
    return change(so);
  }, FIRMS[example.firm]);
  const { bill, splitParts } = example.bill.part === undefined ? { bill: {}, splitParts: [] } : splitIn(example.bill.part);
  return world(aTruth({ ...firm, bill: { ...billOf(example, firm), ...bill }, splitParts }));
}

function billOf({ bill, lines: words, settings }: Example, firm: SampleFirm): Bill {
  const lines = words.map(lineIn);
  const matters = mattersOf(lines);
  return aBill({
    lines,
    ...(matters.length > 0 ? { matters } : {}),
    kind: bill.kind ?? 'revenue',
    legalAid: bill.payer !== undefined,
    state: bill.state === 'draft' ? 'draft' : 'awaiting_payment',
    canBecomePaid: !settings.includes('Clio offers no way to mark bills paid'),
    currency: bill.currency ?? firm.books.organisation.baseCurrency,
    interest: bill.interest === undefined ? 0 : moneyIn(bill.interest),
    discount: bill.discount === undefined ? null : discountIn(bill.discount),
    ...(bill.due === undefined ? {} : { due: moneyIn(bill.due) }),
  });
}

const MOST_ROUNDS = 8;

function carryOutInWords(at: World): { does: string[]; rest: Pick<Told, 'waits' | 'choices' | 'leftOut'> } {
  const does: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const plan = planBill(at.truth);
    if (plan.steps.length === 0) return { does, rest: restInPlainWords(plan) };
    for (const step of plan.steps) {
      does.push(stepInPlainWords(step, at.truth));
      carryOut(at, step);
    }
  }
  throw new Error(`no rest after ${MOST_ROUNDS} rounds: ${does.join('; ')}`);
}
