import { z } from 'zod';
import { invalid } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, containing, flag, from, until } from './listing.js';
import { parsed } from './parsed.js';
import type { ActivityRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

const reference = z.object({ id: z.number().int() });
const Creation = z.object({
  type: z.enum(['TimeEntry', 'ExpenseEntry', 'HardCostEntry', 'SoftCostEntry']),
  date: z.iso.date(),
  price: z.number().optional(),
  quantity: z.number().optional(),
  note: z.string().nullish(),
  reference: z.string().nullish(),
  vendor: reference.optional(),
  matter: reference.optional(),
  user: reference.optional(),
  expense_category: reference.optional(),
  activity_description: reference.optional(),
  utbms_expense: reference.optional(),
  tax_setting: z.enum(['no_tax', 'tax_1_only', 'tax_2_only', 'tax_1_and_tax_2']).optional(),
  non_billable: z.boolean().optional(),
  no_charge: z.boolean().optional(),
});
/** Kind and owner of an entry cannot be changed here; what else the document lists for PATCH and nobody here needs is left out. */
const Changes = Creation.omit({ type: true, user: true }).partial();
const STATUSES = ['billed', 'draft', 'unbilled', 'non_billable', 'billable', 'written_off'];

export function activities(firm: Firm, views: Views): Resource {
  return resource<ActivityRecord>({
    path: 'activities', schema: 'Activity', permission: 'Activities', view: (activity) => views.activity(activity),
    list: {
      rows: () => firm.activities.all(),
      filters: {
        type: { values: ['TimeEntry', 'ExpenseEntry', 'HardCostEntry', 'SoftCostEntry'], keeps: (each, value) => each.type === value },
        status: { values: STATUSES, keeps: (each, value) => hasStatus(firm, each, value) },
        start_date: from((each) => each.date), end_date: until((each) => each.date), matter_id: byNumber((each) => each.matterId), user_id: byNumber((each) => each.userId),
        expense_category_id: byNumber((each) => each.expenseCategoryId), activity_description_id: byNumber((each) => each.activityDescriptionId),
        flat_rate: flag(() => false), query: containing((each) => each.note ?? ''),
      },
      orders: { date: (each) => each.date, created_at: (each) => each.createdAt },
    },
    find: (id) => firm.activities.get(id),
    create: (data, call) => {
      const body = parsed(Creation, data);
      const isHardCost = body.type === 'HardCostEntry';
      if ((isHardCost || body.type === 'SoftCostEntry') && !firm.switches.hardAndSoftCosts) throw invalid('Hard and soft costs are not enabled for this account');
      if (isHardCost && body.quantity !== undefined) throw invalid('quantity cannot be given for a hard cost');
      if (!isHardCost && (body.reference ?? body.vendor) !== undefined) throw invalid('reference and vendor are for hard costs only');
      if (body.matter && !firm.matters.get(body.matter.id)) throw invalid('Matter not found');
      if (body.expense_category && !firm.expenseCategories.get(body.expense_category.id)) throw invalid('Expense category not found');
      return firm.activities.add((stamp) => ({
        ...stamp, type: body.type, date: body.date, price: body.price ?? 0, quantity: isHardCost ? null : (body.quantity ?? (body.type === 'TimeEntry' ? 0 : 1)), note: body.note ?? null,
        reference: body.reference ?? null, nonBillable: body.non_billable ?? false, noCharge: body.no_charge ?? false, taxSetting: body.tax_setting ?? null,
        matterId: body.matter?.id ?? null, userId: body.user?.id ?? call.user.id, billId: null, expenseCategoryId: body.expense_category?.id ?? null,
        activityDescriptionId: body.activity_description?.id ?? null, vendorId: body.vendor?.id ?? null, ...given('utbmsExpenseId', body.utbms_expense?.id),
      }));
    },
    patch: (activity, data) => {
      const body = parsed(Changes, data);
      if (body.matter && !firm.matters.get(body.matter.id)) throw invalid('Matter not found');
      changeActivity(firm, activity, {
        ...given('date', body.date), ...given('price', body.price), ...given('quantity', body.quantity), ...given('note', body.note), ...given('reference', body.reference),
        ...given('matterId', body.matter?.id), ...given('vendorId', body.vendor?.id), ...given('expenseCategoryId', body.expense_category?.id),
        ...given('taxSetting', body.tax_setting), ...given('nonBillable', body.non_billable), ...given('noCharge', body.no_charge),
      });
    },
    remove: (activity) => { removeActivity(firm, activity); },
  });
}

/** On any bill, even a draft one, the line item is edited instead; the wording is seen in third-party code. */
export function changeActivity(firm: Firm, activity: ActivityRecord, changes: Partial<ActivityRecord>): void {
  refuseBilled(firm, activity);
  firm.activities.touch(Object.assign(activity, changes));
}

/** That a billed entry cannot be deleted either is inferred. */
export function removeActivity(firm: Firm, activity: ActivityRecord): void {
  refuseBilled(firm, activity);
  firm.activities.remove(activity);
}

function refuseBilled(firm: Firm, activity: ActivityRecord): void {
  const state = firm.bills.get(activity.billId)?.state;
  if (state !== undefined && state !== 'void' && state !== 'deleted') throw invalid('Activity has been billed');
}

const given = <K extends keyof ActivityRecord>(name: K, value: ActivityRecord[K] | undefined): Partial<ActivityRecord> => (value === undefined ? {} : { [name]: value });

function hasStatus(firm: Firm, activity: ActivityRecord, status: string): boolean {
  const state = firm.bills.get(activity.billId)?.state;
  const billed = state === 'awaiting_payment' || state === 'paid';
  const drafted = state === 'draft' || state === 'awaiting_approval';
  switch (status) {
    case 'billed':
      return billed;
    case 'draft':
      return drafted;
    case 'unbilled':
      return !billed && !drafted && !activity.nonBillable;
    case 'non_billable':
      return activity.nonBillable;
    case 'billable':
      return !activity.nonBillable;
    default:
      return false;
  }
}
