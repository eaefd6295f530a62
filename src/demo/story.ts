import type { App } from '../app.js';
import { isReason, sentence } from '../core/reasons.js';
import { addToClio, approveInClio, connectXero, openFromMatter, payInClio, payInXero, pressSync, pressSyncAll, setUp, syncBillsOfClient, until } from './acts.js';
import { compare, doubledPayments, type Compared } from './compare.js';
import { Visitor } from './visitor.js';
import type { World } from './world.js';

/** Awkward bills of the seed, by what is awkward about them. */
const AWKWARD = [
  'One tax, one line of time',
  'Two taxes, each on the net',
  'Two taxes, the second on the first',
  'No tax at all',
  'Hard and soft costs beside time',
  'Ten per cent off a line',
  'Five per cent off the bill',
  'Two matters on one bill',
  'In a foreign currency',
  'A rate of many decimals',
  'With a negative line',
  'Ties: half a cent on each line',
  'Number that is not a number',
  'Sixty lines',
];

export interface StoryResult {
  rows: Compared[];
  /** What went wrong, in words; empty when all is well. */
  problems: string[];
}

/** The main job from installation to both payments, over HTTP, as people would do it. `tell` hears each chapter. */
export async function tellStory(world: World, app: App, tell: (line: string) => void): Promise<StoryResult> {
  const { clio, xero } = world;
  const dana = new Visitor();
  const firm = 'us:100234';
  const settled = () => settledWith(world, app, firm);
  const bills = AWKWARD.map((subject) => billAbout(world, subject));
  const [first, second] = bills;
  if (first === undefined || second === undefined) throw new Error('the seed has no bills');
  const problems: string[] = [];

  tell('Add to Clio, from the App Directory');
  await addToClio(dana, world);
  tell('Connect Xero');
  await connectXero(dana, world);
  await settled();
  tell('Confirm the proposed accounts, taxes and banks');
  await setUp(dana, world, { mode: 'review', startOn: '2020-01-01', 'income.softCostAccount': '260' });
  await settled();

  tell('Open Tieout from a matter in Clio, and press "Sync with Xero" on all bills');
  await openFromMatter(dana, world, clio.control.bill(first).matterIds[0] ?? 0);
  await pressSyncAll(dana, world);
  await settled();
  tell('Press it again, for the bills of one client and for a single bill');
  const before = written(world);
  await syncBillsOfClient(dana, world, clio.control.bill(first).clientId);
  await pressSync(dana, world, first);
  await settled();
  if (written(world) !== before) problems.push('pressing again wrote to Xero again');

  tell('Switch to automatic; approve a draft in Clio');
  await dana.open(`${world.appUrl}/settings`);
  await dana.press('Save settings', { mode: 'automatic' });
  const draft = billAbout(world, 'Draft with costs');
  await approveInClio(dana, world, draft);
  await settled();

  tell('Record a payment in Clio, another in Xero');
  await payInClio(dana, world, first);
  await settled();
  await payInXero(dana, world, invoiceOf(world, second).id, shortCodeOf(world));
  await settled();
  await until(() => clio.control.bill(second).state === 'paid', 'the bill paid in Xero to be paid in Clio');

  tell('Deliver the same webhooks twice');
  const writes = written(world);
  const fromClio = clio.control.deliveries().filter((each) => each.kind === 'event').at(-1);
  const fromXero = xero.control.deliveries().at(-1);
  if (!fromClio || !fromXero) problems.push('a webhook is missing');
  if (fromClio) await clio.control.redeliver(fromClio.id);
  if (fromXero) await xero.control.redeliver(fromXero.id);
  await settled();
  if (written(world) !== writes) problems.push('a repeated webhook wrote to Xero again');

  const rows = [...bills, draft].map((bill) => compare(world, bill));
  for (const row of rows.filter((each) => each.differences.length > 0)) problems.push(`bill ${row.number} (${row.what}): ${row.differences.join(', ')}; ${await saidOf(app, firm, row.billId)}`);
  problems.push(...doubledPayments(world).map((reference) => `payment ${reference} is there twice`));
  if (clio.control.bill(first).state !== 'paid') problems.push('the bill paid in Clio is not paid');
  if (compare(world, first).xero?.state !== 'PAID') problems.push('the payment recorded in Clio did not reach Xero');
  if (xero.control.payments().some((payment) => payment.status !== 'DELETED' && payment.target.id === invoiceOf(world, second).id && / C\d+$/.test(payment.reference))) problems.push('the payment recorded in Xero came back as an echo');
  problems.push(...(await silentSkips(app, firm)));
  return { rows, problems };
}

const shortCodeOf = (world: World) => world.xero.control.organisations()[0]?.shortCode ?? '';

function billAbout(world: World, subject: string): number {
  const bill = world.clio.control.bills().find((each) => each.subject === subject);
  if (!bill) throw new Error(`the seed has no bill "${subject}"`);
  return bill.id;
}

function invoiceOf(world: World, billId: number) {
  const invoice = world.xero.control.invoices().find((each) => each.url === `${world.appUrl}/bills/${billId}`);
  if (!invoice) throw new Error(`bill ${billId} has no invoice in Xero`);
  return invoice;
}

/** Documents and payments in Xero's books. */
const written = (world: World) => world.xero.control.invoices().length + world.xero.control.payments().length + world.xero.control.contacts().length;

/** Until no notice is under way and nothing is owed. */
async function settledWith(world: World, app: App, firm: string): Promise<void> {
  const quiet = async () => {
    await Promise.all([world.clio.control.settled(), world.xero.control.settled()]);
    return (await app.store.marks.countOwed(firm)) === 0;
  };
  try {
    await until(async () => (await quiet()) && (await quiet()), 'all work to be done');
  } catch (error) {
    const owed = (await app.store.marks.owed(firm)).map((mark) => `${mark.kind} ${mark.id}: ${mark.lastReason ?? 'no reason yet'}, tried ${mark.attempts} times, again ${mark.notBefore}`);
    throw new Error(`still owed: ${owed.join('; ')}`, { cause: error });
  }
}

/** What Tieout itself says about a bill and its payments. */
async function saidOf(app: App, firm: string, billId: number): Promise<string> {
  const link = await app.store.links.get(firm, `bill:${billId}:main`);
  const holds = await app.store.holds.list(firm, { index: 'bill', value: String(billId) });
  const words = holds.filter((hold) => hold.open).map((hold) => (isReason(hold.reason) ? sentence(hold.reason, hold.facts) : hold.reason));
  return `Tieout says: ${[link?.status ?? 'unknown', ...words].join(' · ')}`;
}

/** Every bill Tieout knows is up to date, or says why not. */
async function silentSkips(app: App, firm: string): Promise<string[]> {
  const links = await app.store.links.list(firm, { index: 'kind', value: 'bill', limit: 1_000 });
  return links.filter((link) => link.reason === null && link.status !== 'up-to-date' && link.status !== 'ready-for-review').map((link) => `bill ${link.shown?.number ?? link.id} is ${link.status} without a reason`);
}
