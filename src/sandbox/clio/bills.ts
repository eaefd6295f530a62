import { z } from 'zod';
import { billSums } from './bill-arithmetic.js';
import { balanceOf, billChanged, deleteBill, moveState } from './billing.js';
import { hasPayments, settleState } from './bill-states.js';
import { invalid, malformed } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, flag, from, oneOf, until } from './listing.js';
import { parsed } from './parsed.js';
import { recordPayment } from './payments.js';
import type { BillRecord } from './records.js';
import { requireRole } from './roles.js';
import { resource, type Resource } from './resource.js';
import { addDays } from './timestamps.js';
import type { Views } from './views.js';

const STATES = ['draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'void', 'deleted'] as const;
const Changes = z.object({
  currency_id: z.number().int().optional(),
  discount: z.object({ rate: z.number(), type: z.enum(['percentage', 'money']), note: z.string().nullish() }).optional(),
  due_at: z.iso.date().optional(),
  use_grace_period: z.boolean().optional(),
  interest: z.object({ rate: z.number(), type: z.enum(['simple', 'compound']).optional(), period: z.number().int().optional() }).optional(),
  issued_at: z.iso.date().optional(),
  memo: z.string().nullish(),
  number: z.string().optional(),
  purchase_order: z.string().nullish(),
  subject: z.string().nullish(),
  tax_rate: z.number().optional(),
  secondary_tax_rate: z.number().optional(),
  state: z.enum(STATES).optional(),
});
const READ_ONLY = ['paid', 'balance', 'due', 'paid_at', 'total', 'pending', 'credits_issued'];

/** List, show, change, delete. There is no POST: bills are made by people in Clio. */
export function bills(firm: Firm, views: Views): Resource {
  const overdue = (bill: BillRecord) => bill.state === 'awaiting_payment' && (bill.dueAt ?? '9999') < firm.today();
  const attorney = (pick: 'responsibleAttorneyId' | 'originatingAttorneyId') => ({
    keeps: (bill: BillRecord, value: string) => bill.matterIds.some((id) => firm.matters.at(id)[pick] === (value === 'null' ? null : Number(value))),
  });
  return resource<BillRecord>({
    path: 'bills', schema: 'Bill', permission: 'Billing', view: (bill) => views.bill(bill),
    list: {
      rows: (call) => firm.bills.where((bill) => bill.state !== 'deleted' || (firm.switches.deletedBills === 'shown' && call.incoming.params.get('state') === 'deleted')),
      filters: {
        state: oneOf([...STATES], (bill) => bill.state),
        type: oneOf(['revenue', 'trust'], (bill) => (bill.kind === 'trust_kind' ? 'trust' : 'revenue')),
        status: { values: ['all', 'overdue'], keeps: (bill, value) => value === 'all' || overdue(bill) },
        overdue_only: { values: ['true', 'false'], keeps: (bill, value) => value === 'false' || overdue(bill) },
        bill_number: { keeps: (bill, value) => bill.number === value },
        query: { keeps: (bill, value) => { if (!/^\d+$/.test(value)) throw malformed('query must be an integer'); return bill.number.includes(value); } },
        client_id: byNumber((bill) => bill.clientId),
        matter_id: { keeps: (bill, value) => bill.matterIds.includes(Number(value)) },
        currency_id: byNumber((bill) => bill.currencyId),
        responsible_attorney_id: attorney('responsibleAttorneyId'), originating_attorney_id: attorney('originatingAttorneyId'),
        issued_after: from((bill) => bill.issuedAt), issued_before: until((bill) => bill.issuedAt),
        due_after: from((bill) => bill.dueAt), due_before: until((bill) => bill.dueAt), due_at: { keeps: (bill, value) => bill.dueAt === value },
        shared: flag(() => false),
      },
      orders: {
        due_at: (bill) => bill.dueAt ?? '', issued_at: (bill) => bill.issuedAt ?? '', paid_at: (bill) => bill.paidAt ?? 0, last_sent_at: (bill) => bill.lastSentAt ?? 0,
        client_name: (bill) => firm.contacts.at(bill.clientId).name, balance: (bill) => balanceOf(firm, bill), number: (bill) => bill.number,
        matter_display_number: (bill) => firm.matters.get(bill.matterIds[0] ?? null)?.displayNumber ?? '',
      },
    },
    find: (id) => {
      const bill = firm.bills.get(id);
      return bill?.state === 'deleted' && firm.switches.deletedBills === 'gone' ? undefined : bill;
    },
    patch: (bill, data, call) => {
      requireRole(call.user, 'admin', 'billing');
      if (firm.switches.readOnlyKeys === 'refused') refuseReadOnly(data);
      const { state, ...changes } = parsed(Changes, data);
      requireEditable(firm, bill, changes);
      if (state !== undefined) moveState(firm, bill, state, () => recordPayment(firm, { billIds: [bill.id], amount: billSums(bill, firm).balance }));
      writeChanges(firm, bill, changes);
    },
    remove: (bill, call) => {
      requireRole(call.user, 'admin', 'billing');
      deleteBill(firm, bill);
    },
  });
}

type Edit = Omit<z.infer<typeof Changes>, 'state'>;

/** Shared with the bill page: a person's edit and an app's PATCH obey the same rules. */
export function applyChanges(firm: Firm, bill: BillRecord, changes: Edit): void {
  requireEditable(firm, bill, changes);
  writeChanges(firm, bill, changes);
}

function requireEditable(firm: Firm, bill: BillRecord, changes: Edit): void {
  if (Object.keys(changes).length === 0) return;
  if (bill.state === 'void' || bill.state === 'deleted') throw invalid('Bill cannot be edited');
  const money = [changes.discount, changes.interest, changes.tax_rate, changes.secondary_tax_rate, changes.currency_id];
  if (money.some((value) => value !== undefined) && (hasPayments(bill, firm) || bill.state === 'paid')) throw invalid('Bill with payments cannot be edited');
  if (changes.currency_id !== undefined && !firm.currencies.get(changes.currency_id)) throw invalid('Currency not found');
}

function writeChanges(firm: Firm, bill: BillRecord, changes: Edit): void {
  if (Object.keys(changes).length === 0) return;
  if (changes.issued_at !== undefined) bill.issuedAt = changes.issued_at;
  if (changes.due_at !== undefined) bill.dueAt = changes.due_at;
  if (changes.use_grace_period) bill.dueAt = addDays(bill.issuedAt ?? firm.today(), firm.contacts.at(bill.clientId).paymentTermDays ?? 30);
  if (changes.memo !== undefined) bill.memo = changes.memo;
  if (changes.number !== undefined) {
    bill.number = changes.number;
    firm.noteBillNumber(changes.number);
  }
  if (changes.purchase_order !== undefined) bill.purchaseOrder = changes.purchase_order;
  if (changes.subject !== undefined) bill.subject = changes.subject;
  if (changes.tax_rate !== undefined) bill.taxRate = changes.tax_rate;
  if (changes.secondary_tax_rate !== undefined) bill.secondaryTaxRate = changes.secondary_tax_rate;
  if (changes.currency_id !== undefined) bill.currencyId = changes.currency_id;
  if (changes.discount) bill.discount = { rate: changes.discount.rate, type: changes.discount.type, note: changes.discount.note ?? null };
  if (changes.interest) Object.assign(bill, { interestRate: changes.interest.rate, interestType: changes.interest.type ?? bill.interestType, interestPeriod: changes.interest.period ?? bill.interestPeriod });
  settleState(bill, firm, firm.clock.now());
  billChanged(firm, bill);
}

function refuseReadOnly(data: unknown): void {
  const key = READ_ONLY.find((name) => typeof data === 'object' && data !== null && name in data);
  if (key !== undefined) throw invalid(`${key} cannot be written`);
}
