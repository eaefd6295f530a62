import { StaleError, type Collection, type Stored } from '../store/collection.js';

const ATTEMPTS = 10;

type Records<T extends Stored> = Pick<Collection<T>, 'get' | 'replace'>;

/**
 * Reads, changes and writes one record by compare-and-set, again from the start when somebody else was faster.
 * `change` returns the fields to change, or null to leave the record alone. Returns the record as it now stands; undefined when there is none.
 */
export async function changeRecord<T extends Stored>(records: Records<T>, firm: string, id: string, change: (record: T) => Partial<T> | null): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const record = await records.get(firm, id);
    const changed = record ? change(record) : null;
    if (!record || !changed) return record;
    try {
      return await records.replace({ ...record, ...changed });
    } catch (error) {
      if (!(error instanceof StaleError) || attempt === ATTEMPTS) throw error;
    }
  }
}
