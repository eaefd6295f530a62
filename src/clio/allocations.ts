import type { Allocation } from '../core/allocation.js';
import type { Api } from './api.js';
import { allocationToCore } from './allocation-to-core.js';
import type { BillCurrencies } from './bill-currencies.js';
import type { BillMemory } from './bill-memory.js';
import type { Clio } from './clio.js';
import { createCreditFacts } from './credit-facts.js';
import { inParallel } from './in-parallel.js';
import { allocationWire, type AllocationWire } from './wire.js';

type AllocationPart = Pick<Clio, 'allocationsOf' | 'allocationsChangedSince'>;

const resource = { path: 'allocations.json', fields: 'allocations', record: allocationWire } as const;

/** One call per bill; two or three more for a batch that holds credits. Voided ones are listed too, marked as such. */
export function allocationPart(api: Api, currencies: BillCurrencies, memory: BillMemory): AllocationPart {
  const creditFacts = createCreditFacts(api);

  async function inCore(wires: AllocationWire[]): Promise<Allocation[]> {
    const credits = await creditFacts(wires.filter(({ parent }) => parent?.type === 'CreditMemo'));
    const ofBill = await currencies.of([...new Set(wires.flatMap(({ bill }) => bill?.id ?? []))]);
    const home = wires.some(({ bill }) => bill === null) ? await currencies.home() : '';
    return wires.map((wire) => allocationToCore(wire, ofBill.get(wire.bill?.id ?? '') ?? home, credits)).filter((each) => each !== null);
  }

  return {
    async allocationsOf(billIds) {
      const found = await inParallel([...new Set(billIds)], 4, (billId) => memory.allocationsOf(billId, () => api.ofBill({ ...resource, billId })));
      return inCore(found.flat());
    },
    async allocationsChangedSince(since) {
      const { records, asOf } = await api.list({ ...resource, query: [['updated_since', since]] });
      return { allocations: await inCore(records), asOf };
    },
  };
}
