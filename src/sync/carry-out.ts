import type { Step } from '../core/plan.js';
import type { BillWork, Task } from './bill-work.js';
import { ensureContacts } from './ensure-contact.js';
import type { SyncContext } from './firm-context.js';
import { adoptInvoices, approveInvoices, createInvoices, rebaseInvoices, updateInvoices, voidInvoices } from './push-invoices.js';
import { allocateCredits, createCreditNotes, endCredits, linkCredits, refundCredits, removeCredits } from './push-credits.js';
import { createPayments, deletePayments, endPayments, linkPayments } from './push-payments.js';
import { takeOffPayments } from './take-off-payments.js';
import { askBillers, askForCredits, askToRemovePayments, markBillsPaid } from './write-back-to-clio.js';

type Runner = (context: SyncContext, works: BillWork[]) => Promise<void>;

/** Carries out one kind of step for all bills together, so that one call serves many. */
const each = <Kind extends Step['do']>(kind: Kind, carry: (context: SyncContext, tasks: Task<Kind>[]) => Promise<void>): Runner => async (context, works) => {
  const isKind = (step: Step): step is Extract<Step, { do: Kind }> => step.do === kind;
  const tasks = works.flatMap((work) => mayCarryOut(context, work).filter(isKind).map((step) => ({ work, step })));
  if (tasks.length > 0) await carry(context, tasks);
};

/** Every kind of step and who carries it out, in the order in which they are carried out. */
const CARRIERS: Record<Step['do'], Runner> = {
  'ensure-contact': each('ensure-contact', ensureContacts),
  'adopt-invoice': each('adopt-invoice', adoptInvoices),
  rebase: each('rebase', rebaseInvoices),
  'link-payment': each('link-payment', linkPayments),
  'end-payment': each('end-payment', endPayments),
  'link-credit': each('link-credit', linkCredits),
  'end-credit': each('end-credit', endCredits),
  'delete-payment': each('delete-payment', deletePayments),
  'take-off-payment': each('take-off-payment', takeOffPayments),
  'remove-credit': each('remove-credit', removeCredits),
  'void-invoice': each('void-invoice', voidInvoices),
  'update-invoice': each('update-invoice', updateInvoices),
  'approve-invoice': each('approve-invoice', approveInvoices),
  'create-invoice': each('create-invoice', createInvoices),
  'create-payment': each('create-payment', createPayments),
  'create-credit-note': each('create-credit-note', createCreditNotes),
  'allocate-credit': each('allocate-credit', allocateCredits),
  'refund-credit': each('refund-credit', refundCredits),
  'mark-bill-paid': each('mark-bill-paid', markBillsPaid),
  'ask-biller': each('ask-biller', askBillers),
  'ask-to-remove': each('ask-to-remove', askToRemovePayments),
  'ask-for-credit': each('ask-for-credit', askForCredits),
};

/** Documents a person looks at first in review mode; money on documents already approved flows by itself. */
const NEEDS_APPROVAL: ReadonlySet<Step['do']> = new Set(['ensure-contact', 'create-invoice', 'update-invoice', 'approve-invoice', 'void-invoice', 'create-credit-note', 'remove-credit', 'take-off-payment']);

/** The steps of the bill's plan that may be carried out now. */
export function mayCarryOut(context: SyncContext, work: BillWork): Step[] {
  if (work.stopped.length > 0 || context.settings.mode === 'paused') return [];
  const reviewed = work.approved || context.settings.mode === 'automatic';
  return work.plan.steps.filter((step) => reviewed || !NEEDS_APPROVAL.has(step.do));
}

/** Carries out one round of these bills' plans. */
export async function carryOut(context: SyncContext, works: BillWork[]): Promise<void> {
  for (const run of Object.values(CARRIERS)) await run(context, works);
}
