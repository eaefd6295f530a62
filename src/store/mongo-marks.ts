import type { Model } from 'mongoose';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { LeaseLostError } from './collection.js';
import { fixedInstant } from './fixed-instant.js';
import type { MarkDocument } from './mongo-models.js';
import { PRIORITY, type Mark, type MarkRequest, type Marks, type Rest } from './store.js';

/** A change at a moment nobody knows counts as newer than any, so that one `$max` keeps it unknown. */
const UNKNOWN = '9999-12-31T23:59:59.999Z';

const Held = z.object({
  firm: z.string(), kind: z.string(), id: z.string(), wanted: z.int(), done: z.int(), priority: z.enum(PRIORITY), notBefore: z.string(),
  attempts: z.int(), lastReason: z.string().nullable(), firstWantedAt: z.string(),
  restUntil: z.string().nullable().default(null), restless: z.int().default(0),
  changedAt: z.string().default(UNKNOWN).transform((at) => (at === UNKNOWN ? null : at)),
});

/** What a mark that is not owed waits with, so that one `$min` makes whatever is asked next the sooner and the more urgent, one `$max` the newest change. */
const AT_REST = { owed: false, priority: 9, notBefore: '9999-12-31T23:59:59.999Z', firstWantedAt: '9999-12-31T23:59:59.999Z', changedAt: '', attempts: 0, lastReason: null };

/** Owed and due at the given moment. What never rested has nothing to compare. */
const dueBy = (now: string) => ({ owed: true, notBefore: { $lte: fixedInstant(now) }, $or: [{ priority: PRIORITY.person }, { restUntil: { $not: { $gt: fixedInstant(now) } } }] });

const URGENT_FIRST = { priority: 1, firstWantedAt: 1, kind: 1, id: 1 } as const;

export class MongoMarks implements Marks {
  constructor(private readonly model: Model<MarkDocument>) {}

  async want(requests: MarkRequest[], now: string): Promise<void> {
    await this.upsert(requests.map((request) => wanting(request, fixedInstant(now))), true);
  }

  async firmsDue(now: string, limit: number): Promise<string[]> {
    const firms = await this.model.aggregate<{ _id: string }>([
      { $match: dueBy(now) },
      { $group: { _id: '$firm', priority: { $min: '$priority' }, firstWantedAt: { $min: '$firstWantedAt' } } },
      { $sort: { priority: 1, firstWantedAt: 1, _id: 1 } },
      { $limit: limit },
    ]);
    return firms.map(({ _id }) => _id);
  }

  async due(firm: string, now: string, limit: number): Promise<Mark[]> {
    const found = await this.model.find({ firm, ...dueBy(now) }).sort(URGENT_FIRST).limit(limit).lean().exec();
    return found.map((each) => Held.parse(each));
  }

  /** The count only grows: when the first update does not match because the mark was wanted again, the second does. */
  async finish(mark: Mark, epoch: number, now: string, rest?: Rest): Promise<void> {
    const resting = { restUntil: rest ? fixedInstant(rest.until) : null, restless: rest?.restless ?? 0 };
    const ours = { _id: keyOf(mark), epoch: { $lte: epoch } };
    const seenAll = await this.model.updateOne({ ...ours, wanted: mark.wanted }, { $set: { ...AT_REST, ...resting, done: mark.wanted, epoch } }).exec();
    if (seenAll.matchedCount > 0) return;
    const wantedAgain = await this.model
      .updateOne({ ...ours, wanted: { $gt: mark.wanted } }, { $max: { done: mark.wanted, firstWantedAt: fixedInstant(now) }, $set: { ...resting, attempts: 0, lastReason: null, epoch } })
      .exec();
    if (wantedAgain.matchedCount === 0) throw new LeaseLostError(mark.firm);
  }

  async postpone(mark: Mark, until: string, reason: string, epoch: number): Promise<void> {
    const ours = { _id: keyOf(mark), epoch: { $lte: epoch } };
    const later = { $set: { notBefore: fixedInstant(until), lastReason: reason, epoch }, $inc: { attempts: 1 } };
    const { matchedCount } = await this.model.updateOne(ours, later).exec();
    if (matchedCount === 0) throw new LeaseLostError(mark.firm);
  }

  async restTogether(firm: string, until: string, since: string): Promise<void> {
    const restUntil = fixedInstant(until);
    await this.model.updateMany({ firm, restless: { $gt: 0 }, restUntil: { $gt: fixedInstant(since), $lt: restUntil } }, { $set: { restUntil } }).exec();
  }

  async park(firm: string, until: string, reason: string): Promise<number> {
    const later = { $max: { notBefore: fixedInstant(until) }, $set: { lastReason: reason } };
    return (await this.model.updateMany({ firm, owed: true }, later).exec()).matchedCount;
  }

  async unpark(firm: string, reasons: readonly string[], now: string): Promise<number> {
    const notBefore = fixedInstant(now);
    const waiting = { firm, owed: true, notBefore: { $gt: notBefore }, lastReason: { $in: [...reasons] } };
    return (await this.model.updateMany(waiting, { $set: { notBefore } }).exec()).matchedCount;
  }

  async owed(firm: string): Promise<Mark[]> {
    const found = await this.model.find({ firm, owed: true }).sort(URGENT_FIRST).lean().exec();
    return found.map((each) => Held.parse(each));
  }

  async countOwed(firm: string): Promise<number> {
    return await this.model.countDocuments({ firm, owed: true }).exec();
  }

  /** Two first marks of one record at the same moment: the server refuses one of the two inserts, and once more it is an update. */
  private async upsert(wants: Want[], again: boolean): Promise<void> {
    if (wants.length === 0) return;
    try {
      await this.model.bulkWrite(wants, { ordered: false });
    } catch (error) {
      const refused = refusedWants(error, wants);
      if (!again || !refused) throw error;
      await this.upsert(refused, false);
    }
  }
}

type Want = ReturnType<typeof wanting>;

function wanting({ firm, kind, id, priority, notBefore, changedAt }: MarkRequest, now: string) {
  return {
    updateOne: {
      filter: { _id: keyOf({ firm, kind, id }) },
      update: {
        $inc: { wanted: 1 },
        $set: { owed: true },
        $min: { priority, notBefore: fixedInstant(notBefore ?? now), firstWantedAt: now },
        $max: { changedAt: changedAt === undefined ? UNKNOWN : fixedInstant(changedAt) },
        $setOnInsert: { firm, kind, id, done: 0, attempts: 0, lastReason: null, epoch: 0 },
      },
      upsert: true,
    },
  };
}

/** Those refused as duplicates; undefined when anything else went wrong as well. */
function refusedWants(error: unknown, wants: Want[]): Want[] | undefined {
  if (!(error instanceof mongo.MongoBulkWriteError)) return undefined;
  const problems = [error.writeErrors].flat();
  if (problems.length === 0 || problems.some((problem) => problem.code !== 11000)) return undefined;
  return problems.flatMap((problem) => wants[problem.index] ?? []);
}

const keyOf = ({ firm, kind, id }: { firm: string; kind: string; id: string }): string => `${firm}|${kind}|${id}`;
