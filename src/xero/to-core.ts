import type { Account, TaxRate, TrackingCategory } from '../core/books.js';
import type { Address, Contact } from '../core/contact.js';
import type { Invoice, InvoiceCredit, InvoiceLine, InvoicePayment } from '../core/invoice.js';
import { type CurrencyCode, type Minor, parseAmount } from '../core/money.js';
import type { WireAccount, WireContact, WireInvoice, WirePayment, WireTaxRate, WireTracking } from './wire.js';
import type { WrittenPayment } from './xero.js';

export const invoiceStatuses = { DRAFT: 'draft', SUBMITTED: 'submitted', AUTHORISED: 'authorised', PAID: 'paid', VOIDED: 'voided', DELETED: 'deleted' } as const;
const amountKinds = { Exclusive: 'exclusive', Inclusive: 'inclusive', NoTax: 'no-tax' } as const;

export function toInvoice(wire: WireInvoice): Invoice {
  const money = (value: string | number): Minor => parseAmount(value, wire.CurrencyCode);
  return {
    xeroId: wire.InvoiceID,
    number: wire.InvoiceNumber ?? '',
    reference: wire.Reference,
    status: invoiceStatuses[wire.Status],
    contactId: wire.Contact.ContactID,
    currency: wire.CurrencyCode,
    date: wire.Date,
    dueOn: wire.DueDate,
    amountsAre: amountKinds[wire.LineAmountTypes],
    lines: wire.LineItems.map((line) => toLine(line, wire.LineAmountTypes, money)),
    subTotal: money(wire.SubTotal),
    totalTax: money(wire.TotalTax),
    total: money(wire.Total),
    amountDue: money(wire.AmountDue),
    amountPaid: money(wire.AmountPaid),
    amountCredited: money(wire.AmountCredited),
    payments: wire.Payments.map((payment) => toInvoicePayment(payment, wire.CurrencyCode)),
    credits: toCredits(wire, money),
    url: wire.Url,
    brandingThemeId: wire.BrandingThemeID,
    changedAt: wire.UpdatedDateUTC,
  };
}

export function toLine(line: WireInvoice['LineItems'][number], amountsAre: WireInvoice['LineAmountTypes'], money: (value: string | number) => Minor): InvoiceLine {
  const tax = money(line.TaxAmount);
  return {
    xeroId: line.LineItemID ?? '',
    text: line.Description ?? '',
    // A line amount of an inclusive document holds its tax.
    net: money(line.LineAmount) - (amountsAre === 'Inclusive' ? tax : 0),
    tax,
    accountCode: line.AccountCode,
    taxType: line.TaxType,
    tracking: line.Tracking.map((choice) => ({ categoryId: choice.TrackingCategoryID, optionId: choice.TrackingOptionID })),
  };
}

const toCredits = (wire: WireInvoice, money: (value: string | number) => Minor): InvoiceCredit[] => [
  ...wire.CreditNotes.map((it) => ({ xeroId: it.CreditNoteID, kind: 'credit-note' as const, number: it.CreditNoteNumber, applied: money(it.AppliedAmount), date: it.Date })),
  ...wire.Overpayments.map((it) => ({ xeroId: it.OverpaymentID, kind: 'overpayment' as const, number: null, applied: money(it.AppliedAmount), date: it.Date })),
  ...wire.Prepayments.map((it) => ({ xeroId: it.PrepaymentID, kind: 'prepayment' as const, number: null, applied: money(it.AppliedAmount), date: it.Date })),
];

/**
 * Inside an invoice Xero leaves out status, account and reconciliation of a payment. Only live payments were seen listed
 * there (recordings, not documentation), hence the default.
 */
export const toInvoicePayment = (wire: Omit<WirePayment, 'Invoice'>, currency: CurrencyCode): InvoicePayment => ({
  xeroId: wire.PaymentID,
  date: wire.Date,
  amount: parseAmount(wire.Amount, currency),
  reference: wire.Reference,
  status: wire.Status === 'DELETED' ? 'deleted' : 'authorised',
  accountId: wire.Account?.AccountID ?? null,
  reconciled: wire.IsReconciled,
  batched: wire.BatchPaymentID !== null || (wire.BatchPayment !== undefined && wire.BatchPayment !== null),
});

