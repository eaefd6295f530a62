import type { Connection, Model } from 'mongoose';
import { z } from 'zod';
import { LeaseLostError } from './collection.js';
import { isDuplicate } from './mongo-errors.js';
import type { LeaseDocument } from './mongo-models.js';
import type { Lease, Leases } from './store.js';

const Held = z.object({ owner: z.string(), epoch: z.int(), until: z.date() });
const Hello = z.object({ localTime: z.date() });

/**
 * By the primary's clock, asked just before: a machine with a wrong clock can neither take a held firm nor hold one for ever. The time
 * between asking and writing only makes a lease shorter and its end later to be noticed, never the other way round.
 */
export class MongoLeases implements Leases {
  constructor(private readonly connection: Connection, private readonly model: Model<LeaseDocument>) {}

  async acquire(firm: string, owner: string, forMs: number): Promise<Lease | undefined> {
    const now = await this.serverTime();
    const free = { _id: firm, until: { $lte: new Date(now) } };
    const take = { $set: { owner, until: new Date(now + forMs) }, $inc: { epoch: 1 } };
    try {
      return lease(firm, await this.model.findOneAndUpdate(free, take, { upsert: true, returnDocument: 'after' }).lean().exec());
    } catch (error) {
      // The firm has a lease that is not free, so the upsert tried to insert a second one.
      if (isDuplicate(error)) return undefined;
      throw error;
    }
  }

  async holder(firm: string): Promise<Lease | undefined> {
    const held = await this.model.findOne({ _id: firm, until: { $gt: new Date(await this.serverTime()) } }).lean().exec();
    return held ? lease(firm, held) : undefined;
  }

  async renew({ firm, owner, epoch }: Lease, forMs: number): Promise<Lease> {
    const until = new Date((await this.serverTime()) + forMs);
    const kept = await this.model.findOneAndUpdate({ _id: firm, owner, epoch }, { $set: { until } }, { returnDocument: 'after' }).lean().exec();
    if (!kept) throw new LeaseLostError(firm);
    return lease(firm, kept);
  }

  async release({ firm, owner, epoch }: Lease): Promise<void> {
    await this.model.updateOne({ _id: firm, owner, epoch }, { $set: { until: new Date(0) } }).exec();
  }

  private async serverTime(): Promise<number> {
    const hello: unknown = await this.connection.db?.command({ hello: 1 });
    return Hello.parse(hello).localTime.getTime();
  }
}

function lease(firm: string, held: unknown): Lease {
  const { owner, epoch, until } = Held.parse(held);
  return { firm, owner, epoch, until: until.toISOString() };
}
