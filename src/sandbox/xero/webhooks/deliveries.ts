import type { SandboxClock } from '../../clock.js';
import type { XeroSwitches } from '../switches.js';
import { bodyOf, eventJson, signature, type Event, type Subscription } from './events.js';
import { send, type Outcome } from './send.js';

const quarterHour = 15 * 60_000;
const day = 24 * 60 * 60_000;
const keptFor = 31 * day;

export interface Attempt extends Outcome {
  at: number;
}

export interface Delivery {
  id: string;
  clientId: string;
  /** Of the body's events; empty for the intent to receive. */
  categories: string[];
  resourceIds: string[];
  body: string;
  signature: string;
  attempts: Attempt[];
  delivered: boolean;
}

interface Line {
  subscription: Subscription;
  sequence: number;
  waiting: Event[];
  running: Promise<void> | undefined;
}

/**
 * Sends what happened to the apps that asked for it. A failed delivery is tried again at once, then every 15 minutes for
 * 24 hours, then the subscription is disabled; events of up to 31 days follow in order once it is healthy again.
 */
export class Deliveries {
  readonly log: Delivery[] = [];
  private readonly lines = new Map<string, Line>();
  private readonly pauses = new Set<AbortController>();
  private closed = false;
  private inFlight = 0;
  private idle: (() => void)[] = [];
  private count = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly switches: XeroSwitches,
  ) {}

  subscription(clientId: string): Subscription | undefined {
    return this.lines.get(clientId)?.subscription;
  }

  subscribe(clientId: string, subscription: Omit<Subscription, 'status'>): void {
    const before = this.lines.get(clientId);
    const line: Line = before ?? { subscription: { ...subscription, status: 'none' }, sequence: 0, waiting: [], running: undefined };
    line.subscription = { ...subscription, status: subscription.url === '' ? 'none' : 'pending' };
    this.lines.set(clientId, line);
  }

  /** Several bodies without events, some rightly signed and some not: 200 and 401 make the subscription live. */
  async intentToReceive(clientId: string): Promise<{ ok: boolean; attempts: { signedRightly: boolean; outcome: Outcome }[] }> {
    const line = this.lines.get(clientId);
    if (!line || line.subscription.url === '') return { ok: false, attempts: [] };
    line.subscription.status = 'checking';
    const attempts: { signedRightly: boolean; outcome: Outcome }[] = [];
    for (const signedRightly of [false, true, false, true]) {
      const body = bodyOf([], 0, 0);
      const signed = signature(body, signedRightly ? line.subscription.key : `${line.subscription.key} wrong`);
      const outcome = await this.busy(send(this.clock, line.subscription.url, body, signed));
      this.record(clientId, [], body, signed).attempts.push({ ...outcome, at: this.clock.now() });
      attempts.push({ signedRightly, outcome });
    }
    const ok = attempts.every(({ signedRightly, outcome }) => outcome.problem === undefined && outcome.status === (signedRightly ? 200 : 401));
    line.subscription.status = ok ? 'ok' : 'failed';
    if (ok) this.run(clientId, line);
    return { ok, attempts };
  }

  /** A subscription saved before its receiver listened is checked with the first event; Xero's portal checks when it is saved. */
  tell(clientId: string, events: Event[]): void {
    const line = this.lines.get(clientId);
    if (!line || line.subscription.url === '') return;
    const wanted = events.filter((each) => line.subscription.categories.includes(each.change.category));
    if (wanted.length === 0) return;
    if (this.switches.webhookLosses) {
      // Sent, and never arrived: their numbers are used.
      line.sequence += wanted.length;
      return;
    }
    line.waiting.push(...wanted);
    if (line.subscription.status === 'pending') void this.intentToReceive(clientId);
    else this.run(clientId, line);
  }

  /** Sends a body once more, as it was. */
  async redeliver(id: string): Promise<Outcome | undefined> {
    const delivery = this.log.find((each) => each.id === id);
    const subscription = delivery && this.lines.get(delivery.clientId)?.subscription;
    if (!delivery || !subscription) return undefined;
    return this.attempt(subscription, delivery);
  }

  /** Resolves when no delivery is under way; one that waits for its next try is not under way. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (this.inFlight > 0) {
      await new Promise<void>((resolve) => this.idle.push(resolve));
      return this.settled();
    }
  }

  close(): void {
    this.closed = true;
    for (const each of this.pauses) each.abort();
  }

  private async pause(ms: number): Promise<void> {
    const ending = new AbortController();
    this.pauses.add(ending);
    await this.clock.sleep(ms, ending.signal);
    this.pauses.delete(ending);
  }

  private run(clientId: string, line: Line): void {
    if (line.subscription.status !== 'ok' || line.running || this.closed) return;
    line.running = this.drain(clientId, line).finally(() => {
      line.running = undefined;
      if (line.waiting.length > 0) this.run(clientId, line);
    });
  }

  private async drain(clientId: string, line: Line): Promise<void> {
    await this.busy(new Promise((resolve) => setImmediate(resolve)));
    while (line.waiting.length > 0 && line.subscription.status === 'ok' && !this.closed) {
      line.waiting = line.waiting.filter((each) => each.change.at > this.clock.now() - keptFor);
      const events = line.waiting.splice(0, 50);
      const delivered = await this.deliver(clientId, line, events);
      if (!delivered) line.waiting.unshift(...events);
    }
  }

  private async deliver(clientId: string, line: Line, events: Event[]): Promise<boolean> {
    const first = line.sequence + 1 + (this.switches.eventSequence === 'gaps' ? 3 : 0);
    line.sequence = first + events.length - 1;
    const ordered = this.switches.webhookReversed ? [...events].reverse() : events;
    const bodies = ordered.map((each) => eventJson(each, this.switches.eventDateWithZ));
    if (this.switches.unknownCategory) bodies.push({ ...bodies[0], eventCategory: 'SOMETHINGNEW' });
    const body = bodyOf(bodies, first, line.sequence);
    const delivery = this.record(clientId, ordered, body, signature(body, line.subscription.key));
    const started = this.clock.now();
    for (let attempt = 0; !this.closed; attempt += 1) {
      const outcome = await this.attempt(line.subscription, delivery);
      if (isDelivered(outcome)) {
        if (this.switches.webhookDuplicates) await this.attempt(line.subscription, delivery);
        return true;
      }
      if (this.clock.now() - started >= day) {
        line.subscription.status = 'disabled';
        return false;
      }
      if (attempt > 0) await this.pause(quarterHour);
    }
    return false;
  }

  private async attempt(subscription: Subscription, delivery: Delivery): Promise<Outcome> {
    const outcome = await this.busy(send(this.clock, subscription.url, delivery.body, delivery.signature));
    delivery.attempts.push({ ...outcome, at: this.clock.now() });
    delivery.delivered ||= isDelivered(outcome);
    return outcome;
  }

  private record(clientId: string, events: Event[], body: string, signed: string): Delivery {
    this.count += 1;
    const delivery: Delivery = { id: String(this.count), clientId, categories: events.map((each) => each.change.category), resourceIds: events.map((each) => each.change.id), body, signature: signed, attempts: [], delivered: false };
    this.log.push(delivery);
    if (this.log.length > 5_000) this.log.shift();
    return delivery;
  }

  private async busy<T>(work: Promise<T>): Promise<T> {
    this.inFlight += 1;
    try {
      return await work;
    } finally {
      this.inFlight -= 1;
      if (this.inFlight === 0) this.idle.splice(0).forEach((wake) => wake());
    }
  }
}

function isDelivered(outcome: Outcome): boolean {
  return outcome.status === 200 && outcome.problem === undefined;
}
