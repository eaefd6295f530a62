import { z } from 'zod';
import { formatAmount, parseAmount, type Minor } from '../../src/core/money.js';
import type { ExpenseStep } from '../../src/core/expense-plan.js';
import { planExpense } from '../../src/core/plan-expense.js';
import { titleOf } from '../../src/core/reasons.js';
import type { Settings } from '../../src/core/settings.js';
import { aCost, anExpense, carryOutCost, costBooks, costSettings, costWorld, onlyDocument, settleCost, type CostWorld } from '../core/expense-world.js';
import { account } from '../core/law-firm.js';
import type { Told } from './example.js';
import { type Ledger, movement } from './journal.js';

const Texts = z.array(z.string());
const Amounts = z.record(z.string(), z.string());

/** A cost entered in Clio, and what becomes of it in Xero. */
export const CostExample = z.strictObject({
  cost: z.string(),
  settings: Texts.default([]),
  given: Texts.default([]),
  then: Texts.default([]),
  does: Texts.default([]),
  waits: Texts.default([]),
  choices: Texts.default([]),
  debit: Amounts.default({}),
  credit: Amounts.default({}),
});

const books = { ...costBooks, accounts: [...costBooks.accounts, account('800', 'Accounts payable', { class: 'liability', system: 'CREDITORS' })] };

const costs = (change: Partial<Settings['costs']>) => (settings: Settings): Settings => ({ ...settings, costs: { ...settings.costs, ...change } });

const SETTINGS: Record<string, (settings: Settings) => Settings> = {
  'hard costs: do nothing': costs({ hard: 'off' }),
  'hard costs as approved bills': costs({ hard: 'bill' }),
  'hard costs as draft bills': costs({ hard: 'draft-bill' }),
  'court fees go to 400': (settings) => ({ ...settings, income: { ...settings.income, rules: [{ when: 'category', value: '62', accountCode: '400' }] } }),
  'review first': (settings) => ({ ...settings, mode: 'review' }),
};

const COSTS: Record<string, () => ReturnType<typeof aCost>> = {
  'hard cost 119.00, supplier linked': () => aCost(),
  'hard cost 119.00, supplier not linked yet': () => aCost({ supplier: null }),
  'hard cost 119.00, no supplier': () => aCost({ expense: anExpense({ vendor: null }), vendor: null, supplier: null }),
  'soft cost 119.00': () => aCost({ expense: anExpense({ isHardCost: false }) }),
};

const money = (text: string): Minor => parseAmount(text.replaceAll(',', ''), 'GBP');

const EVENTS: [RegExp, (at: CostWorld, word: string) => unknown][] = [
  [/^Clio: the cost is now (\S+)$/, (at, amount) => (at.truth.expense = anExpense({ amount: money(amount) }))],
  [/^Clio: the cost is deleted$/, (at) => (at.truth.expense = null)],
  [/^Clio: the cost is put on a bill$/, (at) => (at.truth.expense = anExpense({ onBill: true }))],
  [/^Xero: it is reconciled$/, (at) => (onlyDocument(at).final = true)],
  [/^Xero: it is deleted$/, (at) => (onlyDocument(at).live = false)],
  [/^Xero: its line now stands on account (\S+)$/, (at, code) => (onlyDocument(at).lines = onlyDocument(at).lines.map((line) => ({ ...line, accountCode: code })))],
  [/^Xero: the books are locked through (\S+)$/, (at, lockedThrough) => (at.truth.books = { ...at.truth.books, lockedThrough })],
  [/^A person answers: (.+)$/, (at, label) => answer(at, label)],
];

