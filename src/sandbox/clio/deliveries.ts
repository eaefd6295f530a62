import { createHmac } from 'node:crypto';
import { parseFields, shape, type View } from './fields.js';
import type { Change, Firm } from './firm.js';
import type { WebhookRecord } from './records.js';
import { MODELS } from './webhook-models.js';
import type { Views } from './views.js';

export interface Attempt {
  at: number;
  /** Null: no answer. */
  status: number | null;
}

export interface Delivery {
  id: number;
  webhookId: number;
  kind: 'handshake' | 'event';
  event: string | null;
  recordId: number | null;
  url: string;
  body: string;
  attempts: Attempt[];
  state: 'sending' | 'waiting' | 'delivered' | 'given-up';
}

const TIMEOUT_MS = 10_000;
const AT_ONCE = 16;

/** Sends webhook requests in the background, retries by the sandbox's clock, and remembers every attempt. */
export class Deliveries {
  readonly log: Delivery[] = [];
  private readonly pending = new Set<string>();
  private readonly changes: Change[] = [];
  private inFlight = 0;
  private flushing = false;
  private waiters: (() => void)[] = [];
  private slots: (() => void)[] = [];

  constructor(
    private readonly firm: Firm,
    private readonly views: Views,
    private readonly mayHear: (hook: WebhookRecord) => boolean,
    private readonly stop: AbortSignal,
  ) {}

