import { aBill, aClient } from '../stories/practice.js';
import { Story } from '../stories/story.js';
import { percentile } from './beside-a-flood.js';

/**
 * What Tieout asks of Xero, which sells calls by the day: counted at the simulated Xero, in virtual time, so that the machine's speed does not
 * matter. A firm's bills of before, and one day of it.
 */
export const BACKFILL = { clients: 100, bills: 500, payments: 400 };
/** Approved, paid (half on either side), and edited in Clio so that the invoice changes. */
export const DAY = { clients: 15, bills: 50, payments: 40, edits: 60 };
const AT_ONCE = 50;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Backfill {
  calls: number;
  /** One call for fifty of what is written. */
  fewest: number;
  /** Answers that were a 429. */
  refused: number;
}

/** From the moment set-up begins until nothing is owed. Throws when a bill differs then. */
export async function backfill(): Promise<Backfill> {
  const story = await Story.begin();
  try {
    const clients = Array.from({ length: BACKFILL.clients }, () => aClient(story));
    const bills = Array.from({ length: BACKFILL.bills }, (_each, index) => aBill(story, { client: clients[index % clients.length] }));
    for (const bill of bills.slice(0, BACKFILL.payments)) story.clio.recordPayment({ billIds: [bill], amount: 40_000 });
    await story.ready();
    await story.settle(24 * HOUR);
    mustAgree(story, bills);
    const fewest = Object.values(BACKFILL).reduce((sum, count) => sum + Math.ceil(count / AT_ONCE), 0);
    return { calls: calls(story).length, fewest, refused: calls(story).filter(({ status }) => status === 429).length };
  } finally {
    await story.end();
  }
}

export interface Day {
  calls: number;
  /** From a bill's approval in Clio until nothing is owed, 95 of 100, in virtual seconds. */
  p95Seconds: number;
}

/** Ten hours of work and the night after it, while notices arrive. Throws when a bill differs at its end. */
export async function workingDay(): Promise<Day> {
  const story = await Story.begin();
  try {
    await story.ready();
    await story.pass(5 * MINUTE);
    const clients = Array.from({ length: DAY.clients }, () => aClient(story));
    await story.settle();
    const before = calls(story).length;
    const began = story.clock.now();
    const firm = new Firm(story, clients);
    for (const { at, act } of evenlyOver(10 * HOUR, { bill: DAY.bills, payment: DAY.payments, edit: DAY.edits })) {
      await story.pass(Math.max(0, began + at - story.clock.now()));
      await firm[act]();
    }
    await story.pass(began + 24 * HOUR - story.clock.now());
    await story.settle();
    mustAgree(story, firm.bills);
    return { calls: calls(story).length - before, p95Seconds: percentile(firm.took, 0.95) };
  } finally {
    await story.end();
  }
}

/** The people of a firm and of its accountant, one act at a time. */
class Firm {
  readonly bills: number[] = [];
  readonly took: number[] = [];
  private paid = 0;

  constructor(private readonly story: Story, private readonly clients: ReturnType<typeof aClient>[]) {}

  async bill(): Promise<void> {
    const at = this.story.clock.now();
    this.bills.push(aBill(this.story, { client: this.clients[this.bills.length % this.clients.length] }));
    await this.story.settle();
    this.took.push((this.story.clock.now() - at) / 1_000);
  }

  /** The oldest bill that is open, by turns in Clio and in Xero. */
  async payment(): Promise<void> {
    const bill = this.bills[this.paid];
    if (bill === undefined) return;
    this.paid += 1;
    if (this.paid % 2 === 0) this.story.clio.recordPayment({ billIds: [bill], amount: this.story.clio.bill(bill).sums.balance });
    else this.story.xero.recordPayment({ invoiceId: this.story.invoiceOf(bill).id });
    await this.story.settle();
  }

  /** The newest bill; Clio lets nobody change one that is paid. */
  async edit(): Promise<void> {
    const bill = this.bills.at(-1);
    if (bill === undefined || this.bills.length === this.paid) return;
    this.story.clio.editLine(this.story.clio.bill(bill).lines[0]?.id ?? 0, { price: 100 + (this.story.clock.now() % 900_000) / 1_000 });
    await this.story.settle();
  }
}

function evenlyOver<Act extends string>(ms: number, counts: Record<Act, number>): { at: number; act: Act }[] {
  const acts: { at: number; act: Act }[] = [];
  for (const act in counts) for (let index = 0; index < counts[act]; index += 1) acts.push({ at: ((index + 0.5) * ms) / counts[act], act });
  return acts.sort((left, right) => left.at - right.at);
}

function mustAgree(story: Story, bills: number[]): void {
  const differ = bills.filter((bill) => story.compare(bill).differences.length > 0);
  if (differ.length > 0) throw new Error(`${differ.length} of ${bills.length} bills differ`);
}

const calls = (story: Story) => story.xero.calls({ path: /api\.xro/ });
