import { z } from 'zod';
import { billChanged } from './billing.js';
import { canUpdate, settleState } from './bill-states.js';
import { forbidden, invalid } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, containing } from './listing.js';
import { parsed } from './parsed.js';
import type { LineRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

const Changes = z.object({
  date: z.iso.date().optional(),
  description: z.string().nullish(),
  note: z.string().nullish(),
  price: z.number().optional(),
  quantity: z.number().optional(),
  kind: z.enum(['Expense', 'Service', 'Product']).optional(),
  discount: z.object({ rate: z.number(), type: z.enum(['percentage', 'money']) }).optional(),
  taxable: z.boolean().optional(),
  secondary_taxable: z.boolean().optional(),
  group_ordering: z.number().int().optional(),
});

/** No GET by id and no POST. */
export function lineItems(firm: Firm, views: Views): Resource {
  const changed = (line: LineRecord) => {
    const bill = firm.bills.at(line.billId);
    settleState(bill, firm, firm.clock.now());
    billChanged(firm, bill);
  };
  return resource<LineRecord>({
    path: 'line_items', schema: 'LineItem', permission: 'Billing', view: (line) => views.line(line), showable: false,
    list: {
      rows: (call) => {
        const billId = call.incoming.params.get('bill_id');
        if (billId === null && firm.switches.lineItemsWithoutBill === 'refused') throw invalid('bill_id is required');
        return billId === null ? firm.lines.where((line) => firm.bills.at(line.billId).state !== 'deleted') : firm.linesOf(Number(billId)).sort((a, b) => a.id - b.id);
      },
      filters: {
        bill_id: byNumber((line) => line.billId), matter_id: byNumber((line) => line.matterId), activity_id: byNumber((line) => line.activityId),
        kind: { keeps: (line, value) => line.kind === value },
        display: { values: ['true', 'false'], keeps: (line, value) => value === 'false' || line.type !== 'SummaryLineItem' },
        query: containing((line) => `${line.description ?? ''} ${line.note ?? ''}`),
      },
    },
    find: (id) => firm.lines.get(id),
    patch: (line, data) => {
      if (!canUpdate(firm.bills.at(line.billId), firm)) throw invalid('Bill cannot be edited');
      editLine(line, parsed(Changes, data));
      firm.lines.touch(line);
      changed(line);
    },
    remove: (line) => {
      if (!canUpdate(firm.bills.at(line.billId), firm)) throw forbidden('Line item cannot be deleted');
      firm.lines.remove(line);
      changed(line);
    },
  });
}

/** `quantity` of a line made from an activity is taken without effect, as one integrator saw in production. */
function editLine(line: LineRecord, changes: z.infer<typeof Changes>): void {
  if (changes.date !== undefined) line.date = changes.date;
  if (changes.description !== undefined) line.description = changes.description;
  if (changes.note !== undefined) line.note = changes.note;
  if (changes.price !== undefined) line.price = changes.price;
  if (changes.quantity !== undefined && line.type !== 'ActivityLineItem') line.quantity = changes.quantity;
  if (changes.kind !== undefined) line.kind = changes.kind === 'Service' ? 'Service' : 'Expense';
  if (changes.discount) line.discount = { ...changes.discount, note: null };
  if (changes.taxable !== undefined) line.taxable = changes.taxable;
  if (changes.secondary_taxable !== undefined) line.secondaryTaxable = changes.secondary_taxable;
  if (changes.group_ordering !== undefined) line.order = changes.group_ordering;
}