  /** Changes of one moment are told together, so that a payload shows the record as it is when all is written. */
  hear(change: Change): void {
    const key = `${change.model}/${change.event}/${change.id}`;
    const isNew = this.pending.has(`${change.model}/created/${change.id}`);
    if (this.pending.has(key) || (change.event === 'updated' && isNew)) return;
    this.pending.add(key);
    this.changes.push(change);
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => { this.flush(); });
  }

  /** Resolves when no request is under way; those that wait for a retry do not count. */
  async settled(): Promise<void> {
    while (this.inFlight > 0 || this.flushing) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  /** Asks the receiver to prove that it wants the webhook. Enables it when the secret comes back. */
  async handshake(hook: WebhookRecord): Promise<void> {
    const body = JSON.stringify({ data: { id: hook.id }, meta: { event: 'handshake', webhook_id: hook.id } });
    const delivery = this.record({ webhookId: hook.id, kind: 'handshake', event: null, recordId: null, url: hook.url, body });
    const answer = await this.send(delivery, { 'X-Hook-Secret': hook.sharedSecret });
    delivery.state = answer?.ok ? 'delivered' : 'given-up';
    if (answer?.ok && answer.headers.get('x-hook-secret') === hook.sharedSecret) this.enable(hook);
  }

  /** The same, once the answer to the POST is on its way. */
  handshakeSoon(hook: WebhookRecord): void {
    this.inFlight += 1;
    setTimeout(() => {
      this.inFlight -= 1;
      void this.handshake(hook);
    }, 5);
  }

  enable(hook: WebhookRecord): void {
    hook.status = 'enabled';
    this.firm.webhooks.touch(hook);
  }

  /** The same bytes once more, at a person's wish. */
  async redeliver(id: number): Promise<void> {
    const delivery = this.log.find((each) => each.id === id);
    const hook = delivery && this.firm.webhooks.get(delivery.webhookId);
    if (!delivery || !hook) throw new Error(`No delivery ${id} of a webhook that still exists`);
    const answer = await this.send(delivery, this.signature(hook, delivery.body));
    if (answer && isDone(answer.status)) delivery.state = 'delivered';
  }

  private flush(): void {
    const changes = this.changes.splice(0);
    this.pending.clear();
    this.flushing = false;
    for (const change of changes) for (const hook of this.firm.webhooks.all()) this.tell(hook, change);
    this.wake();
  }

  private tell(hook: WebhookRecord, change: Change): void {
    if (hook.model !== change.model || hook.status !== 'enabled' || hook.expiresAt <= this.firm.clock.now() || !this.mayHear(hook)) return;
    const schema = MODELS[change.model];
    const view = this.viewOf(change);
    const gone = !view && change.event === 'deleted';
    if (!schema || (!view && !gone) || !hook.events.includes(change.event)) return;
    // The documented shape is that of other notices; of a record that is gone here, only the id is left to tell.
    const data = view ? shape(view, parseFields(hook.fields, schema), schema) : { id: change.id };
    const payload = JSON.stringify(data);
    const before = hook.seen.get(change.id);
    if (change.event === 'updated' && before === payload) return;
    hook.seen.set(change.id, payload);
    const body = JSON.stringify({ data, meta: { event: change.event, webhook_id: hook.id } });
    const delivery = this.record({ webhookId: hook.id, kind: 'event', event: change.event, recordId: change.id, url: hook.url, body });
    void this.deliver(hook, delivery);
  }

  private async deliver(hook: WebhookRecord, delivery: Delivery): Promise<void> {
    const { webhookRetries, webhookRetryBaseMs } = this.firm.switches;
    for (let attempt = 0; attempt <= webhookRetries; attempt += 1) {
      if (attempt > 0) {
        delivery.state = 'waiting';
        await this.firm.clock.sleep(webhookRetryBaseMs * 2 ** (attempt - 1), this.stop);
        if (this.stop.aborted || !this.firm.webhooks.get(hook.id)) return;
      }
      const answer = await this.send(delivery, this.signature(hook, delivery.body));
      if (answer && isDone(answer.status)) {
        delivery.state = 'delivered';
        if (answer.status === 410) this.suspend(hook);
        return;
      }
    }
    delivery.state = 'given-up';
    this.suspend(hook);
  }

  private suspend(hook: WebhookRecord): void {
    hook.status = 'suspended';
    this.firm.webhooks.touch(hook);
  }

  private signature(hook: WebhookRecord, body: string): Record<string, string> {
    return { 'X-Hook-Signature': createHmac('sha256', hook.sharedSecret).update(body).digest(this.firm.switches.webhookSignature) };
  }

  private async send(delivery: Delivery, headers: Record<string, string>): Promise<Response | null> {
    delivery.state = 'sending';
    this.inFlight += 1;
    const attempt: Attempt = { at: this.firm.clock.now(), status: null };
    delivery.attempts.push(attempt);
    try {
      if (this.inFlight > AT_ONCE) await new Promise<void>((resolve) => this.slots.push(resolve));
      const answer = await fetch(delivery.url, {
        method: 'POST', body: delivery.body, redirect: 'manual', headers: { 'Content-Type': 'application/json', ...headers },
        signal: AbortSignal.any([this.stop, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await answer.arrayBuffer();
      attempt.status = answer.status;
      return answer;
    } catch {
      return null;
    } finally {
      this.inFlight -= 1;
      this.slots.shift()?.();
      setImmediate(() => { this.wake(); });
    }
  }

  private record(delivery: Omit<Delivery, 'id' | 'attempts' | 'state'>): Delivery {
    const made: Delivery = { id: (this.log.at(-1)?.id ?? 0) + 1, ...delivery, attempts: [], state: 'sending' };
    this.log.push(made);
    if (this.log.length > 20_000) this.log.shift();
    return made;
  }

  private viewOf(change: Change): View | null {
    const { firm, views } = this;
    const show = <T>(row: T | undefined, view: (row: T) => View) => (row === undefined ? null : view(row));
    switch (change.model) {
      case 'bill':
        return show(firm.bills.get(change.id), (row) => views.bill(row));
      case 'contact':
        return show(firm.contacts.get(change.id), (row) => views.contact(row));
      case 'matter':
        return show(firm.matters.get(change.id), (row) => views.matter(row));
      case 'activity':
        return show(firm.activities.get(change.id), (row) => views.activity(row));
      case 'task':
        return show(firm.tasks.get(change.id), (row) => views.task(row));
    }
  }

  private wake(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }
}

/** 2xx and 3xx are success; 410 is too, and switches the webhook off. */
function isDone(status: number): boolean {
  return (status >= 200 && status < 400) || status === 410;
}
