import { z } from 'zod';
import { calendarDateOf, instantOf } from './dates.js';

/**
 * Xero's answers as they come: PascalCase, absent or empty instead of null, numbers at times as text.
 * Only what Tieout reads; everything else is ignored, so new fields never break it.
 */
const blank = z.string().nullish().transform((text) => (text === undefined || text === null || text === '' ? null : text));
const amount = z.union([z.number(), z.string()]);
const amountOrZero = amount.nullish().transform((it) => it ?? 0);
const flag = z.union([z.boolean(), z.string()]).nullish().transform((it) => it === true || it === 'true');
const day = z.string().transform(calendarDateOf);
const dayOrNull = z.string().nullish().transform((text) => (text ? calendarDateOf(text) : null));
const momentOrNull = z.string().nullish().transform((text) => (text ? instantOf(text) : null));
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish().transform((it) => it ?? []);

export const noId = '00000000-0000-0000-0000-000000000000';
const id = z.string().min(1).refine((it) => it !== noId);

/** The envelope of every list; `DateTimeUTC` is Xero's own clock, `pagination` is there on paged answers only. */
export const envelope = z.object({
  DateTimeUTC: z.string().transform(instantOf).optional(),
  pagination: z.object({ pageCount: z.number() }).optional(),
});

export const lineItem = z.object({
  LineItemID: blank,
  Description: blank,
  LineAmount: amountOrZero,
  TaxAmount: amountOrZero,
  AccountCode: blank,
  TaxType: blank,
  Tracking: list(z.object({ TrackingCategoryID: z.string(), TrackingOptionID: z.string() })),
});

export const payment = z.object({
  PaymentID: id,
  Date: day,
  Amount: amount,
  Reference: blank,
  Status: z.enum(['AUTHORISED', 'DELETED']).optional(),
  PaymentType: blank,
  Account: z.object({ AccountID: blank }).optional(),
  IsReconciled: flag,
  BatchPaymentID: blank,
  BatchPayment: z.unknown().optional(),
  Invoice: z.object({ InvoiceID: id, CurrencyCode: blank }).optional(),
});

const applied = { AppliedAmount: amountOrZero, Date: dayOrNull };

export const invoice = z.object({
  InvoiceID: id,
  Type: z.string(),
  InvoiceNumber: blank,
  Reference: blank,
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']),
  Contact: z.object({ ContactID: id }),
  CurrencyCode: z.string(),
  Date: day,
  DueDate: dayOrNull,
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']),
  LineItems: list(lineItem),
  SubTotal: amountOrZero,
  TotalTax: amountOrZero,
  Total: amountOrZero,
  AmountDue: amountOrZero,
  AmountPaid: amountOrZero,
  AmountCredited: amountOrZero,
  Payments: list(payment.omit({ Invoice: true })),
  CreditNotes: list(z.object({ CreditNoteID: id, CreditNoteNumber: blank, ...applied })),
  Overpayments: list(z.object({ OverpaymentID: id, ...applied })),
  Prepayments: list(z.object({ PrepaymentID: id, ...applied })),
  Url: blank,
  BrandingThemeID: blank,
  UpdatedDateUTC: momentOrNull,
});

export const contact = z.object({
  ContactID: id,
  Name: z.string(),
  EmailAddress: blank,
  TaxNumber: blank,
  Addresses: z.array(z.object({ AddressType: blank, AddressLine1: blank, AddressLine2: blank, AddressLine3: blank, AddressLine4: blank, City: blank, Region: blank, PostalCode: blank, Country: blank })).default([]),
  Phones: z.array(z.object({ PhoneType: blank, PhoneCountryCode: blank, PhoneAreaCode: blank, PhoneNumber: blank })).default([]),
  ContactNumber: blank,
  ContactStatus: blank,
  IsCustomer: flag,
  IsSupplier: flag,
  MergedToContactID: blank,
  UpdatedDateUTC: momentOrNull,
});

export const organisation = z.object({
  OrganisationID: id,
  Name: z.string(),
  ShortCode: blank,
  CountryCode: blank,
  BaseCurrency: z.string(),
  IsDemoCompany: flag,
  /** The plan: `DEMO`, `TRIAL`, or one of the paid ones. */
  Class: blank,
  Timezone: blank,
  PeriodLockDate: dayOrNull,
  EndOfYearLockDate: dayOrNull,
});

export const account = z.object({
  AccountID: id,
  Code: blank,
  Name: z.string(),
  Type: blank,
  Class: blank,
  Status: blank,
  CurrencyCode: blank,
  SystemAccount: blank,
  EnablePaymentsToAccount: flag,
  TaxType: blank,
});

export const taxRate = z.object({
  TaxType: z.string(),
  Name: z.string(),
  EffectiveRate: amountOrZero,
  Status: blank,
  CanApplyToAssets: flag,
  CanApplyToEquity: flag,
  CanApplyToExpenses: flag,
  CanApplyToLiabilities: flag,
  CanApplyToRevenue: flag,
});

export const trackingCategory = z.object({
  TrackingCategoryID: id,
  Name: z.string(),
  Status: blank,
  Options: list(z.object({ TrackingOptionID: id, Name: z.string(), Status: blank })),
});

export const currency = z.object({ Code: z.string() });
export const brandingTheme = z.object({ BrandingThemeID: z.string(), Name: z.string(), SortOrder: z.number().default(0) });

export type WireInvoice = z.infer<typeof invoice>;
export type WirePayment = z.infer<typeof payment>;
export type WireContact = z.infer<typeof contact>;
export type WireOrganisation = z.infer<typeof organisation>;
export type WireAccount = z.infer<typeof account>;
export type WireTaxRate = z.infer<typeof taxRate>;
export type WireTracking = z.infer<typeof trackingCategory>;

const allocation = z.object({ AllocationID: blank, Amount: amount, Date: day, Invoice: z.object({ InvoiceID: id }), IsDeleted: flag });

export const creditNote = invoice
  .pick({ Reference: true, Status: true, Contact: true, CurrencyCode: true, Date: true, LineAmountTypes: true, LineItems: true, SubTotal: true, TotalTax: true, Total: true })
  .extend({ CreditNoteID: id, Type: z.string(), CreditNoteNumber: blank, RemainingCredit: amountOrZero, Allocations: list(allocation), Payments: list(payment.omit({ Invoice: true })) });

export const bankTransaction = z.object({
  BankTransactionID: id,
  Type: z.enum(['SPEND', 'RECEIVE']),
  Status: z.enum(['AUTHORISED', 'DELETED', 'VOIDED']),
  Contact: z.object({ ContactID: id }).optional(),
  BankAccount: z.object({ AccountID: id }),
  Date: day,
  Reference: blank,
  CurrencyCode: z.string(),
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']),
  LineItems: list(lineItem),
  Total: amountOrZero,
  IsReconciled: flag,
});

export type WireCreditNote = z.infer<typeof creditNote>;
export type WireBankTransaction = z.infer<typeof bankTransaction>;
