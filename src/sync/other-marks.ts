import { mark, type MarkKind } from '../jobs/mark-kinds.js';
import { PRIORITY, type Mark } from '../store/store.js';
import { billsOfInvoices } from './bills-of.js';
import { catchUp } from './catch-up.js';
import { followContact } from './follow-contact.js';
import { nowOf, type FirmContext } from './firm-context.js';
import { nightly } from './nightly.js';
import { refreshBooks } from './refresh-books.js';
import type { Xero } from '../xero/xero.js';

/** A firm as far as it is connected: Xero may still be missing. */
export interface OpenFirm extends FirmContext {
  xero: Xero | null;
  organisationId: string | null;
  /** Registers and repairs webhooks and custom actions. */
  subscribe: () => Promise<void>;
}

type OtherKind = Exclude<MarkKind, 'bill' | 'send'>;

/** Marks that find out which bills are meant, or keep something besides bills fresh. */
export const OTHER_MARKS: Record<OtherKind, (context: OpenFirm, owed: Mark) => Promise<void>> = {
  subscriptions: (context) => context.subscribe(),
  books: (context) => refreshBooks(context),
  'catch-up': (context, owed) => catchUp(context, { everything: owed.id === 'everything' }),
  nightly: (context) => nightly(context),
  matter: async (context, owed) => markBills(context, owed, await context.clio.billIdsOfMatter(owed.id)),
  contact: async (context, owed) => markBills(context, owed, owed.priority === PRIORITY.person ? await context.clio.billIdsOfClient(owed.id) : await heldBillsOfClient(context, owed.id)),
  task: async (context, owed) => markBills(context, owed, await billsWaitingForTask(context, owed.id)),
  invoice: async (context, owed) => markBills(context, owed, await billsOf(context, [owed.id])),
  payment: async (context, owed) => {
    const payment = context.xero ? await context.xero.payment(owed.id) : null;
    await markBills(context, owed, await billsOf(context, payment ? [payment.invoiceId] : []));
  },
  'xero-contact': async (context, owed) => markBills(context, owed, await followContact(context, owed.id)),
};

async function markBills(context: FirmContext, owed: Mark, ids: string[]): Promise<void> {
  await context.store.marks.want(ids.map((id) => mark(context.firm.id, 'bill', id, owed.priority)), nowOf(context));
}

const billsOf = async (context: OpenFirm, invoiceIds: string[]) => (context.organisationId === null ? [] : billsOfInvoices(context, context.organisationId, invoiceIds));

async function heldBillsOfClient(context: FirmContext, clientId: string): Promise<string[]> {
  const links = await context.store.links.list(context.firm.id, { index: 'client', value: clientId, limit: 1_000 });
  return links.filter((link) => link.kind === 'bill' && link.status === 'needs-you').flatMap((link) => link.clioId ?? []);
}

async function billsWaitingForTask(context: FirmContext, taskId: string): Promise<string[]> {
  const waiting = await context.store.links.list(context.firm.id, { index: 'status', value: 'payment:needs-you', limit: 1_000 });
  return waiting.filter((link) => link.facts['taskId'] === taskId).flatMap((link) => link.billId ?? []);
}
