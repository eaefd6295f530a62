import type { NewBill, NewLine } from '../../src/sandbox/clio/billing.js';
import { mark } from '../../src/jobs/mark-kinds.js';
import { FIRM, type Story } from './story.js';

/** The American firm's organisation. */
export const ORGANISATION = 'Harwood & Lisle LLP';

interface ClientFacts {
  name?: string;
  email?: string | null;
  taxNumber?: string | null;
}

let clients = 0;
let bills = 5_000;

/** A new client of the firm with one matter. */
export function aClient(story: Story, facts: ClientFacts = {}): { clientId: number; matterId: number } {
  clients += 1;
  const { name = `Ashdown Trading ${clients} Ltd`, email = `ap${clients}@ashdown.example`, taxNumber = null } = facts;
  const emails = email === null ? [] : [{ id: clients, name: 'Work', value: email, primary: true }];
  const contact = story.clio.addContact({ type: 'Company', name, firstName: null, lastName: null, isClient: true, emails, phones: [], addresses: [], salesTaxNumber: taxNumber, paymentTermDays: 30, companyId: null });
  return { clientId: contact.id, matterId: aMatter(story, contact.id) };
}

export function aMatter(story: Story, clientId: number): number {
  const number = 700 + story.clio.matters().length;
  return story.clio.addMatter({ number, displayNumber: `${String(number).padStart(5, '0')}-Ashdown`, description: 'Supply agreement', clientId, practiceAreaId: null, responsibleAttorneyId: null, originatingAttorneyId: null, currencyId: 1, status: 'Open', openDate: '2026-01-05', closeDate: null, clientReference: null }).id;
}

type BillFacts = Partial<NewBill> & { client?: { clientId: number; matterId: number } };

/** An approved bill of yesterday unless told otherwise, without tax: 4 hours of time at 250.00. Gives its id. */
export function aBill(story: Story, { client = aClient(story), ...facts }: BillFacts = {}): number {
  const lines: NewLine[] = [{ price: 250, quantity: 4 }];
  bills += 1;
  return story.clio.createBill({ clientId: client.clientId, matterIds: [client.matterId], number: `A-${bills}`, lines, state: 'awaiting_payment', issuedAt: '2026-11-19', taxRate: 0, secondaryTaxRate: 0, ...facts }).id;
}

/** What Tieout says about the bill, and whether both books agree. */
export async function stateOf(story: Story, billId: number) {
  const link = await story.link(billId);
  return { status: link?.status, reason: link?.reason ?? null, holds: await story.holds(billId), differences: story.compare(billId).differences };
}

export const IN_STEP = { status: 'up-to-date', reason: null, holds: [], differences: [] };

/** Presses "Sync with Xero" once more; what that wrote on either side. In step means: nothing. */
export async function writtenAgain(story: Story, billId: number): Promise<string[]> {
  const since = story.exchanges.length;
  await story.person.open(`${story.world.appUrl}/bills/${billId}`);
  await story.person.press('Sync with Xero');
  await story.settle();
  return [...story.writes('xero', since), ...story.writes('clio', since)];
}

/** Answers the bill's open question in the inbox with the button of this text. */
export async function answer(story: Story, billId: number, button: string): Promise<void> {
  const hold = (await story.openHolds(billId)).find((each) => each.choices.some((choice) => choice.label.includes(button)));
  if (!hold) throw new Error(`no question of bill ${billId} offers "${button}": ${JSON.stringify(await story.openHolds(billId))}`);
  await story.person.open(`${story.world.appUrl}/inbox`);
  await story.person.press(button, {}, `article[aria-labelledby="hold-${hold.id}"] form`);
  await story.settle();
}

/** Saves the settings page with these fields changed. */
export async function changeSettings(story: Story, fields: Record<string, string>): Promise<void> {
  await story.person.open(`${story.world.appUrl}/settings`);
  await story.person.press('Save settings', fields);
  if (story.person.url.pathname === '/settings/preview') {
    await story.settle();
    await story.person.open(`${story.world.appUrl}/settings/preview`);
    await story.person.press('Save these settings');
  }
  await story.settle();
}

/** Lines of the bill's live invoices as "code: net + tax", in order. */
export function postings(story: Story, billId: number): string[] {
  const accounts = story.xero.accounts(ORGANISATION);
  return story.invoicesOf(billId).flatMap((invoice) => invoice.lines.map((line) => `${accounts.find((account) => account.id === line.accountId)?.code ?? '?'}: ${line.lineAmount} + ${line.taxAmount}`));
}

/** What was done about the bill and noted, by kind of event; in the order of the alphabet, as time stands still within a story's moment. */
export async function happened(story: Story, billId: number): Promise<string[]> {
  const lines = await story.store.activity.list(FIRM, { index: 'bill', value: String(billId), limit: 1_000 });
  return lines.map((line) => line.what).sort();
}

/** The organisation's books are read again, as every six hours, or within an hour while a bill waits for them. */
export async function readBooks(story: Story): Promise<void> {
  await story.store.marks.want([mark(FIRM, 'books', 'all')], new Date(story.clock.now()).toISOString());
  await story.settle();
}

/** All invoices that ever carried the bill's link, with their numbers without the bill's own. */
export const everyInvoice = (story: Story, bill: number): string[] =>
  story.xero.invoices().filter((invoice) => invoice.url === `${story.world.appUrl}/bills/${bill}`).map((invoice) => `${invoice.number.replace(story.clio.bill(bill).number, '#')} ${invoice.status}`);
