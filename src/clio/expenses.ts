import { lineMarkedIn, lineMarker, type Expense, type NewExpense } from '../core/expense.js';
import { toDecimalNumber } from '../core/money.js';
import { unreadable } from '../http/failure.js';
import { ServiceError } from '../http/service-error.js';
import type { Api } from './api.js';
import type { FirmTerms } from './billing-settings.js';
import type { Clio } from './clio.js';
import { expenseToCore } from './expense-to-core.js';
import { billIdWire, expenseWire, matterNumberWire, matterWire, type ExpenseWire, type MatterWire } from './wire.js';

type ExpensePart = Pick<Clio, 'expenses' | 'hardCostIdsChangedSince' | 'expenseIdMarked' | 'createExpense' | 'updateExpense' | 'deleteExpense' | 'matterNumbered' | 'homeCurrency'>;

const resource = { path: 'activities.json', fields: 'expenses', record: expenseWire } as const;
const at = (id: string): string => `activities/${id}.json`;

/** Costs: two calls for 50 of them. */
export function expensePart(api: Api, terms: FirmTerms): ExpensePart {
  const homeCurrency = async () => (await terms.settings()).currency ?? '';

  const create = async (type: 'HardCostEntry' | 'ExpenseEntry', expense: NewExpense) => {
    const isHardCost = type === 'HardCostEntry';
    // A hard cost has a place for the marker that is no part of the text clients read; a plain expense has none.
    const kind = isHardCost ? { reference: expense.marker, ...ref('vendor', expense.vendorId) } : { quantity: 1 };
    const note = isHardCost ? expense.note : `${expense.note} ${expense.marker}`;
    const data = { type, note, ...kind, ...figures(expense), ...ref('expense_category', expense.categoryId) };
    const made = await api.write({ method: 'POST', path: resource.path, fields: 'billIds', record: billIdWire, data });
    return { clioId: made.id };
  };

  return {
    homeCurrency,

    async expenses(ids) {
      const wires = (await api.byIds({ ...resource, ids })).filter(({ type }) => type !== 'TimeEntry');
      const matters = await api.byIds({ path: 'matters.json', fields: 'matters', record: matterWire, ids: wires.flatMap(({ matter }) => matter?.id ?? []) });
      const byId = new Map(matters.map((matter) => [matter.id, matter]));
      const home = await homeCurrency();
      return wires.map((wire) => inCore(wire, byId.get(wire.matter?.id ?? '') ?? null, home));
    },

    async hardCostIdsChangedSince(since) {
      const { records, asOf } = await api.list({ ...resource, fields: 'billIds', record: billIdWire, query: [['type', 'HardCostEntry'], ['updated_since', since]] });
      return { ids: records.map(({ id }) => id), asOf };
    },

    async expenseIdMarked(matterId, marker) {
      const { records } = await api.list({ ...resource, query: [['matter_id', matterId]] });
      return records.find(({ reference, note }) => isLine(lineMarkedIn({ reference, note }), marker))?.id ?? null;
    },

    // Clio refuses hard costs where the firm's setting for them is off; how, is not documented (422 expected).
    createExpense: (expense) => create('HardCostEntry', expense).catch((error: unknown) => {
      if (error instanceof ServiceError && error.kind === 'rejected') return create('ExpenseEntry', expense);
      throw error;
    }),

    async updateExpense(id, expense) {
      await api.write({ method: 'PATCH', path: at(id), fields: 'billIds', record: billIdWire, data: figures(expense) });
    },

    deleteExpense: (id) => api.remove(at(id)),

    async matterNumbered(number) {
      const { records } = await api.list({ path: 'matters.json', fields: 'matterNumbers', record: matterNumberWire, query: [['query', number]] });
      const [matter, ...others] = records.filter(({ display_number }) => display_number?.trim().toLowerCase() === number.trim().toLowerCase());
      return matter && others.length === 0 ? { clioId: matter.id, number: matter.display_number ?? number } : null;
    },
  };
}

const isLine = (lineId: string | null, marker: string): boolean => lineId !== null && lineMarker(lineId) === marker;

const figures = ({ date, amount, currency, matterId }: NewExpense) => ({ date, price: toDecimalNumber(amount, currency), matter: { id: Number(matterId) } });

const ref = (name: string, id: string | null) => (id === null ? {} : { [name]: { id: Number(id) } });

/** An amount finer than its currency cannot be carried exactly, so the cost is not read at all. */
function inCore(wire: ExpenseWire, matter: MatterWire | null, home: string): Expense {
  try {
    return expenseToCore(wire, matter, home);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unreadable({ service: 'clio', status: 200, writes: false, call: `GET /api/v4/${at(wire.id)}`, details: [error.message] });
  }
}
