import type { Bill } from '../core/bill.js';
import { parseAmount } from '../core/money.js';
import { asKind, unreadable } from '../http/failure.js';
import { ServiceError } from '../http/service-error.js';
import type { Api } from './api.js';
import type { BillCurrencies } from './bill-currencies.js';
import { billToCore, matterRef } from './bill-to-core.js';
import { taxTerms, type FirmTerms } from './billing-settings.js';
import type { Clio } from './clio.js';
import type { BillMemory } from './bill-memory.js';
import { inParallel } from './in-parallel.js';
import type { Listed } from './paging.js';
import type { Query } from './query.js';
import { activityWire, billGuardWire, billIdWire, billWire, lineWire, matterWire, type BillWire, type LineWire } from './wire.js';

type BillPart = Pick<Clio, 'bills' | 'billHeads' | 'matters' | 'billIdsOfMatter' | 'billIdsOfClient' | 'billIdsChangedSince' | 'allBillIds' | 'markBillPaid'>;

/** One list call for 50 bills, one for each approved bill's lines, one for 50 matters and for 50 activities. */
export function billPart(api: Api, terms: FirmTerms, currencies: BillCurrencies, memory: BillMemory): BillPart {
  const idsWhere = async (query: Query): Promise<Listed<{ id: string }>> =>
    api.list({ path: 'bills.json', fields: 'billIds', record: billIdWire, query });
  const ids = ({ records }: Listed<{ id: string }>): string[] => records.map(({ id }) => id);

  /** Void and deleted bills may leave the plain list: they are asked for by name. The first answer's time is the earliest. */
  async function idsInEveryState(query: Query): Promise<{ ids: string[]; asOf: string }> {
    const plain = await idsWhere(query);
    const rest = [await idsWhere([...query, ['state', 'void']]), await idsWhere([...query, ['state', 'deleted']])];
    return { ids: [...new Set([plain, ...rest].flatMap(ids))], asOf: plain.asOf };
  }

  /** A bill missing from the list may still stand under its own address, as void and deleted ones can. */
  async function wiresOf(asked: readonly string[]): Promise<BillWire[]> {
    const listed = await api.byIds({ path: 'bills.json', fields: 'bills', record: billWire, ids: asked });
    const missing = asked.filter((id) => !listed.some((bill) => bill.id === id));
    const found = await inParallel(missing, 4, (id) => api.find({ path: `bills/${id}.json`, fields: 'bills', record: billWire }));
    const bills = [...listed, ...found.filter((bill) => bill !== null)];
    for (const bill of bills) memory.saw(bill);
    return bills;
  }

  async function partsOf(bills: readonly BillWire[]): Promise<Bill[]> {
    const lines = await inParallel(bills, 4, async (bill) => (linesMatter(bill) ? memory.linesOf(bill, () => api.ofBill({ path: 'line_items.json', fields: 'lines', record: lineWire, billId: bill.id })) : []));
    const all = lines.flat();
    const activities = await api.byIds({ path: 'activities.json', fields: 'activities', record: activityWire, ids: all.flatMap(({ activity }) => activity?.id ?? []) });
    const matters = await api.byIds({ path: 'matters.json', fields: 'matters', record: matterWire, ids: matterIds(bills, all) });
    const settings = await terms.settings();
    const rates = all.some(({ tax_settings }) => (tax_settings ?? []).length > 0) ? await terms.taxRates() : [];
    return bills.map((bill, at) =>
      inCore(bill, () =>
        billToCore({ bill, lines: lines[at] ?? [], activities: byId(activities), matters: byId(matters), terms: taxTerms(bill, settings, rates) }),
      ),
    );
  }

  return {
    async bills(asked) {
      const bills = await partsOf(await wiresOf([...new Set(asked)]));
      for (const { clioId, currency } of bills) currencies.remember(clioId, currency);
      return bills;
    },

    async billHeads(asked) {
      const wires = await wiresOf([...new Set(asked)]);
      const settings = await terms.settings();
      return wires.map((bill) => inCore(bill, () => billToCore({ bill, lines: [], activities: new Map(), matters: new Map(), terms: taxTerms(bill, settings, []) })));
    },

    async matters(asked) {
      const found = await api.byIds({ path: 'matters.json', fields: 'matters', record: matterWire, ids: [...new Set(asked)] });
      return found.map((matter) => ({ ...matterRef(matter, matter), client: matter.client && { clioId: matter.client.id, name: matter.client.name ?? '' } }));
    },

    billIdsOfMatter: async (matterId) => ids(await idsWhere([['matter_id', matterId]])),
    billIdsOfClient: async (contactId) => ids(await idsWhere([['client_id', contactId]])),
    billIdsChangedSince: (since) => idsInEveryState([['updated_since', since]]),
    allBillIds: async () => (await idsInEveryState([])).ids,

    async markBillPaid(billId, version) {
      const path = `bills/${billId}.json`;
      const guard = { path, fields: 'billGuard', record: billGuardWire } as const;
      await api.write({ ...guard, method: 'PATCH', data: { state: 'paid' }, headers: { 'if-match': version } });
      // A PATCH can answer 200 and change nothing: only what is read afterwards counts.
      const { state, balance, currency } = await api.one(guard).catch(outcomeUnseen);
      return { state, balance: parseAmount(balance, currency?.code ?? (await currencies.of([billId])).get(billId) ?? '') };
    },
  };
}

/** Approved bills about the firm's own money: only their lines become an invoice. */
const linesMatter = (bill: BillWire): boolean => (bill.state === 'awaiting_payment' || bill.state === 'paid') && bill.kind !== 'trust_kind';

/** The bill was changed, but what became of it could not be read. */
function outcomeUnseen(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error;
  throw asKind(error, 'ambiguous');
}

const matterIds = (bills: readonly BillWire[], lines: readonly LineWire[]): string[] => [
  ...bills.flatMap(({ matters }) => (matters ?? []).map(({ id }) => id)),
  ...lines.flatMap(({ matter }) => matter?.id ?? []),
];

const byId = <T extends { id: string }>(records: readonly T[]): Map<string, T> => new Map(records.map((record) => [record.id, record]));

/** An amount finer than its currency cannot be carried exactly, so the bill is not read at all. */
function inCore(bill: BillWire, map: () => Bill): Bill {
  try {
    return map();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unreadable({ service: 'clio', status: 200, writes: false, call: `GET /api/v4/bills/${bill.id}.json`, details: [error.message] });
  }
}
