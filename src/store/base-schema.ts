import { z } from 'zod';
import type { DetailsSeen } from '../core/contact-details.js';
import type { Contact } from '../core/contact.js';
import type { ExpenseLink } from '../core/expense.js';
import type { BillBase, CreditLink, PaymentLink } from '../core/link.js';
import { schemaOf } from './exact-schema.js';

const minor = z.int();
const day = z.iso.date();

const billFigures = z.object({
  number: z.string(),
  total: minor,
  due: minor,
  totalTax: minor,
  currency: z.string(),
  issuedOn: day,
  dueOn: day.nullable(),
  clientId: z.string(),
  digest: z.string(),
  wording: z.string().default(''),
});

export const BillBaseSchema = schemaOf<BillBase>()(
  z.object({
    bill: billFigures,
    invoice: z.object({
      total: minor,
      totalTax: minor,
      subTotal: minor,
      contactId: z.string(),
      date: day,
      number: z.string(),
      reference: z.string().nullable().default(null),
      dueOn: day.nullable().default(null),
      reworded: z.array(z.enum(['reference', 'dueOn'])).default([]),
      lines: z.array(
        z.object({
          xeroId: z.string(),
          from: z.array(z.string()),
          net: minor,
          tax: minor,
          accountCode: z.string().nullable(),
          taxType: z.string().nullable(),
          text: z.string(),
          reworded: z.boolean().default(false),
        }),
      ),
    }),
    agreedAt: z.iso.datetime(),
  }),
);

/** What a payment's link remembers in `base`; its ids stand in the record itself. */
export type PaymentBase = Omit<PaymentLink, 'id' | 'billId' | 'allocationId' | 'paymentId'>;

export const PaymentBaseSchema = schemaOf<PaymentBase>()(
  z.object({
    origin: z.enum(['clio', 'xero']),
    alsoFor: z.array(z.string()).default([]),
    amount: minor,
    date: day,
    rung: z.enum(['marked-paid', 'task', 'inbox']).nullable(),
    taskId: z.string().nullable(),
    removalTaskId: z.string().nullable().default(null),
    takenOff: z.object({ revision: z.string(), back: z.boolean() }).nullable().default(null),
    ended: z.boolean(),
  }),
);

/** What a credit's link remembers. A note somebody made may settle several bills, so its id is kept here, as the record's `xeroId` is unique. */
export type CreditBase = Omit<CreditLink, 'id' | 'billId' | 'allocationId' | 'noteId'> & { foreignId: string | null };

export const CreditBaseSchema = schemaOf<CreditBase>()(
  z.object({
    origin: z.enum(['clio', 'xero']),
    foreignId: z.string().nullable(),
    number: z.string(),
    amount: minor,
    date: day,
    treatment: z.enum(['reduction', 'bad-debt', 'refund']).nullable(),
    refundId: z.string().nullable().default(null),
    rung: z.enum(['task', 'inbox']).nullable().default(null),
    taskId: z.string().nullable().default(null),
    cut: z.object({ role: z.string(), bill: billFigures, from: z.array(z.array(z.string())), agreedAt: z.iso.datetime() }).nullable(),
    ended: z.boolean(),
  }),
);

/** What a cost's link remembers in `base`; for a cost born in Clio the document's id stands in the record itself. */
export type ExpenseBase = Omit<ExpenseLink, 'id' | 'expenseId' | 'lineId'>;

export const ExpenseBaseSchema = schemaOf<ExpenseBase>()(
  z.object({
    origin: z.enum(['clio', 'xero']),
    kind: z.enum(['spend', 'bill']),
    documentId: z.string().nullable(),
    reference: z.string().nullable(),
    agreed: z
      .object({
        amount: minor,
        currency: z.string(),
        date: day,
        matterId: z.string().nullable(),
        vendorId: z.string().nullable(),
        categoryId: z.string().nullable(),
        accountCode: z.string().nullable(),
      })
      .nullable(),
    ended: z.boolean(),
  }),
);

const address = z.object({ street: z.string(), city: z.string(), region: z.string(), postalCode: z.string(), country: z.string() }).nullable();
const details = z.object({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), address });

/** A contact as its link keeps it: with the details both sides last showed, once they were looked at together. */
export type KeptContact = Contact & { seen: DetailsSeen | null };

export const ContactSchema = schemaOf<KeptContact>()(
  z.object({
    xeroId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    // Not on contacts kept before details could follow; the next look brings them.
    phone: z.string().nullable().default(null),
    address: address.default(null),
    seen: z.object({ inClio: details, inXero: details }).nullable().default(null),
    taxNumber: z.string().nullable(),
    contactNumber: z.string().nullable(),
    status: z.enum(['active', 'archived']),
    isCustomer: z.boolean(),
    isSupplier: z.boolean(),
    mergedToId: z.string().nullable(),
    changedAt: z.iso.datetime().nullable().default(null),
  }),
);

/** `base` of a link by the link's kind; null as long as nothing was agreed. All throw ZodError on what does not fit. */
export const parseBillBase = (base: unknown): BillBase | null => BillBaseSchema.nullable().parse(base);
export const parsePaymentBase = (base: unknown): PaymentBase | null => PaymentBaseSchema.nullable().parse(base);
export const parseCreditBase = (base: unknown): CreditBase | null => CreditBaseSchema.nullable().parse(base);
export const parseExpenseBase = (base: unknown): ExpenseBase | null => ExpenseBaseSchema.nullable().parse(base);
export const parseContact = (base: unknown): KeptContact | null => ContactSchema.nullable().parse(base);
