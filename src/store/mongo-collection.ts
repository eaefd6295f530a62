import type { Model, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { StaleError, TakenError, type Collection, type Draft, type ListOptions, type Stored } from './collection.js';
import { fixedInstant } from './fixed-instant.js';
import { rulesOf, type Kind } from './kinds.js';
import { isDuplicate } from './mongo-errors.js';
import type { RecordDocument } from './mongo-models.js';
import { plainRecord, readRecord } from './read-record.js';

const Named = z.looseObject({ id: z.string() });

/** One kind of record in its own MongoDB collection. Every write is one atomic change of one document. */
export class MongoCollection<T extends Stored, Index extends string> implements Collection<T, Index> {
  constructor(private readonly model: Model<RecordDocument>, private readonly kind: Kind<T, Index>) {}

  async get(firm: string, id: string): Promise<T | undefined> {
    return this.readOne(await this.model.findById(keyOf(firm, id)).lean().exec());
  }

  async getMany(firm: string, ids: string[]): Promise<T[]> {
    const found = await this.model.find({ _id: { $in: ids.map((id) => keyOf(firm, id)) } }).sort({ id: 1 }).lean().exec();
    return found.map((each) => this.read(each));
  }

  async insert(record: Draft<T>, epoch = 0): Promise<T> {
    const written = plainRecord(this.kind, record, 1, epoch);
    try {
      await this.model.create([{ ...written, _id: keyOf(record.firm, record.id), keys: this.keysOf(written) }]);
      return written;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const held = await this.get(record.firm, record.id);
      throw epoch > 0 && held && held.epoch > epoch ? new StaleError(this.kind.name, record.id) : new TakenError(this.kind.name, record.id);
    }
  }

  async replace(record: T, epoch = 0): Promise<T> {
    const { version, epoch: _asRead, ...fields } = plainRecord(this.kind, record, record.version + 1, epoch);
    const still = { _id: keyOf(record.firm, record.id), version: record.version, ...(epoch > 0 ? { epoch: { $lte: epoch } } : {}) };
    const set = { ...fields, version, keys: this.keysOf(record), ...(epoch > 0 ? { epoch } : {}) };
    try {
      const written = await this.model.findOneAndUpdate(still, { $set: set }, { returnDocument: 'after' }).lean().exec();
      if (!written) throw new StaleError(this.kind.name, record.id);
      return this.read(written);
    } catch (error) {
      throw isDuplicate(error) ? new TakenError(this.kind.name, record.id) : error;
    }
  }

  async remove(firm: string, id: string): Promise<boolean> {
    const { deletedCount } = await this.model.deleteOne({ _id: keyOf(firm, id) }).exec();
    return deletedCount > 0;
  }

  async findUnique(key: Index, value: string): Promise<T | undefined> {
    if (this.kind.indexes[key].shape !== 'unique') throw new Error(`${this.kind.name}.${key} is not a unique key`);
    return this.readOne(await this.model.findOne({ [`keys.${key}`]: value }).lean().exec());
  }

  async list(firm: string, options: ListOptions<Index> = {}): Promise<T[]> {
    const { index, value, after, limit, newestFirst = false } = options;
    if (limit === 0) return [];
    const page = after === undefined ? {} : { id: newestFirst ? { $lt: after } : { $gt: after } };
    const query = this.model.find({ ...this.where(firm, index, value), ...page }).sort({ id: newestFirst ? -1 : 1 });
    const found = await (limit === undefined ? query : query.limit(limit)).lean().exec();
    return found.map((each) => this.read(each));
  }

  async count(firm: string, index?: Index, value?: string): Promise<number> {
    return await this.model.countDocuments(this.where(firm, index, value)).exec();
  }

  async removeBefore(instant: string): Promise<number> {
    if (!rulesOf(this.kind).some(({ index }) => index === 'sweepAt')) return 0;
    const { deletedCount } = await this.model.deleteMany({ 'keys.sweepAt': { $lt: fixedInstant(instant) } }).exec();
    return deletedCount;
  }

  private where(firm: string, index: Index | undefined, value: string | undefined): QueryFilter<RecordDocument> {
    if (index === undefined) return { firm };
    return { firm, [`keys.${index}`]: value ?? { $exists: true } };
  }

  /** Indexes without a value are left out altogether, so that sparse indexes do not hold them. */
  private keysOf(record: T): RecordDocument['keys'] {
    const keys: RecordDocument['keys'] = {};
    for (const { index, rule } of rulesOf(this.kind)) {
      const values = rule.of(record);
      const [value] = values;
      if (value !== undefined) keys[index] = rule.shape === 'many' ? values : value;
    }
    return keys;
  }

  private readOne(held: unknown): T | undefined {
    return held === null ? undefined : this.read(held);
  }

  private read(held: unknown): T {
    return readRecord(this.kind, Named.parse(held).id, held);
  }
}

const keyOf = (firm: string, id: string): string => `${firm}|${id}`;