export const toWrittenPayment = (wire: WirePayment, invoiceId: string, currency: CurrencyCode): WrittenPayment => ({ ...toInvoicePayment(wire, currency), invoiceId });

export const toContact = (wire: WireContact): Contact => ({
  xeroId: wire.ContactID,
  name: wire.Name,
  email: wire.EmailAddress,
  phone: phoneOf(wire),
  address: addressOf(wire),
  taxNumber: wire.TaxNumber,
  contactNumber: wire.ContactNumber,
  // GDPRREQUEST is as unusable as ARCHIVED: only ACTIVE contacts may be put on documents.
  status: wire.ContactStatus === null || wire.ContactStatus === 'ACTIVE' ? 'active' : 'archived',
  isCustomer: wire.IsCustomer,
  isSupplier: wire.IsSupplier,
  mergedToId: wire.MergedToContactID,
  changedAt: wire.UpdatedDateUTC,
});

function phoneOf({ Phones }: WireContact): string | null {
  const phone = Phones.find((each) => each.PhoneType === 'DEFAULT');
  const parts = [phone?.PhoneCountryCode, phone?.PhoneAreaCode, phone?.PhoneNumber].filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? null : parts.join(' ');
}

/** The postal address, which is the one Xero prints on invoices; null where nothing is filled in. */
function addressOf({ Addresses }: WireContact): Address | null {
  const found = Addresses.find((each) => each.AddressType === 'POBOX');
  if (!found) return null;
  const lines = [found.AddressLine1, found.AddressLine2, found.AddressLine3, found.AddressLine4].filter((line) => line !== null);
  const address: Address = { street: lines.join('\n'), city: found.City ?? '', region: found.Region ?? '', postalCode: found.PostalCode ?? '', country: found.Country ?? '' };
  return Object.values(address).every((part) => part === '') ? null : address;
}

const classes = { ASSET: 'asset', EQUITY: 'equity', EXPENSE: 'expense', LIABILITY: 'liability', REVENUE: 'revenue' } as const;

/** None for a class Xero's specification does not name: nothing could be booked there safely. */
export function toAccount(wire: WireAccount): Account[] {
  const known = Object.entries(classes).find(([name]) => name === wire.Class?.toUpperCase())?.[1];
  if (!known) return [];
  const isBank = wire.Type === 'BANK';
  return [
    {
      xeroId: wire.AccountID,
      code: wire.Code,
      name: wire.Name,
      class: known,
      isBank,
      currency: wire.CurrencyCode,
      active: wire.Status === 'ACTIVE',
      system: wire.SystemAccount,
      // Bank accounts take payments although their own flag says false.
      takesPayments: isBank || wire.EnablePaymentsToAccount,
      taxType: wire.TaxType,
    },
  ];
}

export const toTaxRate = (wire: WireTaxRate): TaxRate => ({
  taxType: wire.TaxType,
  name: wire.Name,
  // The effective rate has compounding in it; the display rate has not.
  rate: String(Number(wire.EffectiveRate)),
  active: wire.Status === 'ACTIVE',
  classes: [
    ...(wire.CanApplyToAssets ? (['asset'] as const) : []),
    ...(wire.CanApplyToEquity ? (['equity'] as const) : []),
    ...(wire.CanApplyToExpenses ? (['expense'] as const) : []),
    ...(wire.CanApplyToLiabilities ? (['liability'] as const) : []),
    ...(wire.CanApplyToRevenue ? (['revenue'] as const) : []),
  ],
});

export const toTracking = (wire: WireTracking): TrackingCategory => ({
  xeroId: wire.TrackingCategoryID,
  name: wire.Name,
  active: wire.Status === 'ACTIVE',
  options: wire.Options.map((option) => ({ xeroId: option.TrackingOptionID, name: option.Name, active: option.Status === null || option.Status === 'ACTIVE' })),
});
