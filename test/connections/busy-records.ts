import type { Collection, Stored } from '../../src/store/collection.js';

/** Records of a database that is too busy for the first few changes. */
export function busyRecords<T extends Stored, Index extends string>(inner: Collection<T, Index>, times: number): Collection<T, Index> {
  let left = times;
  return {
    get: (...given) => inner.get(...given),
    getMany: (...given) => inner.getMany(...given),
    insert: (...given) => inner.insert(...given),
    replace: (...given) => (left-- > 0 ? Promise.reject(new Error('the database is busy')) : inner.replace(...given)),
    remove: (...given) => inner.remove(...given),
    findUnique: (...given) => inner.findUnique(...given),
    list: (...given) => inner.list(...given),
    count: (...given) => inner.count(...given),
    removeBefore: (...given) => inner.removeBefore(...given),
  };
}
