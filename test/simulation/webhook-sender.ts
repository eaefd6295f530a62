import { createHmac } from 'node:crypto';
import type { MarkKind } from '../../src/jobs/mark-kinds.js';
import type { MemoryStore } from './memory-store.js';
import type { Process } from './process.js';
import type { Random } from './random.js';
import type { World } from './world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** So long Xero waits for an answer (xero-api 13.1). */
const PATIENCE = 5 * SECOND;
const LOST_ANSWERS = 0.03;

/** With what both vendors sign. */
export const SECRET = 'shared-between-vendor-and-receiver';
/** The unguessable end of the address a firm's notices from Clio go to. */
export const tokenOf = (firm: string, model: string): string => `${firm.replace(':', '-')}-${model}-`.padEnd(43, 't');
export const MODELS = { bill: 'bill', expense: 'activity' } as const;

/** A webhook as it is sent, and the mark it has to leave. */
export interface Posted {
  vendor: 'clio' | 'xero';
  token: string | null;
  signature: string;
  rawBody: Buffer;
  firm: string;
  kind: MarkKind;
  id: string;
}

/** Both vendors' sides of webhooks: signed, sent to any process that lives, and sent again until one says in time that it has them. */
export class WebhookSender {
  private sequence = 0;

  constructor(private readonly world: World, private readonly store: MemoryStore, private readonly random: Random, private readonly processes: () => Process[]) {}

  /** Xero numbers its notices for all organisations together, also those that never arrive. */
  next(): number {
    return (this.sequence += 1);
  }

  fromClio(firm: string, kind: keyof typeof MODELS, id: string): Posted {
    const rawBody = Buffer.from(`{"data": {"id": ${id}, "etag": "\\"${this.next()}\\""},  "meta": {"event": "updated", "webhook_id": 1}}`);
    return { vendor: 'clio', token: tokenOf(firm, MODELS[kind]), signature: signed(rawBody, 'hex'), rawBody, firm, kind, id };
  }

  fromXero(firm: string, tenantId: string, id: string, changedAt: string | undefined): Posted {
    const number = this.next();
    const event = { resourceId: id, eventDateUtc: changedAt, eventType: 'UPDATE', eventCategory: 'INVOICE', tenantId, tenantType: 'ORGANISATION' };
    const rawBody = Buffer.from(JSON.stringify({ events: [event], firstEventSequence: number, lastEventSequence: number, entropy: 'QZKX' }));
    return { vendor: 'xero', token: null, signature: signed(rawBody, 'base64'), rawBody, firm, kind: 'invoice', id };
  }

  send(posted: Posted, after: number, attempt = 1): void {
    this.world.scheduler.after(after, null, () => this.attempt(posted, attempt));
  }

  private attempt(posted: Posted, attempt: number): void {
    const { world, random } = this;
    const sentAt = world.now;
    const process = random.pick(this.processes().filter(({ life }) => !life.dead));
    let [answered, over] = [false, false];
    const sendAgain = (): void => {
      world.count('notice sent again');
      this.send(posted, posted.vendor === 'clio' ? MINUTE * 2 ** attempt : attempt === 1 ? SECOND : 15 * MINUTE, attempt + 1);
    };
    const hangUp = world.scheduler.after(PATIENCE, null, () => {
      over = true;
      const stood = !process || process.life.dead || process.life.frozenUntil > sentAt;
      if (!answered && !stood) world.violated(9, `${process.name} leaves a notice of ${posted.kind} ${posted.id} without an answer for five seconds`);
      sendAgain();
    });
    if (!process) return;
    world.scheduler.after(random.int(20, 400), process.life, () => {
      const wantedBefore = this.wanted(posted);
      void process.receive(posted).then(({ status }) => {
        answered = true;
        if (status === 200) this.judgeKept(posted, wantedBefore);
        else if (status === 503) world.count('notice put off');
        else world.violated(8, `a rightly signed notice of ${posted.kind} ${posted.id} is answered with ${status}`);
        if (world.faultsOn && random.chance(LOST_ANSWERS)) return;
        world.scheduler.after(random.int(20, 400), null, () => {
          if (over) return;
          hangUp();
          if (status !== 200) sendAgain();
        });
      });
    });
  }

  /** At the moment of the answer: the delivery is on record, and its mark was wanted since it came. */
  private judgeKept(posted: Posted, wantedBefore: number): void {
    const { firm, vendor, kind, id } = posted;
    const recorded = this.store.deliveries.all(vendor === 'clio' ? firm : '*').some(({ marks }) => marks.includes(`${firm} ${kind}:${id}`));
    if (!recorded || this.wanted(posted) <= wantedBefore) this.world.violated(8, `a notice of ${kind} ${id} is answered before it is durable`);
  }

  private wanted({ firm, kind, id }: Posted): number {
    return this.store.marks.peek(firm, kind, id)?.wanted ?? 0;
  }
}

const signed = (rawBody: Buffer, encoding: 'hex' | 'base64'): string => createHmac('sha256', SECRET).update(rawBody).digest(encoding);
