import type { Step } from '../core/plan.js';
import type { BillWork, Task } from './bill-work.js';
import { ensureContacts } from './ensure-contact.js';
import type { SyncContext } from './firm-context.js';
import { adoptInvoices, approveInvoices, createInvoices, rebaseInvoices, updateInvoices, voidInvoices } from './push-invoices.js';
import { createPayments, deletePayments, endPayments, linkPayments } from './push-payments.js';
import { askBillers, markBillsPaid } from './write-back-to-clio.js';

type Carry<Kind extends Step['do']> = (context: SyncContext, tasks: Task<Kind>[]) => Promise<void>;

/** Every kind of step and who carries it out, in the order in which they are carried out. */
const CARRIERS: { [Kind in Step['do']]: Carry<Kind> } = {
  'ensure-contact': ensureContacts,
  'adopt-invoice': adoptInvoices,
  rebase: rebaseInvoices,
  'link-payment': linkPayments,
  'end-payment': endPayments,
  'delete-payment': deletePayments,
  'void-invoice': voidInvoices,
  'update-invoice': updateInvoices,
  'approve-invoice': approveInvoices,
  'create-invoice': createInvoices,
  'create-payment': createPayments,
  'mark-bill-paid': markBillsPaid,
  'ask-biller': askBillers,
};

const KINDS = Object.keys(CARRIERS) as Step['do'][];

/** Documents a person looks at first in review mode; money on documents already approved flows by itself. */
const NEEDS_APPROVAL: ReadonlySet<Step['do']> = new Set(['ensure-contact', 'create-invoice', 'update-invoice', 'approve-invoice', 'void-invoice']);

/** The steps of the bill's plan that may be carried out now. */
export function mayCarryOut(context: SyncContext, work: BillWork): Step[] {
  if (work.stopped.length > 0 || context.settings.mode === 'paused') return [];
  const reviewed = work.approved || context.settings.mode === 'automatic';
  return work.plan.steps.filter((step) => reviewed || !NEEDS_APPROVAL.has(step.do));
}

/** Carries out one round: the same kind of step for all bills together, so that one call serves many. */
export async function carryOut(context: SyncContext, works: BillWork[]): Promise<void> {
  for (const kind of KINDS) await carryOutKind(context, kind, works);
}

async function carryOutKind<Kind extends Step['do']>(context: SyncContext, kind: Kind, works: BillWork[]): Promise<void> {
  const isKind = (step: Step): step is Extract<Step, { do: Kind }> => step.do === kind;
  const tasks = works.flatMap((work): Task<Kind>[] => mayCarryOut(context, work).filter(isKind).map((step) => ({ work, step })));
  if (tasks.length > 0) await CARRIERS[kind](context, tasks);
}
