import { addToClio, connectXero, pressSync, setUp } from '../../src/demo/acts.js';
import { compare, doubledPayments } from '../../src/demo/compare.js';
import { startWorld, temporaryStore, type World } from '../../src/demo/world.js';
import { Visitor } from '../../src/demo/visitor.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { addAwkwardBills, addBill, addClient } from './awkward-bills.js';
import { JumpingClock } from './jumping-clock.js';
import { despite, KilledApp, until } from './killed-app.js';
import { seeded } from './seeded.js';

const FIRM = 'us:100234';
const KILLS = 20;
const seed = Number(process.env.STORY_SEED ?? 20261120);

test(`the main job, while the app is killed ${KILLS} times (STORY_SEED=${seed})`, async () => {
  const { storeUrl, remove } = await temporaryStore();
  const random = seeded(seed);
  const killing: { app: KilledApp | null } = { app: null };
  const clock = new JumpingClock();
  const world = await startWorld({
    storeUrl, clock, clioSeed: 'empty', observe: (exchange) => killing.app?.heard(exchange),
    clioSwitches: { rateLimit: 10_000, webhookRetries: 9, webhookRetryBaseMs: 200 }, xeroSwitches: { minuteLimit: 10_000 },
  });
  const bills = makeBills(world);
  const app = (killing.app = new KilledApp(world, clock, KILLS, random));
  const store = await openStore(storeUrl);
  app.start();
  try {
    await tell(world, app, store, bills).catch(async (error: unknown) => {
      throw new Error([error instanceof Error ? error.message : 'failed', ...(await stateWords(store)), app.said].join('\n'));
    });
    await until(app, () => atRest(world, store), 'all work to be done');
    expect(doneWithoutSweep(world, bills)).toEqual([]);

    // What Xero or Clio could not deliver while the app was dead is what the sweep is for.
    await store.marks.want([{ firm: FIRM, kind: 'catch-up', id: 'all', priority: 0 }], new Date(clock.now()).toISOString());
    await until(app, () => atRest(world, store), 'the sweep to be done');

    const rows = bills.map((bill) => compare(world, bill));
    expect(rows.filter((row) => row.differences.length > 0)).toEqual([]);
    expect(bills.map((bill) => invoicesEver(world, bill))).toEqual(bills.map(() => 1));
    expect(doubledPayments(world)).toEqual([]);
    expect(paymentsPerSide(world, bills)).toEqual(bills.map((bill) => ({ bill, clio: bills.indexOf(bill) < 4 ? 1 : 0, xero: bills.indexOf(bill) < 4 ? 1 : 0 })));
    expect(doubledContacts(world)).toEqual([]);
    expect(await store.marks.countOwed(FIRM)).toBe(0);
    expect(await openIntents(store)).toEqual([]);
    expect(app.kills).toBe(KILLS);
    console.info(`killed ${app.kills} times, ${app.killsAtWrites} of them right at a write; ${world.clio.control.countRequests()} calls to Clio, ${world.xero.control.calls().length} to Xero`);
  } finally {
    await app.stop();
    await store.close();
    await world.close();
    await remove();
  }
}, 480_000);

function makeBills(world: World): number[] {
  const clio = world.clio.control;
  const other = addClient(clio, 'Lantern Street Bakery');
  const more = [1, 2, 3, 4].map((hours) => addBill(clio, other, { lines: [{ price: 275.5, quantity: hours }] }));
  return [...Object.values(addAwkwardBills(clio)), ...more];
}

