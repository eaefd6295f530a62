import type { Details } from '../core/contact-details.js';
import type { NewContact } from '../core/contact.js';
import type { NewInvoice, NewInvoiceLine, NewPayment, TrackingChoice } from '../core/invoice.js';
import { type CurrencyCode, toDecimalNumber } from '../core/money.js';
import { ServiceError } from '../http/service-error.js';
import { filled } from './filled.js';
import { Account, Address, Contact, CurrencyCode as SdkCurrency, Invoice, LineAmountTypes, LineItem, LineItemTracking, Payment, Phone } from './sdk.js';

const statuses = { draft: Invoice.StatusEnum.DRAFT, submitted: Invoice.StatusEnum.SUBMITTED, authorised: Invoice.StatusEnum.AUTHORISED };

/** Only approved invoices can be marked as sent (Xero OpenAPI, `SentToContact`). */
export const toNewInvoice = (invoice: NewInvoice): Invoice =>
  filled(new Invoice(), { type: Invoice.TypeEnum.ACCREC, status: statuses[invoice.status], ...(invoice.markSent && invoice.status === 'authorised' ? { sentToContact: true } : {}), ...contentOf(invoice, []) });

/** All but the status: an edit must neither approve a draft nor try to take an approval back. */
export function contentOf(invoice: NewInvoice, lineIds: (string | null)[]): Partial<Invoice> {
  return {
    contact: contactOf(invoice.contactXeroId),
    invoiceNumber: invoice.number,
    reference: invoice.reference,
    date: invoice.date,
    dueDate: invoice.dueOn,
    lineAmountTypes: LineAmountTypes.Exclusive,
    currencyCode: currencyOf(invoice.currency),
    lineItems: invoice.lines.map((line, index) => toLineItem(line, invoice.currency, lineIds[index] ?? null)),
    ...(invoice.brandingThemeId ? { brandingThemeID: invoice.brandingThemeId } : {}),
    ...(invoice.url && acceptableUrl(invoice.url) ? { url: invoice.url } : {}),
  };
}

/** The id alone: further fields would change the contact itself. */
export const contactOf = (id: string): Contact => filled(new Contact(), { contactID: id });

/** Quantity 1 and the exact net: a unit price has four decimals at most, an amount is always exact. */
export function toLineItem(line: Omit<NewInvoiceLine, 'from'>, currency: CurrencyCode, lineId: string | null): LineItem {
  const net = toDecimalNumber(line.net, currency);
  return filled(new LineItem(), {
    ...(lineId ? { lineItemID: lineId } : {}),
    description: line.text.slice(0, 4000),
    quantity: 1,
    unitAmount: net,
    lineAmount: net,
    taxAmount: toDecimalNumber(line.tax, currency),
    taxType: line.taxType,
    accountCode: line.accountCode,
    tracking: line.tracking.map(toTracking),
  });
}

const toTracking = ({ categoryId, optionId }: TrackingChoice): LineItemTracking => filled(new LineItemTracking(), { trackingCategoryID: categoryId, trackingOptionID: optionId });

/** Xero refuses links that hold its own name (OpenAPI, Invoice.Url); a link is worth less than the invoice it would block. */
export function acceptableUrl(text: string): boolean {
  if (/xero/i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname));
}

export function toNewPayment(payment: NewPayment): Payment {
  return filled(new Payment(), {
    invoice: filled(new Invoice(), { invoiceID: payment.invoiceXeroId }),
    account: filled(new Account(), { accountID: payment.accountXeroId }),
    date: payment.date,
    amount: toDecimalNumber(payment.amount, payment.currency),
    reference: payment.reference,
  });
}

export function toNewContact(contact: NewContact): Contact {
  return filled(new Contact(), {
    contactNumber: contact.contactNumber,
    ...(contact.firstName ? { firstName: contact.firstName.slice(0, 255) } : {}),
    ...(contact.lastName ? { lastName: contact.lastName.slice(0, 255) } : {}),
    ...(contact.taxNumber && contact.taxNumber.length <= 50 ? { taxNumber: contact.taxNumber } : {}),
    ...detailsOf(contact),
  });
}

/** What is not given stays as it is in Xero. */
export function detailsOf({ name, email, phone, address }: Partial<Details>): Partial<Contact> {
  return {
    ...(name ? { name: tidyName(name).slice(0, 255).trim() } : {}),
    // A bad address blocks the contact and with it the invoice, so a doubtful one stays out.
    ...(email && plainEmail.test(email) && email.length <= 255 ? { emailAddress: email } : {}),
    ...(phone ? { phones: [filled(new Phone(), { phoneType: Phone.PhoneTypeEnum.DEFAULT, phoneNumber: phone.slice(0, 50) })] } : {}),
    ...(address ? { addresses: [toAddress(address)] } : {}),
  };
}

/** ASCII without blanks; Xero takes no umlauts. */
const plainEmail = /^[\x21-\x3f\x41-\x7e]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** Xero allows no angle brackets and no doubled or outer blanks in a contact's name. */
export const tidyName = (name: string): string => name.replace(/[<>]/g, ' ').replace(/\s+/g, ' ').trim();

function toAddress(address: NonNullable<NewContact['address']>): Address {
  const [line1 = '', line2 = '', line3 = '', ...rest] = address.street.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  return filled(new Address(), {
    addressType: Address.AddressTypeEnum.POBOX,
    addressLine1: line1.slice(0, 500),
    addressLine2: line2.slice(0, 500),
    addressLine3: line3.slice(0, 500),
    addressLine4: rest.join(', ').slice(0, 500),
    city: address.city.slice(0, 255),
    region: address.region.slice(0, 255),
    postalCode: address.postalCode.slice(0, 50),
    // Letters only, says the specification.
    country: address.country.replace(/[^\p{L} ]/gu, '').slice(0, 50),
  });
}

/** Never left out for an unknown code: Xero would book the document in the organisation's base currency. */
export function currencyOf(code: CurrencyCode): SdkCurrency {
  if (isKnown(code)) return SdkCurrency[code];
  throw new ServiceError({ service: 'xero', kind: 'rejected', message: `Xero's client knows no currency ${code}` });
}

const isKnown = (code: string): code is keyof typeof SdkCurrency => Object.hasOwn(SdkCurrency, code);