export function runCostExample(example: z.output<typeof CostExample>): { said: Told; came: Told } {
  const truth = COSTS[example.cost]?.();
  if (!truth) throw new Error(`No cost "${example.cost}"`);
  const settings = example.settings.reduce((so, words) => (SETTINGS[words] ?? unknownWords(words))(so), costSettings());
  const at = costWorld({ ...truth, settings, books });
  if (example.given.length + example.then.length > 0) settleCost(at);
  for (const words of example.given) {
    happen(at, words);
    settleCost(at);
  }
  for (const words of example.then) happen(at, words);
  const before = ledgerOf(at);
  const does = carryOutInWords(at);
  const { holds } = planExpense(at.truth);
  const moved = movement(before, ledgerOf(at));
  const texts = (amounts: Record<string, Minor>): Record<string, string> => Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, plain(amount)]));
  const { waits, choices, debit, credit } = example;
  return {
    said: { does: example.does, waits, choices, leftOut: null, debit, credit },
    came: { does, waits: holds.map(({ reason, facts }) => titleOf(reason, facts)), choices: holds.flatMap((hold) => hold.choices.map((choice) => choice.label)), leftOut: null, debit: texts(moved.debit), credit: texts(moved.credit) },
  };
}

function carryOutInWords(at: CostWorld): string[] {
  const does: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const { steps } = planExpense(at.truth);
    if (steps.length === 0) return does;
    for (const step of steps) {
      does.push(inWords(step));
      carryOutCost(at, step);
    }
  }
  throw new Error(`no rest: ${does.join('; ')}`);
}

function inWords(step: ExpenseStep): string {
  switch (step.do) {
    case 'ensure-supplier':
      return `find or make the contact of the supplier ${step.vendor.name}`;
    case 'create-document':
    case 'update-document': {
      const verb = step.do === 'create-document' ? 'make' : 'change to';
      const { document } = step;
      if (document.kind === 'spend') return `${verb} spend money of ${formatAmount(document.transaction.total, 'GBP')}, ${document.transaction.date}, reference ${document.transaction.reference}`;
      return `${verb} ${document.bill.status === 'draft' ? 'draft supplier bill' : 'supplier bill'} of ${formatAmount(document.bill.total, 'GBP')}, ${document.bill.date}, reference ${document.bill.number}`;
    }
    case 'remove-document':
      return `remove the ${step.kind === 'spend' ? 'spend money' : 'supplier bill'} in Xero`;
    case 'adopt-document':
      return 'link what is in Xero already';
    case 'agree':
      return 'accept both sides as they stand';
    case 'end-link':
      return 'end the link of the cost';
  }
}

/** What Xero posts for the cost's documents: nothing for drafts and for what is gone. */
function ledgerOf({ truth }: CostWorld): Ledger {
  const ledger: Ledger = new Map();
  const post = (code: string | null, debit: Minor): void => {
    const found = truth.books.accounts.find((each) => each.code === code);
    const name = `${code ?? ''} ${found?.name ?? ''}`;
    ledger.set(name, (ledger.get(name) ?? 0) + debit);
  };
  for (const document of truth.documents.filter((each) => each.live && !each.draft)) {
    for (const line of document.lines) post(line.accountCode, line.net);
    post(document.kind === 'spend' ? '090' : '800', -document.total);
  }
  return ledger;
}

function happen(at: CostWorld, words: string): void {
  for (const [pattern, event] of EVENTS) {
    const match = pattern.exec(words);
    if (!match) continue;
    event(at, match[1] ?? '');
    return;
  }
  throw new Error(`Nothing is known to happen by "${words}"`);
}

function answer(at: CostWorld, label: string): void {
  const asked = planExpense(at.truth).holds.find((hold) => hold.choices.some((choice) => choice.label === label));
  const choice = asked?.choices.find((each) => each.label === label);
  if (!asked || !choice) throw new Error(`Nobody asked anything that "${label}" answers`);
  at.truth.answers = [...(at.truth.answers ?? []), { about: asked.about, reason: asked.reason, facts: asked.facts, choice: choice.id }];
}

const plain = (amount: Minor): string => formatAmount(amount, 'GBP').replace(' GBP', '');

const unknownWords = (words: string): never => {
  throw new Error(`No setting "${words}"`);
};
