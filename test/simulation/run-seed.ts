import { isMarkKind, mark } from '../../src/jobs/mark-kinds.js';
import { PRIORITY } from '../../src/store/store.js';
import { books, settings } from '../core/law-firm.js';
import { ClioVendor } from './clio-vendor.js';
import { judgeEnd } from './judge-end.js';
import { memoryStore } from './memory-store.js';
import { Oracle } from './oracle.js';
import { People } from './people.js';
import { FIRM, ORGANISATION, Process, type Mutant } from './process.js';
import { drawProfile, type Fault, type Profile } from './profile.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';
import { START, World } from './world.js';
import { XeroVendor } from './xero-vendor.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface SeedResult {
  seed: number;
  profile: Profile;
  violations: string[];
  events: number;
  virtualHours: number;
  injected: Map<Fault, number>;
  calls: Map<string, number>;
  writes: number;
  bills: number;
  /** Worked out when asked for: few stories are ever read. */
  history: () => string[];
  hash: () => string;
}

/** One seed's story: a firm is set up, people and faults have an hour or two, then the faults end and everything must come to rest. */
export async function runSeed(seed: number, mutant: Mutant = {}): Promise<SeedResult> {
  const random = new Random(seed);
  const profile = drawProfile(random.fork());
  const world = new World(seed, profile, new Scheduler(START, random.fork()), random.fork());
  const store = memoryStore(() => world.now);
  const logged: string[] = [];
  const processes: Process[] = [];
  const oracle: Oracle = new Oracle(world, store, () => clio, () => xero, () => processes);
  const notices = noticesInto(world, store);
  const clio: ClioVendor = new ClioVendor(world, notices);
  const xero: XeroVendor = new XeroVendor(world, {
    sending: (life, name, key, body) => oracle.sending(life, name, key, body),
    creatingInvoice: (request) => oracle.creatingInvoice(request),
    receiptsOf: (request) => oracle.receiptsOf(request),
    paymentCreated: (payment) => oracle.paymentCreated(payment),
  });
  clio.moneyBehind = (billId) => xero.books.livePayments().filter((payment) => xero.books.invoices.get(payment.invoiceId)?.now.url?.endsWith(`/${billId}`)).flatMap((payment) => payment.receipts);
  const people = new People(world, store, clio, xero, oracle);
  people.onXeroChange = (id) => notices('invoice', id);
  if (profile.unknowns.noticesOfOwnWrites) xero.books.onKeep = (id) => notices('invoice', id);

  await store.firms.insert({ firm: '*', id: FIRM, region: 'eu', clioAccountId: '100234', name: 'Whitlock & Hale', timeZone: 'Europe/London', installedAt: world.iso(), people: {} });
  await store.settings.insert({ firm: FIRM, id: '000001', body: settings, by: 'set-up', at: world.iso(), note: null });
  await store.books.insert({ firm: FIRM, id: ORGANISATION, body: { ...books, readAt: world.iso() }, at: world.iso() });

  let born = 0;
  const startProcess = (): void => {
    const process = new Process({ world, store, clio, xero, mutant, log: (line) => logged.push(line) }, `w${(born += 1)}`, (crashed) => {
      world.tell(crashed.name, 'CRASH');
      world.scheduler.after(world.random.int(500, 4 * MINUTE), null, startProcess);
    });
    processes.push(process);
    process.start();
  };
  store.marks.onChange = () => {
    for (const process of processes) if (!process.life.dead) process.marksChanged();
  };
  const stop = (): boolean => world.violations.length > 0;
  for (let index = 0; index < profile.processes; index += 1) startProcess();
  people.issueBill();

  const chaos = random.int(30, 100) * MINUTE;
  for (let act = 0; act < profile.acts; act += 1) world.scheduler.after(random.int(1_000, chaos), null, () => people.act());
  let going = await world.scheduler.runUntil(START + chaos, stop);
  oracle.look();

  world.faultsOn = false;
  world.tell('world', 'faults end');
  for (const process of processes) process.life.frozenUntil = 0;
  people.reconnect('clio');
  people.reconnect('xero');
  if (going) going = await world.scheduler.runUntil(world.now + 40 * MINUTE, stop);
  // Twice more, the second time after everything that is due once a day.
  world.looksEvery = [12 * HOUR, 12 * HOUR + 10 * MINUTE];
  if (going) going = await world.scheduler.runUntil(world.now + 27 * HOUR, stop);
  oracle.look();
  if (going) {
    judgeEnd(world, store, clio, xero, oracle, logged);
    const before = world.writes;
    await store.marks.want([mark(FIRM, 'catch-up', 'everything', PRIORITY.person)], world.iso());
    await world.scheduler.runUntil(world.now + 20 * MINUTE, stop);
    if (world.writes !== before) world.violated(19, `${world.writes - before} writes after everything had come to rest`);
  }
  return { seed, profile, violations: world.violations, history: () => world.history(), hash: () => world.hash(), events: world.scheduler.events, virtualHours: (world.now - START) / HOUR, injected: world.injected, calls: world.calls, writes: world.writes, bills: clio.bills.size };
}

/** Webhooks as they reach the store: lost, doubled, late. */
function noticesInto(world: World, store: ReturnType<typeof memoryStore>): (kind: string, id: string) => void {
  return (kind, id) => {
    if (!isMarkKind(kind) || world.strikes('notice lost')) return;
    const times = world.strikes('notice doubled') ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const delay = world.strikes('notice late') ? world.random.int(MINUTE, 30 * MINUTE) : world.random.int(100, 3_000);
      world.scheduler.after(delay, null, () => void store.marks.want([mark(FIRM, kind, id)], world.iso()));
    }
  };
}
