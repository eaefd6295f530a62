import type { App } from '../../src/app.js';
import { addToClio, connectXero, setUp } from '../../src/demo/acts.js';
import { compare, doubledPayments, type Compared } from '../../src/demo/compare.js';
import { startTieout, startWorld, temporaryStore, type World, type WorldOptions } from '../../src/demo/world.js';
import { Visitor } from '../../src/demo/visitor.js';
import type { Exchange } from '../../src/sandbox/exchange.js';
import type { HoldRecord, LinkRecord } from '../../src/store/records.js';
import { PRIORITY, type Mark, type Store } from '../../src/store/store.js';
import { createRecorder } from '../conformance/recorder.js';
import { VirtualClock } from '../virtual-clock.js';
import { pass, quiet, realPause, settle, type Stage } from './settle.js';
import { setUpOnce } from './walked-set-up.js';

/** The firm both sandboxes' demo people work for. */
export const FIRM = 'us:100234';

const MINUTE = 60_000;
const TICK_MS = 10;
const OPEN: Story[] = [];

export type StoryOptions = Pick<WorldOptions, 'clioSwitches' | 'xeroSwitches' | 'clioSeed'> & {
  /** Address of a mail server on this machine; without one nobody is told by mail. */
  mailServer?: string;
};

/**
 * Tieout between a simulated Clio and a simulated Xero, all in this process and in one virtual time. People act through pages
 * (`person`) or through the sandboxes' controls; `settle` lets everything happen that is owed. What is looked at are the five
 * outcomes: replies, stored state, outgoing calls, marks, activity lines.
 */
export class Story {
  readonly person = new Visitor();

  private constructor(
    readonly world: World,
    private running: App,
    readonly clock: VirtualClock,
    readonly exchanges: Exchange[],
    private readonly removeStore: () => Promise<void>,
  ) {}

  /** Nothing is installed yet. Clio starts without bills unless `clioSeed` says otherwise. */
  static async begin({ mailServer, ...options }: StoryOptions = {}): Promise<Story> {
    const clock = new VirtualClock();
    const { observe, exchanges } = createRecorder();
    const { storeUrl, remove } = await temporaryStore();
    const world = await startWorld({ storeUrl, clock, observe, clioSeed: 'empty', ...options, clioSwitches: { rateLimit: null, ...options.clioSwitches } });
    if (mailServer !== undefined) Object.assign(world.env, { SMTP_URL: mailServer, MAIL_FROM: 'Tieout <tieout@tieout.example>' });
    const { app } = await startTieout(world, clock);
    const story = new Story(world, app, clock, exchanges, remove);
    OPEN.push(story);
    return story;
  }

  get app(): App {
    return this.running;
  }

  /** The app is off, for as long as the vendors and people go on without it. */
  async off(ms: number): Promise<void> {
    await this.running.stop();
    await this.clock.advance(ms);
  }

  /** The app is on again, on the store it left. */
  async on(): Promise<void> {
    this.running = (await startTieout(this.world, this.clock)).app;
  }

  get clio(): World['clio']['control'] {
    return this.world.clio.control;
  }

  get xero(): World['xero']['control'] {
    return this.world.xero.control;
  }

  get store(): Store {
    return this.app.store;
  }

  /** Until nothing is owed and nothing is under way; what was put off is waited for, in virtual time. */
  settle(withinMs = 60 * MINUTE): Promise<void> {
    return settle(this.stage, withinMs);
  }

  /** Until nothing is due at this moment; what was put off stays put off. */
  quiet(): Promise<void> {
    return quiet(this.stage);
  }

  /** Lets time go by, with everything that falls due in it. */
  pass(ms: number): Promise<void> {
    return pass(this.stage, ms);
  }

  /** The round that finds what nobody announced, as the schedule asks for it every five minutes. */
  async sweep(): Promise<void> {
    await this.store.marks.want([{ firm: FIRM, kind: 'catch-up', id: 'all', priority: PRIORITY.sweep }], new Date(this.clock.now()).toISOString());
    await this.settle();
  }

