import type { Hold, Plan, BillTruth, Step } from '../core/plan.js';
import type { Invoice } from '../core/invoice.js';
import type { LinkRecord } from '../store/records.js';

/** One bill being worked on: what is known, the records it is kept in, and what was decided. */
export interface BillWork {
  truth: BillTruth;
  plan: Plan;
  /** The bill's links by role; `main` always exists. */
  billRecords: LinkRecord[];
  paymentRecords: LinkRecord[];
  creditRecords: LinkRecord[];
  /** A person pressed "Sync with Xero" for it: review mode does not stop it. */
  approved: boolean;
  /** Invoices as Xero answered what was carried out in this round. */
  answered: Invoice[];
  /** What a vendor or a match said no to in this run; ends the run of this bill. */
  stopped: Hold[];
}

export type StepOf<Kind extends Step['do']> = Extract<Step, { do: Kind }>;

/** A step with the bill it belongs to, as carried out together with its like from other bills. */
export interface Task<Kind extends Step['do']> {
  work: BillWork;
  step: StepOf<Kind>;
}

export const mainRecord = (work: BillWork): LinkRecord => {
  const main = work.billRecords.find((record) => record.role === 'main');
  if (!main) throw new Error(`bill ${work.truth.bill.clioId} has no main link`);
  return main;
};
