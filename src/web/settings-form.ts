import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';
import { day } from './format.js';
import { choicesFrom, type Option } from './settings-choices.js';
import type { Wording } from './wording.js';

/** One setting as the form asks it, and how its text gets into and out of the settings. */
export interface Field {
  name: string;
  label: string;
  help: string;
  kind: 'choice' | 'day' | 'tick';
  options: Option[];
  /** What choosing nothing means; null when something must be chosen. */
  blank: string | null;
  /** Changing it takes an administrator. */
  adminsOnly: boolean;
  get: (settings: Settings) => string;
  set: (settings: Settings, text: string) => Settings;
}

export interface FieldGroup {
  title: string;
  fields: Field[];
}

/**
 * The essential settings, every choice from the organisation's and the firm's own lists. `mayWait` says of a tax or a bank account, by the
 * name of its field, whether it may stay open until a bill or payment has it; the bill then asks.
 */
export function settingsForm(books: Books, lists: FirmLists, words: Wording, mayWait: (field: string) => boolean): FieldGroup[] {
  const choices = choicesFrom(books, lists);
  const taxes = lists.taxCombinations.some((each) => each.key === 'none') ? lists.taxCombinations : [{ key: 'none', label: 'No tax', rate: '0' }, ...lists.taxCombinations];
  const banks = [
    ...lists.bankAccounts.filter((each) => each.type === 'operating').map((each) => ({ key: each.clioId, label: each.name, help: 'Payments Clio shows in this account.', blank: mayWait(`bankMap.${each.clioId}`) ? 'Ask when a payment has it' : null })),
    { key: 'default', label: 'Payments without a bank account', help: 'Direct payments in Clio often name no account.', blank: 'Ask when one appears' },
    { key: 'online:card', label: 'Card payments online', help: 'A clearing account fits best: payouts arrive later and net of fees.', blank: 'Ask when one appears' },
    { key: 'online:echeck', label: 'Bank payments online', help: 'As for cards.', blank: 'Ask when one appears' },
  ];
  return [
    {
      title: 'What goes over, and when',
      fields: [
        choice('mode', 'Mode', 'Review first shows every bill before anything is written to Xero.', [['review', 'Review first'], ['automatic', 'Automatic'], ['paused', 'Paused: nothing is written']], (s) => s.mode, (s, mode) => ({ ...s, mode: oneOf(['review', 'automatic', 'paused'], mode) }), { adminsOnly: true }),
        {
          name: 'startOn', kind: 'day', options: [], blank: null, adminsOnly: true, label: 'Start date',
          help: `Bills issued earlier are linked when found in Xero, never created.${books.lockedThrough === null ? '' : ` The books are locked through ${day(books.lockedThrough)}; start after it.`}`,
          get: (s) => s.startOn, set: (s, startOn) => ({ ...s, startOn }),
        },
        choice('invoice.status', 'New invoices arrive as', 'Approved keeps receivables equal on both sides. Drafts wait for somebody to approve them in Xero.', [['authorised', 'Approved'], ['submitted', 'Awaiting approval'], ['draft', 'Draft']], (s) => s.invoice.status, (s, status) => ({ ...s, invoice: { ...s.invoice, status: oneOf(['authorised', 'submitted', 'draft'], status) } })),
        choice('invoice.detail', 'Lines on the invoice', 'Fewer lines keep details private and the ledger readable; totals are the same.', [['category', 'One per kind of work and tax'], ['bill', 'One per account and tax'], ['activity', 'One per line of the bill']], (s) => s.invoice.detail, (s, detail) => ({ ...s, invoice: { ...s.invoice, detail: oneOf(['category', 'bill', 'activity'], detail) } })),
        tick('invoice.narratives', 'Send descriptions of the work', 'They may be privileged, so they stay in Clio unless you switch this on.', (s) => s.invoice.narratives, (s, narratives) => ({ ...s, invoice: { ...s.invoice, narratives } })),
      ],
    },
    {
      title: 'Accounts in Xero',
      fields: [
        choice('income.feeAccount', 'Fees', 'Income from work. A wrong account is worse than none, so you choose it.', choices.income, (s) => s.income.feeAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, feeAccount: code || null } })),
        choice('income.softCostAccount', capital(words.softCost), 'What the firm charges for its own costs, such as copies.', choices.recovery, (s) => s.income.softCostAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, softCostAccount: code || null } })),
        choice('income.hardCostAccount', capital(words.hardCost), 'What the firm paid to others for the client.', choices.recovery, (s) => s.income.hardCostAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, hardCostAccount: code || null } })),
        choice('income.interestAccount', 'Interest', 'Interest charged on late bills.', choices.income, (s) => s.income.interestAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, interestAccount: code || null } }), { blank: 'Ask when some appears' }),
        choice('income.discountAccount', 'Discounts', 'Discounts lower income unless you give them an account of their own.', choices.discount, (s) => s.income.discountAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, discountAccount: code || null } }), { blank: 'Same as the income they lower' }),
        choice('rounding.account', 'Rounding', 'At most a few cents of tax rounding per invoice go here, so that totals are equal.', choices.rounding, (s) => s.rounding.account ?? '', (s, code) => ({ ...s, rounding: { ...s.rounding, account: code || null } })),
      ],
    },
    {
      title: capital(words.tax),
      fields: taxes.map((tax) =>
        choice(`taxMap.${tax.key}`, tax.label, `${tax.rate} % in Clio. Choose the code with the same rate.`, choices.taxes, (s) => s.taxMap[tax.key] ?? '', (s, code) => ({ ...s, taxMap: mapped(s.taxMap, tax.key, code) }), mayWait(`taxMap.${tax.key}`) ? { blank: 'Ask when a bill has it' } : {}),
      ),
    },
    {
      title: 'Where payments land',
      fields: [
        ...banks.map((bank) =>
          choice(`bankMap.${bank.key}`, bank.label, bank.help, choices.payable, (s) => s.bankMap[bank.key] ?? '', (s, id) => ({ ...s, bankMap: mapped(s.bankMap, bank.key, id) }), bank.blank === null ? {} : { blank: bank.blank }),
        ),
        choice('payments.fromXero', 'Payments that land in Xero', 'Clio lets no app record a payment. A fully paid bill can be marked paid where Clio offers it; otherwise a task asks the biller.', [['mark-paid-or-task', 'Mark the bill paid, or create a task'], ['task', 'Always create a task'], ['inbox', 'Only show them in the inbox'], ['off', 'Do nothing']], (s) => s.payments.fromXero, (s, rung) => ({ ...s, payments: { ...s.payments, fromXero: oneOf(['mark-paid-or-task', 'task', 'inbox', 'off'], rung) } })),
        choice('payments.taskAssigneeId', 'Who gets these tasks', 'Clio wants a person for every task.', choices.users, (s) => s.payments.taskAssigneeId ?? '', (s, id) => ({ ...s, payments: { ...s.payments, taskAssigneeId: id || null } }), { blank: 'Nobody: show them in the inbox' }),
      ],
    },
    {
      title: 'When it is not clear',
      fields: [
        choice('contacts.partialMatch', 'A client that looks like a Xero contact', 'Asking avoids double contacts.', [['ask', 'Ask'], ['create', 'Create a new contact']], (s) => s.contacts.partialMatch, (s, way) => ({ ...s, contacts: { partialMatch: oneOf(['ask', 'create'], way) } })),
        choice('credits.treatment', 'Credits given in Clio', 'A reduction lowers income and tax; bad debt is an expense. Your accountant knows which.', [['ask', 'Ask each time'], ['reduction', 'Reduction'], ['bad-debt', 'Bad debt']], (s) => s.credits.treatment, (s, treatment) => ({ ...s, credits: { ...s.credits, treatment: oneOf(['ask', 'reduction', 'bad-debt'], treatment) } })),
        choice('credits.badDebtAccount', 'Account for bad debts', 'Needed when credits are bad debts.', choices.expense, (s) => s.credits.badDebtAccount ?? '', (s, code) => ({ ...s, credits: { ...s.credits, badDebtAccount: code || null } }), { blank: 'Ask when one appears' }),
        choice('editPaid', 'A bill changed after it was paid', 'Xero changes no paid invoice. A second invoice or a credit note carries the difference; or our own payments come off for a moment and go back, where none is reconciled.', [['adjust', 'Make one more document for the difference'], ['reapply', 'Take our payments off, change the invoice, put them back'], ['ask', 'Ask each time']], (s) => s.editPaid, (s, way) => ({ ...s, editPaid: oneOf(['adjust', 'reapply', 'ask'], way) })),
        choice('lockPolicy', 'Bills in a closed period', 'Holding waits for a person; the first open day moves the invoice’s date.', [['hold', 'Hold'], ['first-open-day', 'Use the first open day']], (s) => s.lockPolicy, (s, policy) => ({ ...s, lockPolicy: oneOf(['hold', 'first-open-day'], policy) })),
      ],
    },
  ];
}

type Pairs = [string, string][];

export function choice(name: string, label: string, help: string, options: Option[] | Pairs, get: Field['get'], set: Field['set'], more: { blank?: string; adminsOnly?: boolean } = {}): Field {
  const listed = options.map((each) => (Array.isArray(each) ? { value: each[0], label: each[1] } : each));
  return { name, label, help, kind: 'choice', options: listed, blank: more.blank ?? null, adminsOnly: more.adminsOnly ?? false, get, set };
}

export function tick(name: string, label: string, help: string, get: (settings: Settings) => boolean, set: (settings: Settings, on: boolean) => Settings): Field {
  return { name, label, help, kind: 'tick', options: [], blank: '', adminsOnly: false, get: (s) => (get(s) ? 'on' : ''), set: (s, text) => set(s, text === 'on') };
}

/** The form accepts listed options only, so the first is never reached by a person. */
export function oneOf<const T extends string>(allowed: readonly [T, ...T[]], text: string): T {
  return allowed.find((each) => each === text) ?? allowed[0];
}

function mapped(map: Record<string, string>, key: string, value: string): Record<string, string> {
  const others = Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));
  return value === '' ? others : { ...others, [key]: value };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
