import { createHash } from 'node:crypto';
import type { IncrementResponse, Store as Counts } from 'express-rate-limit';
import { z } from 'zod';
import { changeRecord } from '../connections/change-record.js';
import { TakenError } from '../store/collection.js';
import type { WebDeps } from './deps.js';

const Body = z.object({ hits: z.int() });
interface Counted {
  hits: number;
  /** On our clock, in milliseconds. */
  ends: number;
}

type Deps = Pick<WebDeps, 'store' | 'clock'>;

/**
 * Attempts by address, counted in the store, so that many processes give nobody more tries than one. Within a process an address counts one
 * by one; once it is over its limit nothing more is written for it, so that a flood costs the database no more than the limit did.
 */
export class SharedCounts implements Counts {
  readonly prefix: string;
  private readonly turns = new Map<string, Promise<Counted>>();
  /** Addresses over their limit, and until when. */
  private readonly over = new Map<string, number>();

  constructor(private readonly deps: Deps, name: string, private readonly limit: number, private readonly windowMs: number) {
    this.prefix = `attempts:${name}:`;
  }

  async increment(address: string): Promise<IncrementResponse> {
    const id = this.idOf(address);
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(() => this.countOne(id), () => this.countOne(id));
    this.turns.set(id, turn);
    try {
      const { hits, ends } = await turn;
      // The library counts down by the machine's clock, whatever ours is.
      return { totalHits: hits, resetTime: new Date(Date.now() + ends - this.deps.clock.now()) };
    } finally {
      if (this.turns.get(id) === turn) this.turns.delete(id);
    }
  }

  async decrement(address: string): Promise<void> {
    await changeRecord(this.deps.store.tickets, '*', this.idOf(address), ({ body }) => ({ body: { hits: Body.parse(body).hits - 1 } }));
  }

  async resetKey(address: string): Promise<void> {
    this.over.delete(this.idOf(address));
    await this.deps.store.tickets.remove('*', this.idOf(address));
  }

  private async countOne(id: string): Promise<Counted> {
    const now = this.deps.clock.now();
    const until = this.over.get(id) ?? 0;
    if (until > now) return { hits: this.limit + 1, ends: until };
    const counted = await this.write(id, now);
    if (counted.hits > this.limit) {
      for (const [each, end] of this.over) if (end <= now) this.over.delete(each);
      this.over.set(id, counted.ends);
    }
    return counted;
  }

  private async write(id: string, now: number): Promise<Counted> {
    const afresh = { body: { hits: 1 }, sweepAt: new Date(now + this.windowMs).toISOString() };
    const add = async () =>
      changeRecord(this.deps.store.tickets, '*', id, ({ body, sweepAt }) => (Date.parse(sweepAt) <= now ? afresh : { body: { hits: Body.parse(body).hits + 1 } }));
    const known = (await add()) ?? (await this.begin(id, afresh)) ?? (await add());
    if (!known) throw new Error('an attempt could not be counted');
    return { hits: Body.parse(known.body).hits, ends: Date.parse(known.sweepAt) };
  }

  /** Undefined when another process was faster. */
  private async begin(id: string, afresh: { body: unknown; sweepAt: string }) {
    try {
      return await this.deps.store.tickets.insert({ firm: '*', id, kind: 'attempts', ...afresh });
    } catch (error) {
      if (!(error instanceof TakenError)) throw error;
      return undefined;
    }
  }

  /** Addresses of people are not kept in the clear. */
  private idOf(address: string): string {
    return `${this.prefix}${createHash('sha256').update(address).digest('hex')}`;
  }
}
