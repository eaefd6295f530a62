import type { Books } from '../core/books.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { Settings } from '../core/settings.js';
import { costTaxFields } from './cost-tax-fields.js';
import { day } from './format.js';
import { incomeRulesField } from './income-rules-field.js';
import { invoiceFields } from './invoice-fields.js';
import { choice, mapped, oneOf, type FieldGroup } from './setting-field.js';
import { choicesFrom } from './settings-choices.js';
import { trackingFields } from './tracking-fields.js';
import type { Wording } from './wording.js';

interface FormFor {
  books: Books;
  lists: FirmLists;
  words: Wording;
  /** In force or proposed: what it names stays on the form, though it is gone on the other side. */
  settings: Settings;
  /** Whether a tax or a bank account, by the name of its field, may stay open until a bill or payment has it; that one then asks. */
  mayWait: (field: string) => boolean;
}

/** The settings that bills and payments depend on, every choice from the organisation's and the firm's own lists. */
export function settingsForm({ books, lists, words, settings, mayWait }: FormFor): FieldGroup[] {
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
      ],
    },
    invoiceFields(choices),
    {
      title: 'Accounts in Xero',
      fields: [
        choice('income.feeAccount', 'Fees', 'Income from work. A wrong account is worse than none, so you choose it.', choices.income, (s) => s.income.feeAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, feeAccount: code || null } })),
        choice('income.softCostAccount', capital(words.softCost), 'What the firm charges for its own costs, such as copies.', choices.recovery, (s) => s.income.softCostAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, softCostAccount: code || null } })),
        choice('income.hardCostAccount', capital(words.hardCost), 'What the firm paid to others for the client.', choices.recovery, (s) => s.income.hardCostAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, hardCostAccount: code || null } })),
        choice('income.interestAccount', 'Interest', 'Interest charged on late bills.', choices.income, (s) => s.income.interestAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, interestAccount: code || null } }), { blank: 'Ask when some appears' }),
        choice('income.discountAccount', 'Discounts', 'Discounts lower income unless you give them an account of their own.', choices.discount, (s) => s.income.discountAccount ?? '', (s, code) => ({ ...s, income: { ...s.income, discountAccount: code || null } }), { blank: 'Same as the income they lower' }),
        choice('rounding.account', 'Rounding', 'At most a few cents of tax rounding per invoice go here, so that totals are equal.', choices.rounding, (s) => s.rounding.account ?? '', (s, code) => ({ ...s, rounding: { ...s.rounding, account: code || null } })),
        incomeRulesField(choices, settings),
      ],
    },
    {
      title: capital(words.tax),
      fields: taxes.map((tax) =>
        choice(`taxMap.${tax.key}`, tax.label, `${tax.rate} % in Clio. Choose the code with the same rate.`, choices.taxes, (s) => s.taxMap[tax.key] ?? '', (s, code) => ({ ...s, taxMap: mapped(s.taxMap, tax.key, code) }), mayWait(`taxMap.${tax.key}`) ? { blank: 'Ask when a bill has it' } : {}),
      ),
    },
    ...costTaxFields(books, lists, choices, words),
    ...trackingFields(books, settings),
    {
      title: 'Where payments land',
      fields: [
        ...banks.map((bank) =>
          choice(`bankMap.${bank.key}`, bank.label, bank.help, choices.payable, (s) => s.bankMap[bank.key] ?? '', (s, id) => ({ ...s, bankMap: mapped(s.bankMap, bank.key, id) }), bank.blank === null ? {} : { blank: bank.blank }),
        ),
        choice('payments.fromXero', 'Payments that land in Xero', 'Clio lets no app record a payment. A fully paid bill can be marked paid where Clio offers it; otherwise a task asks the biller.', [['mark-paid-or-task', 'Mark the bill paid, or create a task'], ['task', 'Always create a task'], ['inbox', 'Only show them in the inbox'], ['off', 'Do nothing']], (s) => s.payments.fromXero, (s, rung) => ({ ...s, payments: { ...s.payments, fromXero: oneOf(['mark-paid-or-task', 'task', 'inbox', 'off'], rung) } })),
        choice('payments.taskAssigneeId', 'Who gets these tasks', 'Clio wants a person for every task.', choices.users, (s) => s.payments.taskAssigneeId ?? '', (s, id) => ({ ...s, payments: { ...s.payments, taskAssigneeId: id || null } }), { blank: 'The person who connected Clio' }),
      ],
    },
    {
      title: 'When it is not clear',
      fields: [
        choice('contacts.partialMatch', 'A client that looks like a Xero contact', 'Asking avoids double contacts.', [['ask', 'Ask'], ['create', 'Create a new contact']], (s) => s.contacts.partialMatch, (s, way) => ({ ...s, contacts: { ...s.contacts, partialMatch: oneOf(['ask', 'create'], way) } })),
        choice('contacts.direction', 'Details of a client that change later', 'A new name, e-mail, phone or address. What somebody changed in Xero stays in any case, and nothing in Clio is changed.', [['create', 'Leave the contact in Xero as it is'], ['clio-to-xero', 'Follow Clio, in the mode “Automatic”']], (s) => s.contacts.direction, (s, way) => ({ ...s, contacts: { ...s.contacts, direction: oneOf(['create', 'clio-to-xero'], way) } })),
        choice('credits.treatment', 'Credits given in Clio', 'A reduction lowers income and tax; bad debt is an expense. Your accountant knows which.', [['ask', 'Ask each time'], ['reduction', 'Reduction'], ['bad-debt', 'Bad debt']], (s) => s.credits.treatment, (s, treatment) => ({ ...s, credits: { ...s.credits, treatment: oneOf(['ask', 'reduction', 'bad-debt'], treatment) } })),
        choice('credits.byClient', 'Clients whose credits are treated otherwise', 'Chosen in the inbox, “always for this client”.', [['forget', 'Treat them like all others again']], () => '', (s, way) => (way === 'forget' ? { ...s, credits: { ...s.credits, byClient: {} } } : s), { blank: 'Keep what was chosen' }),
        choice('credits.badDebtAccount', 'Account for bad debts', 'Needed when credits are bad debts.', choices.expense, (s) => s.credits.badDebtAccount ?? '', (s, code) => ({ ...s, credits: { ...s.credits, badDebtAccount: code || null } }), { blank: 'Ask when one appears' }),
        choice('editPaid', 'A bill changed after it was paid', 'Xero changes no paid invoice. A second invoice or a credit note carries the difference; or our own payments come off for a moment and go back, where none is reconciled.', [['adjust', 'Make one more document for the difference'], ['reapply', 'Take our payments off, change the invoice, put them back'], ['ask', 'Ask each time']], (s) => s.editPaid, (s, way) => ({ ...s, editPaid: oneOf(['adjust', 'reapply', 'ask'], way) })),
        choice('lockPolicy', 'Bills in a closed period', 'Holding waits for a person; the first open day moves the date of invoices, payments and credit notes, which may move the tax into another return. As a draft, an invoice waits in Xero until somebody approves it; payments and credits hold.', [['hold', 'Hold'], ['first-open-day', 'Use the first open day'], ['draft', 'Use the first open day, as a draft']], (s) => s.lockPolicy, (s, policy) => ({ ...s, lockPolicy: oneOf(['hold', 'first-open-day', 'draft'], policy) })),
      ],
    },
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
