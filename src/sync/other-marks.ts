import { mark, type MarkKind } from '../jobs/mark-kinds.js';
import { PREVIEW_ID } from '../store/preview-schema.js';
import { PRIORITY, type Mark, type Priority } from '../store/store.js';
import { billOfRecord, billsOfInvoices } from './bills-of.js';
import { catchUp, catchUpXero } from './catch-up.js';
import { catchUpCosts, recheckCosts } from './catch-up-costs.js';
import { compareWithXero } from './compare-with-xero.js';
import { followClients } from './follow-client.js';
import { followContacts } from './follow-contact.js';
import { findLookAlikes } from './find-look-alikes.js';
import { dryRun } from './dry-run.js';
import { nowOf, type FirmContext, type OpenFirm } from './firm-context.js';
import { nightly } from './nightly.js';
import { withNews } from './news.js';
import { previewSettings } from './preview-settings.js';
import { refreshBooks, refreshOrganisation } from './refresh-books.js';
import { refreshPeople } from './refresh-people.js';
import { settleIntents } from './settle-intents.js';

type OtherKind = Exclude<MarkKind, 'bill' | 'send' | 'expense'>;

/** Marks that find out which bills are meant, or keep something besides bills fresh. All marks of one kind come together. */
export const OTHER_MARKS: Record<OtherKind, (context: OpenFirm, owed: Mark[]) => Promise<void>> = {
  subscriptions: (context) => context.subscribe(),
  books: (context) => refreshBooks(context),
  'catch-up': async (context, owed) => {
    await catchUp(context, { everything: owed.some((mark) => mark.id === 'everything') });
    await catchUpCosts(context);
  },
  nightly: async (context) => {
    await nightly(context);
    await compareWithXero(context);
    await recheckCosts(context);
    await followClients(context, 'all');
    await settleIntents(context);
  },
  people: async (context) => {
    await refreshPeople(context);
  },
  'look-alikes': (context) => findLookAlikes(context),
  'dry-run': async (context, owed) => {
    if (owed.some((mark) => mark.id === PREVIEW_ID)) await previewSettings(context);
    if (owed.some((mark) => mark.id !== PREVIEW_ID)) await dryRun(context);
  },
  matter: (context, owed) => markBillsOf(context, owed, (mark) => context.clio.billIdsOfMatter(mark.id)),
  contact: async (context, owed) => {
    await markBillsOf(context, owed, (mark) => (mark.priority === PRIORITY.person ? context.clio.billIdsOfClient(mark.id) : heldBillsOfClient(context, mark.id)));
    await followClients(context, owed.map((mark) => mark.id));
  },
  task: (context, owed) => markBillsOf(context, owed, (mark) => billsWaitingForTask(context, mark.id)),
  invoice: (context, owed) => markBillsOf(context, owed, async (mark) => withNews(context, mark, await billsOf(context, [mark.id]))),
  payment: (context, owed) => markBillsOf(context, owed, async (mark) => withNews(context, mark, await billsOfPayment(context, mark.id))),
  'credit-note': (context, owed) => markBillsOf(context, owed, async (mark) => withNews(context, mark, await billsOfCreditNote(context, mark.id))),
  'xero-contact': async (context, owed) => {
    for (const batch of inBatches(owed, 50)) await markBills(context, PRIORITY.webhook, await followContacts(context, batch));
  },
};

/** What of these marks concerns each further organisation of the firm as well: the rest was done at the first. Xero's ids do not say whose they are. */
export const MARKS_ELSEWHERE: Partial<Record<OtherKind, (context: OpenFirm, owed: Mark[]) => Promise<void>>> = {
  books: (context) => refreshOrganisation(context),
  'catch-up': async (context) => {
    await catchUpXero(context);
    await catchUpCosts(context);
  },
  'dry-run': async (context, owed) => {
    if (owed.some((mark) => mark.id !== PREVIEW_ID)) await dryRun(context);
  },
  nightly: async (context) => {
    await compareWithXero(context);
    await recheckCosts(context);
    await followClients(context, 'all');
    await settleIntents(context);
  },
  contact: (context, owed) => followClients(context, owed.map((mark) => mark.id)),
  invoice: OTHER_MARKS.invoice,
  payment: OTHER_MARKS.payment,
  'credit-note': OTHER_MARKS['credit-note'],
  'xero-contact': OTHER_MARKS['xero-contact'],
};

async function markBillsOf(context: FirmContext, owed: Mark[], billsMeant: (mark: Mark) => Promise<string[]>): Promise<void> {
  for (const mark of owed) await markBills(context, mark.priority, await billsMeant(mark));
}

async function markBills(context: FirmContext, priority: Priority, ids: string[]): Promise<void> {
  await context.store.marks.want(ids.map((id) => mark(context.firm.id, 'bill', id, priority)), nowOf(context));
}

const inBatches = (owed: Mark[], size: number): Mark[][] => Array.from({ length: Math.ceil(owed.length / size) }, (_batch, index) => owed.slice(index * size, (index + 1) * size));

const billsOf = async (context: OpenFirm, invoiceIds: string[]): Promise<string[]> => (context.organisationId === null ? [] : billsOfInvoices(context, context.organisationId, invoiceIds));

/** A payment we know stands on a bill we know; another has to be asked for. */
async function billsOfPayment(context: OpenFirm, paymentId: string): Promise<string[]> {
  const known = await billOfRecord(context, 'payment', paymentId);
  if (known !== null || !context.xero) return known === null ? [] : [known];
  const payment = await context.xero.payment(paymentId);
  return billsOf(context, payment ? [payment.invoiceId] : []);
}

/** Neither the event nor a note somebody else made says which invoices it settles; the list of changed invoices does. */
async function billsOfCreditNote(context: OpenFirm, noteId: string): Promise<string[]> {
  const known = await billOfRecord(context, 'credit', noteId);
  if (known === null) await context.store.marks.want([mark(context.firm.id, 'catch-up', 'all', PRIORITY.webhook)], nowOf(context));
  return known === null ? [] : [known];
}

async function heldBillsOfClient(context: FirmContext, clientId: string): Promise<string[]> {
  const links = await context.store.links.list(context.firm.id, { index: 'client', value: clientId });
  return links.filter((link) => link.kind === 'bill' && link.status === 'needs-you').flatMap((link) => link.clioId ?? []);
}

async function billsWaitingForTask(context: FirmContext, taskId: string): Promise<string[]> {
  const waiting = await context.store.links.list(context.firm.id, { index: 'status', value: 'payment:needs-you' });
  return waiting.filter((link) => link.facts['taskId'] === taskId).flatMap((link) => link.billId ?? []);
}
