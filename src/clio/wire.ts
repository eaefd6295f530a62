import { z } from 'zod';

/**
 * Clio's replies as they cross the wire. The OpenAPI file promises neither presence nor non-null of any property, so all but ids
 * and what money depends on may be missing; numbers may come as text (tax rates of the 2026-09 description).
 */
const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

const id = z.union([z.number().int(), z.string().regex(/^\d{1,19}$/)]).transform(String);
const decimal = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]);
const text = orNull(z.string());
/** A stray time part is dropped: the date stands in the firm's own zone. */
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((value) => value.slice(0, 10));
const moment = z
  .string()
  .refine((value) => !Number.isNaN(Date.parse(value)))
  .transform((value) => new Date(value).toISOString());
/** `discount_services_only` is text in one description and boolean in the next. */
const flag = z.union([z.boolean(), z.string().transform((value) => value === 'true' || value === '1')]);

const named = z.object({ id, name: text });
const account = z.object({ id, name: text, type: text });

export const billWire = z.object({
  id,
  etag: text,
  number: text,
  kind: text,
  state: z.enum(['draft', 'awaiting_approval', 'awaiting_payment', 'paid', 'void', 'deleted']),
  available_state_transitions: orNull(z.array(z.string())),
  subject: text,
  issued_at: orNull(date),
  due_at: orNull(date),
  created_at: orNull(date),
  updated_at: moment,
  tax_rate: orNull(decimal),
  secondary_tax_rate: orNull(decimal),
  sub_total: orNull(decimal),
  tax_sum: orNull(decimal),
  secondary_tax_sum: orNull(decimal),
  total_tax: orNull(decimal),
  total: decimal,
  due: decimal,
  paid: orNull(decimal),
  pending: orNull(decimal),
  balance: decimal,
  credits_issued: orNull(decimal),
  discount_services_only: orNull(flag),
  client: orNull(named),
  matters: orNull(z.array(z.object({ id, display_number: text }))),
  currency: orNull(z.object({ code: text })),
  discount: orNull(z.object({ rate: orNull(decimal), type: text, note: text })),
  interest: orNull(z.object({ total: orNull(decimal) })),
  original_bill: orNull(z.object({ id })),
  billing_setting: orNull(z.object({ tax_name: text, secondary_tax_name: text, secondary_tax_rule: text })),
  split_invoice: orNull(z.object({ bill_id: orNull(id), linked_invoices_ids: orNull(z.array(id)), split_portion: orNull(decimal) })),
  legal_aid_uk_bill: orNull(z.object({ id: orNull(id) })),
});
export type BillWire = z.output<typeof billWire>;

export const billIdWire = z.object({ id });
export const matterNumberWire = z.object({ id, display_number: text });
export const billCurrencyWire = z.object({ id, currency: orNull(z.object({ code: text })) });
export const billGuardWire = billWire.pick({ id: true, state: true, balance: true, currency: true });

export const taxSettingWire = z.object({
  tax_rate_configuration_id: orNull(id),
  name: text,
  rate: orNull(decimal),
  formatted_rate: text,
  rule: text,
  amount: orNull(decimal),
  order: orNull(z.number()),
});
export type TaxSettingWire = z.output<typeof taxSettingWire>;

export const lineWire = z.object({
  id,
  type: text,
  kind: text,
  description: text,
  note: text,
  date: orNull(date),
  quantity: orNull(decimal),
  sub_total: orNull(decimal),
  tax: orNull(decimal),
  secondary_tax: orNull(decimal),
  total: decimal,
  taxable: orNull(z.boolean()),
  secondary_taxable: orNull(z.boolean()),
  group_ordering: orNull(z.number()),
  bill: orNull(z.object({ id })),
  activity: orNull(z.object({ id, type: text })),
  matter: orNull(z.object({ id })),
  user: orNull(named),
  discount: orNull(z.object({ rate: orNull(decimal), type: text })),
  tax_settings: orNull(z.array(taxSettingWire)),
});
export type LineWire = z.output<typeof lineWire>;

