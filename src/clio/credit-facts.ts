import { ServiceError } from '../http/service-error.js';
import type { CreditFacts } from './allocation-to-core.js';
import type { Api } from './api.js';
import { billIdWire, creditMemoWire, type AllocationWire } from './wire.js';

/**
 * A credit is a write-off or a credit note only by the `kind` filter of the 2026-09 description. Where it is unknown it is refused or
 * silently ignored; ignored means that the same credit comes back under both words, and then neither is believed.
 */
export function createCreditFacts(api: Api): (credits: readonly AllocationWire[]) => Promise<CreditFacts> {
  let filterWorks = true;

  async function idsOfKind(kind: 'credit_note' | 'write_off', ids: string[]): Promise<Set<string>> {
    const found = await api.byIds({ path: 'allocations.json', fields: 'allocationIds', record: billIdWire, ids, query: [['kind', kind]] });
    return new Set(found.map(({ id }) => id));
  }

  async function kindsOf(ids: string[]): Promise<CreditFacts['kinds']> {
    try {
      const [notes, writeOffs] = [await idsOfKind('credit_note', ids), await idsOfKind('write_off', ids)];
      filterWorks = !ids.some((id) => notes.has(id) && writeOffs.has(id));
      if (!filterWorks) return new Map();
      return new Map([...[...notes].map((id) => [id, 'credit_note'] as const), ...[...writeOffs].map((id) => [id, 'write_off'] as const)]);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.kind !== 'rejected') throw error;
      filterWorks = false;
      return new Map();
    }
  }

  return async (credits) => {
    if (credits.length === 0) return { kinds: new Map(), discounts: new Set() };
    const memoIds = credits.flatMap(({ parent }) => parent?.id ?? []);
    const memos = await api.byIds({ path: 'credit_memos.json', fields: 'creditMemos', record: creditMemoWire, ids: memoIds });
    return {
      kinds: filterWorks ? await kindsOf(credits.map(({ id }) => id)) : new Map(),
      discounts: new Set(memos.filter(({ discount }) => discount === true).map(({ id }) => id)),
    };
  };
}