  /** Time runs by itself, some fifty times as fast as real time, for acts that wait by themselves. Gives the way to stop it. */
  letTimeRun(): () => Promise<void> {
    let running = true;
    const run = async () => {
      while (running) {
        await realPause(TICK_MS);
        await this.clock.advance(TICK_MS * 50);
      }
    };
    const ended = run();
    return async () => {
      running = false;
      await ended;
    };
  }

  /** Added to Clio, connected to Xero and set up through the pages; automatic unless `choices` say otherwise. */
  async ready(choices: Record<string, string> = {}): Promise<void> {
    await addToClio(this.person, this.world);
    await this.settle();
    await connectXero(this.person, this.world);
    await this.settle();
    const chosen = { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260', ...choices };
    await setUpOnce({ store: this.store, clock: this.clock, firm: FIRM }, chosen, () => setUp(this.person, this.world, chosen));
    await this.settle();
  }

  /** Both sides' books about one bill, from the vendors' own records. */
  compare(billId: number): Compared {
    return compare(this.world, billId);
  }

  /** References that stand on more than one live payment in Xero. */
  doubledPayments(): string[] {
    return doubledPayments(this.world);
  }

  /** The bill's live invoices in Xero, found by the link back that each carries. */
  invoicesOf(billId: number) {
    return this.xero.invoices().filter((each) => each.url === `${this.world.appUrl}/bills/${billId}` && each.status !== 'VOIDED' && each.status !== 'DELETED');
  }

  /** The bill's one live invoice. */
  invoiceOf(billId: number) {
    const [invoice, ...others] = this.invoicesOf(billId);
    if (!invoice || others.length > 0) throw new Error(`bill ${billId} has ${others.length + (invoice ? 1 : 0)} live invoices`);
    return invoice;
  }

  /** Payments that stand on an invoice. */
  paymentsOn(invoiceId: string) {
    return this.xero.payments().filter((each) => each.target.id === invoiceId && each.status !== 'DELETED');
  }

  async link(billId: number): Promise<LinkRecord | undefined> {
    return this.store.links.get(FIRM, `bill:${billId}:main`);
  }

  links(): Promise<LinkRecord[]> {
    return this.store.links.list(FIRM, { limit: 10_000 });
  }

  /** Reasons of the open holds, of one bill or of all. */
  async holds(billId?: number): Promise<string[]> {
    return (await this.openHolds(billId)).map((hold) => hold.reason).sort();
  }

  async openHolds(billId?: number): Promise<HoldRecord[]> {
    const holds = await this.store.holds.list(FIRM, { ...(billId === undefined ? {} : { index: 'bill' as const, value: String(billId) }), limit: 10_000 });
    return holds.filter((hold) => hold.open);
  }

  marks(): Promise<Mark[]> {
    return this.store.marks.owed(FIRM);
  }

  /** Lines of the account of what was done, oldest first, as `what`. */
  async activity(): Promise<string[]> {
    return (await this.store.activity.list(FIRM, { limit: 10_000 })).sort((a, b) => a.id.localeCompare(b.id)).map((line) => line.what);
  }

  /** Calls that could change something in a vendor's records, since `since` exchanges: `PUT /api.xro/2.0/Invoices`. Renewing a token changes none. */
  writes(vendor: Exchange['vendor'], since = 0): string[] {
    return this.exchanges.slice(since).filter((each) => each.vendor === vendor && each.method !== 'GET' && !each.path.endsWith('/token')).map((each) => `${each.method} ${each.path}`);
  }

  async end(): Promise<void> {
    await this.running.stop();
    await this.world.close();
    await this.removeStore();
  }

  private get stage(): Stage {
    return { app: this.app, world: this.world, clock: this.clock, firm: FIRM, exchanged: () => this.exchanges.length };
  }
}

/** For `afterEach`: ends every story a test began, also when it failed. */
export async function endStories(): Promise<void> {
  for (const story of OPEN.splice(0)) await story.end();
}