/** Install, connect, set up, send every bill, pay two on each side: each act is repeated until it has worked. */
async function tell(world: World, app: KilledApp, store: Store, bills: number[]): Promise<void> {
  const dana = new Visitor();
  const connected = async (side: string) => (await store.connections.list(FIRM)).some((each) => each.side === side && each.state === 'live');
  const isSetUp = async () => (await store.settings.list(FIRM)).length > 0;
  await despite(app, 'adding to Clio', () => addToClio(dana, world), () => connected('clio'));
  await despite(app, 'connecting Xero', () => connectXero(dana, world), () => connected('xero'));
  await despite(app, 'set-up', () => setUp(dana, world, { mode: 'review', startOn: '2020-01-01', 'income.softCostAccount': '260' }), isSetUp);
  for (const bill of bills) await despite(app, `sync of ${bill}`, () => pressSync(dana, world, bill), () => hasInvoiceOrMark(world, store, bill));
  await until(app, () => bills.every((bill) => invoicesEver(world, bill) > 0), 'every bill to have its invoice');

  const [first, second, third, fourth] = bills;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('too few bills');
  for (const bill of [first, second]) world.clio.control.recordPayment({ billIds: [bill], amount: world.clio.control.bill(bill).sums.balance });
  for (const bill of [third, fourth]) world.xero.control.recordPayment({ invoiceId: invoiceId(world, bill) });
  // Whatever kills are left fall while people go on pressing the button: nothing may come of that.
  for (let presses = 0; app.kills < KILLS && presses < 200; presses += 1) {
    await despite(app, 'another press', () => pressSync(dana, world, bills[presses % bills.length] ?? first), once());
    await until(app, () => atRest(world, store), 'the work of a press');
  }
}

/** Pressing again is harmless, so an act counts as done when it went through once. */
function once(): () => Promise<boolean> {
  let asked = 0;
  return () => Promise.resolve((asked += 1) > 1);
}

async function hasInvoiceOrMark(world: World, store: Store, bill: number): Promise<boolean> {
  const owed = await store.marks.owed(FIRM);
  return invoicesEver(world, bill) > 0 || owed.some((mark) => mark.kind === 'send' && mark.id === String(bill));
}

const ours = (world: World, bill: number) => world.xero.control.invoices().filter((each) => each.url === `${world.appUrl}/bills/${bill}`);
const invoicesEver = (world: World, bill: number) => ours(world, bill).length;
const invoiceId = (world: World, bill: number) => ours(world, bill)[0]?.id ?? '';

async function atRest(world: World, store: Store): Promise<boolean> {
  const quiet = async () => {
    await Promise.all([world.clio.control.settled(), world.xero.control.settled()]);
    return (await store.marks.countOwed(FIRM)) === 0 && (await store.leases.holder(FIRM)) === undefined;
  };
  return (await quiet()) && (await quiet());
}

/** Bills that still differ although every notice about them was acknowledged: an acknowledged notice must have had its effect. */
function doneWithoutSweep(world: World, bills: number[]): string[] {
  const { clio, xero } = world;
  return bills.filter((bill) => {
    const fromClio = clio.control.deliveries().filter((each) => each.recordId === bill);
    const fromXero = xero.control.deliveries().filter((each) => each.resourceIds.includes(invoiceId(world, bill)));
    const heard = fromClio.every((each) => each.state === 'delivered') && fromXero.every((each) => each.delivered);
    return heard && compare(world, bill).differences.length > 0;
  }).map((bill) => `bill ${bill}: ${compare(world, bill).differences.join(', ')}`);
}

function paymentsPerSide(world: World, bills: number[]) {
  return bills.map((bill) => ({
    bill,
    clio: world.clio.control.allocations(bill).filter((each) => each.voidedAt === null).length,
    xero: world.xero.control.payments().filter((each) => each.target.id === invoiceId(world, bill) && each.status !== 'DELETED').length,
  }));
}

/** Clients that became more than one contact. */
function doubledContacts(world: World): string[] {
  const numbers = world.xero.control.contacts().flatMap((each) => each.contactNumber ?? []);
  return numbers.filter((number, index) => numbers.indexOf(number) !== index);
}

async function stateWords(store: Store): Promise<string[]> {
  const owed = (await store.marks.owed(FIRM)).map((mark) => `${mark.kind} ${mark.id}: ${mark.lastReason ?? '-'}, again ${mark.notBefore}`);
  const links = (await store.links.list(FIRM, { limit: 1_000 })).map((link) => `${link.id}: ${link.status} ${link.reason ?? ''} ${link.xeroId ?? 'no Xero id'} ${link.intent?.state ?? ''}`);
  return [...owed, ...links, ...(await store.activity.list(FIRM, { limit: 1_000 })).map((line) => `${line.at} ${line.what} ${line.billId ?? ''} ${line.text}`)];
}

const openIntents = async (store: Store): Promise<string[]> => (await store.links.list(FIRM, { index: 'intent', value: 'open', limit: 100 })).map((link) => link.id);
