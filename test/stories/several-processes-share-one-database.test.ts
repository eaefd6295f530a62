import { addToClio, connectXero, setUp, until } from '../../src/demo/acts.js';
import { startWorld, type World } from '../../src/demo/world.js';
import { Visitor } from '../../src/demo/visitor.js';
import { openStore } from '../../src/store/open-store.js';
import { Crew } from '../soak/crew.js';
import { hurriedClock } from '../soak/hurried-clock.js';
import { STORES, tellWhatIsMissing } from '../soak/story-stores.js';
import { acknowledged, verdict } from '../soak/verdict.js';
import { watchedDoor, type Passage, type WatchedDoor } from '../soak/watched-door.js';
import { addClient } from './awkward-bills.js';

const FIRM = 'us:100234';
const SPEED = 2;
const WORKERS = ['worker-1', 'worker-2'] as const;

tellWhatIsMissing();

/** A web and two workers, each a process of its own; each worker reaches the vendors through doors of its own. */
async function company(storeUrl: string) {
  const epoch = Date.now();
  const world = await startWorld({ storeUrl, clock: hurriedClock(SPEED, epoch), clioSeed: 'empty', clioSwitches: { rateLimit: null }, xeroSwitches: { minuteLimit: 10_000 } });
  const heard: { onPassage: (name: string, passage: Passage) => void } = { onPassage: () => undefined };
  const doors = new Map<string, { clio: WatchedDoor; xero: WatchedDoor }>();
  for (const name of WORKERS) {
    const on = (passage: Passage) => heard.onPassage(name, passage);
    doors.set(name, { clio: await watchedDoor(world.clio.url, on), xero: await watchedDoor(world.xero.url, on) });
  }
  const ownEnv = (name: string): Record<string, string> => {
    const own = doors.get(name);
    return own ? { CLIO_US_URL: own.clio.url, XERO_API_URL: own.xero.url } : {};
  };
  const crew = new Crew(world.env, 'test/soak/app-process.ts', [String(SPEED), String(epoch)], ownEnv);
  const store = await openStore(storeUrl);
  await Promise.all([crew.start('web', 'web').ready, ...WORKERS.map((name) => crew.start(name, 'worker').ready)]);
  const passagesOf = (name: string) => [...(doors.get(name)?.clio.passages ?? []), ...(doors.get(name)?.xero.passages ?? [])];
  const close = async () => {
    await crew.end();
    await store.close();
    for (const { clio, xero } of doors.values()) await Promise.all([clio.close(), xero.close()]);
    await world.close();
  };
  return { world, crew, store, heard, passagesOf, close };
}

/** Passages of two workers that were under way at the same time. */
function together(one: Passage[], other: Passage[]): string[] {
  return one.flatMap((left) => other.filter((right) => left.from < (right.to ?? Infinity) && right.from < (left.to ?? Infinity)).map((right) => `${left.method} ${left.path} beside ${right.method} ${right.path}`));
}

function approvedBills(world: World, client: string, count: number): number[] {
  const { clientId, matterId } = addClient(world.clio.control, client);
  return Array.from({ length: count }, (_each, index) => world.clio.control.createBill({ clientId, matterIds: [matterId], number: `${client.slice(0, 1)}-${index + 1}`, lines: [{ price: 100 + index, quantity: 1.5 }], taxRate: 8.25, secondaryTaxRate: 0, state: 'awaiting_payment' }).id);
}

/** Live payments in Xero that came from Clio. */
const carriedPayments = (world: World) => world.xero.control.payments().filter((payment) => payment.status !== 'DELETED' && / C\d+$/.test(payment.reference)).length;

test.each(STORES)('on %s: two workers never work a firm at once, and when one is killed in the middle of a write the other takes over', async (_name, makeStore) => {
  const { storeUrl, remove } = await makeStore();
  const { world, crew, store, heard, passagesOf, close } = await company(storeUrl);
  try {
    const dana = new Visitor();
    const allDone = () => until(async () => (await store.marks.countOwed(FIRM)) === 0, 'all work to be done');
    const bills = approvedBills(world, 'Quayside Freight', 3);
    await addToClio(dana, world);
    await connectXero(dana, world);
    await allDone();
    await setUp(dana, world, { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260' });
    await allDone();

    const killed: string[] = [];
    heard.onPassage = (name, passage) => {
      if (killed.length > 0 || passage.method !== 'PUT' || !passage.path.includes('/Invoices')) return;
      killed.push(name);
      // Else the next of its name may be faster than the one that is left.
      crew.killForGood(name);
    };
    bills.push(...approvedBills(world, 'Millbrook Dairy', 5));
    await until(() => killed.length === 1, 'a worker to be killed at a write');
    const [victim] = killed;
    const survivor = WORKERS.find((name) => name !== victim) ?? '';
    const before = passagesOf(survivor).length;
    const agree = () => bills.every((bill) => world.xero.control.invoices().filter((each) => each.url === `${world.appUrl}/bills/${bill}`).length === 1);
    await until(agree, 'every bill to have its invoice');
    for (const bill of bills.slice(0, 4)) world.clio.control.recordPayment({ billIds: [bill], amount: world.clio.control.bill(bill).sums.balance });
    await until(async () => carriedPayments(world) >= 4 && (await store.marks.countOwed(FIRM)) === 0, 'payments to arrive');
    await allDone();

    expect(await verdict(world, store, FIRM, bills)).toEqual([]);
    expect(acknowledged(world)).toBeGreaterThan(0);
    expect(passagesOf(survivor).length).toBeGreaterThan(before);
    expect(together(passagesOf('worker-1'), passagesOf('worker-2'))).toEqual([]);
    expect(carriedPayments(world)).toBe(4);
  } catch (error) {
    const owed = (await store.marks.owed(FIRM)).map((mark) => `${mark.kind} ${mark.id}: ${mark.lastReason ?? '-'}, not before ${mark.notBefore}`);
    owed.push(...(await store.links.list(FIRM)).filter((link) => link.status !== 'up-to-date').map((link) => `${link.id} ${link.status} ${link.reason ?? ''}`));
    throw new Error([error instanceof Error ? error.message : 'failed', ...owed, ...crew.words()].join('\n'), { cause: error });
  } finally {
    await close();
    await remove();
  }
}, 240_000);