export const activityWire = z.object({
  id,
  type: text,
  activity_description: orNull(z.object({ id, name: text, xero_service_code: text, utbms_activity_id: orNull(id), utbms_task_id: orNull(id) })),
  expense_category: orNull(z.object({ id, name: text, entry_type: text, xero_expense_code: text })),
  utbms_expense: orNull(z.object({ id })),
});
export type ActivityWire = z.output<typeof activityWire>;

export const expenseWire = z.object({
  id,
  type: text,
  date,
  price: orNull(decimal),
  quantity: orNull(decimal),
  total: orNull(decimal),
  note: text,
  reference: text,
  billed: orNull(z.boolean()),
  on_bill: orNull(z.boolean()),
  non_billable: orNull(z.boolean()),
  no_charge: orNull(z.boolean()),
  bill: orNull(z.object({ id, number: text })),
  created_at: moment,
  matter: orNull(z.object({ id, display_number: text })),
  expense_category: orNull(named),
  vendor: orNull(named),
  currency: orNull(z.object({ code: text })),
});
export type ExpenseWire = z.output<typeof expenseWire>;

export const matterWire = z.object({
  id,
  display_number: text,
  description: text,
  location: text,
  client: orNull(named),
  practice_area: orNull(named),
  responsible_attorney: orNull(named),
});
export type MatterWire = z.output<typeof matterWire>;

export const allocationWire = z.object({
  id,
  date,
  amount: decimal,
  interest: orNull(z.boolean()),
  voided_at: text,
  updated_at: text,
  description: text,
  payment_type: text,
  has_online_payment: orNull(z.boolean()),
  bill: orNull(z.object({ id })),
  source_bank_account: orNull(account),
  destination_bank_account: orNull(account),
  parent: orNull(z.object({ id, type: text })),
});
export type AllocationWire = z.output<typeof allocationWire>;

export const creditMemoWire = z.object({ id, discount: orNull(z.boolean()) });

const addressWire = z.object({
  name: text,
  street: text,
  city: text,
  province: text,
  postal_code: text,
  country: text,
  primary: orNull(z.boolean()),
});
export type AddressWire = z.output<typeof addressWire>;

export const contactWire = z.object({
  id,
  etag: text,
  type: text,
  name: text,
  first_name: text,
  last_name: text,
  primary_email_address: text,
  primary_phone_number: text,
  sales_tax_number: text,
  addresses: orNull(z.array(addressWire)),
});
export type ContactWire = z.output<typeof contactWire>;

export const bankAccountWire = account.extend({ currency: text });

export const userWire = named.extend({
  email: text,
  enabled: orNull(z.boolean()),
  roles: orNull(z.array(z.string())),
  time_zone: text,
  account: orNull(named),
});
export type UserWire = z.output<typeof userWire>;

export const billingSettingsWire = z.object({
  currency: text,
  multi_currency_billing: orNull(z.boolean()),
  tax_name: text,
  tax_rate: orNull(decimal),
  use_secondary_tax: orNull(z.boolean()),
  secondary_tax_name: text,
  secondary_tax_rate: orNull(decimal),
  secondary_tax_rule: text,
});
export type BillingSettingsWire = z.output<typeof billingSettingsWire>;

export const taxRateWire = z.object({ id, name: text, rate: orNull(decimal), rate_as_percentage: orNull(decimal), active: orNull(z.boolean()) });
export type TaxRateWire = z.output<typeof taxRateWire>;

const utbmsCode = orNull(z.object({ id, code: text, name: text }));
export const expenseCategoryWire = z.object({ id, name: text, entry_type: text, xero_expense_code: text, utbms_code: utbmsCode });
export const workCategoryWire = z.object({ id, name: text, xero_service_code: text, utbms_activity: utbmsCode, utbms_task: utbmsCode });
export const practiceAreaWire = named;
export const openMatterWire = z.object({ id, display_number: text, description: text, location: text });

export const taskWire = z.object({ id, etag: text, status: text, description: text });

export const webhookWire = z.object({ id, url: text, model: text, status: text, expires_at: orNull(moment), shared_secret: text });
export type WebhookWire = z.output<typeof webhookWire>;

export const customActionWire = z.object({ id, label: text, target_url: text, ui_reference: text });

/** Clio's error shape; OAuth endpoints have another. */
export const errorWire = z.object({ error: z.object({ type: text, message: text }) });
