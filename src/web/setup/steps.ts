/** What set-up asks, in this order: one page each, explained in one sentence. `asks` names the settings a page shows, by the name of their field. */
export const STEPS = [
  step('clio-sync', 'Clio’s own Xero sync', 'Two syncs would send every bill twice, so Clio’s own connection to Xero has to be off before Tieout starts.'),
  step('clio', 'Your firm in Clio', 'Tieout reads bills from this firm, and from no other.'),
  step('organisation', 'The Xero organisation', 'Invoices are written to this one organisation, so its name has to be the right one.'),
  step('start', 'Start date', 'Bills issued before this day are linked when Xero has them and never created, so that nothing is booked twice.', (field) => field === 'startOn'),
  step('banks', 'Bank accounts', 'A payment recorded in Clio has to land in the Xero account where the money really is.', (field) => field.startsWith('bankMap.')),
  step('accounts', 'Fees and expenses', 'These accounts decide where income stands in your reports; a wrong one is worse than none, so you confirm each.', (field) => OWN_ACCOUNTS.has(field) || field.startsWith('tracking.')),
  step('taxes', 'Taxes', 'Every combination of taxes on your bills needs the Xero code of the same rate, so that your return is right.', (field) => field.startsWith('taxMap.') && !COSTS.has(field)),
  step('costs', 'Costs charged to clients', 'What you paid for clients and what you charge for your own costs may belong on different accounts.', (field) => COSTS.has(field) || field.startsWith('costTax.')),
  step('trust', 'Money held for clients', 'Trust money is kept apart from everything else; it stays off unless two people switch it on.'),
  step('approval', 'Approval and later changes', 'Say how an invoice arrives in Xero, and what happens when a bill changes after it was sent.', (field) => RULES.has(field) || field.startsWith('invoice.')),
  step('payments', 'Payments back to Clio', 'Clio lets no app record a payment, so say what should happen when money arrives in Xero first.', (field) => field.startsWith('payments.')),
  step('dry-run', 'Dry run', 'See what would happen to every open bill, to the last debit and credit, with nothing written to Clio or Xero.'),
  step('go-live', 'Go live', 'Choose whether you look at every bill first, or whether Tieout writes what needs no question.'),
] as const;

export type Step = (typeof STEPS)[number];
export type StepName = Step['name'];

const OWN_ACCOUNTS = new Set(['income.feeAccount', 'income.interestAccount', 'income.discountAccount', 'income.rules', 'rounding.account', 'credits.badDebtAccount']);
const COSTS = new Set(['income.softCostAccount', 'income.hardCostAccount', 'costs.hard', 'costs.account', 'costs.bankAccount', 'costs.importFromXero', 'taxMap.disbursement/none']);
const RULES = new Set(['editPaid', 'credits.treatment', 'contacts.partialMatch', 'contacts.direction', 'lockPolicy']);

export const stepNamed = (name: unknown): Step | undefined => STEPS.find((each) => each.name === name);

/** The page on which a setting is put right. */
export const stepAsking = (field: string): Step | undefined => STEPS.find((each) => each.asks(field));

export function neighbours({ name }: Step): { before: Step | null; after: Step | null } {
  const index = STEPS.findIndex((each) => each.name === name);
  return { before: STEPS[index - 1] ?? null, after: STEPS[index + 1] ?? null };
}

function step<const Name extends string>(name: Name, title: string, says: string, asks: (field: string) => boolean = () => false) {
  return { name, title, says, asks };
}
