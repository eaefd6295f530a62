import { z } from 'zod';
import type { NewContact } from '../core/contact.js';
import type { NewCreditNote, NewRefund } from '../core/credit-note.js';
import type { NewInvoice, NewPayment } from '../core/invoice.js';
import type { BillBase } from '../core/link.js';

/** Requests as they lie in a frozen batch; read back only to be sent again unchanged. */

const minor = z.int();
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);

const newLine = z.object({
  text: z.string(),
  net: minor,
  tax: minor,
  accountCode: z.string(),
  taxType: z.string(),
  tracking: z.array(z.object({ categoryId: z.string(), optionId: z.string() })),
  from: z.array(z.string()),
});

export const NewInvoiceRecord = z.object({
  number: z.string(),
  reference: z.string(),
  contactXeroId: z.string(),
  currency: z.string(),
  date,
  dueOn: date,
  status: z.enum(['draft', 'submitted', 'authorised']),
  markSent: z.boolean().optional(),
  lines: z.array(newLine),
  subTotal: minor,
  totalTax: minor,
  total: minor,
  brandingThemeId: z.string().nullable(),
  url: z.string().nullable(),
}) satisfies z.ZodType<NewInvoice>;

export const BillFiguresRecord = z.object({
  number: z.string(),
  total: minor,
  due: minor,
  totalTax: minor,
  currency: z.string(),
  issuedOn: date,
  dueOn: date.nullable(),
  clientId: z.string(),
  digest: z.string(),
  wording: z.string().default(''),
}) satisfies z.ZodType<BillBase['bill']>;

export const NewPaymentRecord = z.object({
  invoiceXeroId: z.string(),
  accountXeroId: z.string(),
  date,
  amount: minor,
  currency: z.string(),
  reference: z.string(),
}) satisfies z.ZodType<NewPayment>;

export const NewCreditNoteRecord = z.object({
  number: z.string(),
  reference: z.string(),
  contactXeroId: z.string(),
  currency: z.string(),
  date,
  status: z.enum(['draft', 'submitted', 'authorised']),
  lines: z.array(newLine),
  subTotal: minor,
  totalTax: minor,
  total: minor,
}) satisfies z.ZodType<NewCreditNote>;

export const NewRefundRecord = z.object({
  creditNoteXeroId: z.string(),
  accountXeroId: z.string(),
  amount: minor,
  currency: z.string(),
  date,
  reference: z.string(),
}) satisfies z.ZodType<NewRefund>;

export const NewContactRecord = z.object({
  name: z.string(),
  contactNumber: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  taxNumber: z.string().nullable(),
  address: z.object({ street: z.string(), city: z.string(), region: z.string(), postalCode: z.string(), country: z.string() }).nullable(),
}) satisfies z.ZodType<NewContact>;
