import type { NewInvoice, NewPayment } from '../../src/core/invoice.js';

export const ids = {
  invoice: '9f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b11',
  other: '8e5f9b41-2b0d-4c4e-9944-1b3e0b8d6a00',
  contact: '7a1e5c3d-48b2-4f6a-9d07-c1b83e5f2a64',
  bank: '5e3a8c71-0d46-4b92-9f18-a7c2e6d05b34',
  payment: '3c9d5b7e-8f21-4a60-b4d3-e51a07c6f928',
  none: '00000000-0000-0000-0000-000000000000',
};

/** An invoice in Xero's own words; `over` replaces or adds fields. */
export const wireInvoice = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  Type: 'ACCREC',
  InvoiceID: ids.invoice,
  InvoiceNumber: 'AB-1',
  Reference: 'Matter 7',
  Status: 'AUTHORISED',
  Contact: { ContactID: ids.contact, Name: 'Quill & Co', ContactStatus: 'ACTIVE' },
  DateString: '2026-11-02T00:00:00',
  Date: '/Date(1793577600000+0000)/',
  DueDate: '/Date(1796169600000+0000)/',
  UpdatedDateUTC: '/Date(1795144447215+0000)/',
  LineAmountTypes: 'Exclusive',
  LineItems: [
    { LineItemID: 'a1b2c3d4-0001-4000-8000-000000000001', Description: 'Advice', Quantity: 1, UnitAmount: 927.88, LineAmount: 927.88, TaxType: 'OUTPUT2', TaxAmount: 185.58, AccountCode: '200', Tracking: [{ Name: 'Practice area', Option: 'Property', TrackingCategoryID: 'cat-1', TrackingOptionID: 'opt-1' }] },
  ],
  SubTotal: 927.88,
  TotalTax: 185.58,
  Total: 1113.46,
  AmountDue: 13.46,
  AmountPaid: 1000,
  AmountCredited: 100,
  Payments: [{ PaymentID: ids.payment, Date: '/Date(1795132800000+0000)/', Amount: 1000.0, Reference: 'C1', HasAccount: true, BatchPaymentID: 'b1' }],
  CreditNotes: [{ CreditNoteID: 'cn-1', CreditNoteNumber: 'CN-1', AppliedAmount: 60, Date: '/Date(1795132800000+0000)/' }],
  Overpayments: [{ OverpaymentID: 'op-1', AppliedAmount: 40 }],
  Prepayments: [],
  CurrencyCode: 'GBP',
  InvoicePaymentServices: [],
  ...over,
});

export const newInvoice = (over: Partial<NewInvoice> = {}): NewInvoice => ({
  number: 'AB-1',
  reference: 'Matter 7',
  contactXeroId: ids.contact,
  currency: 'GBP',
  date: '2026-11-02',
  dueOn: '2026-12-02',
  status: 'authorised',
  lines: [{ text: 'Advice', net: 92788, tax: 18558, accountCode: '200', taxType: 'OUTPUT2', tracking: [{ categoryId: 'cat-1', optionId: 'opt-1' }], from: ['1'] }],
  subTotal: 92788,
  totalTax: 18558,
  total: 111346,
  brandingThemeId: null,
  url: 'https://app.example.com/bills/1',
  ...over,
});

export const newPayment = (over: Partial<NewPayment> = {}): NewPayment => ({
  invoiceXeroId: ids.invoice,
  accountXeroId: ids.bank,
  date: '2026-11-20',
  amount: 100000,
  currency: 'GBP',
  reference: 'C55102',
  ...over,
});

export const wirePayment = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  PaymentID: ids.payment,
  Date: '/Date(1795132800000+0000)/',
  Amount: 1000,
  BankAmount: 1000,
  Reference: 'C55102',
  PaymentType: 'ACCRECPAYMENT',
  Status: 'AUTHORISED',
  IsReconciled: false,
  Account: { AccountID: ids.bank, Code: '090' },
  Invoice: { Type: 'ACCREC', InvoiceID: ids.invoice, InvoiceNumber: 'AB-1', CurrencyCode: 'GBP' },
  ...over,
});

/** Xero's envelope around a list, at a moment of its own clock. */
export const envelope = (plural: string, rows: unknown[], pageCount?: number): Record<string, unknown> => ({
  Id: '5b0c1d7e-1b0a-4d59-9f2e-0c6a4b7d8e91',
  Status: 'OK',
  ProviderName: 'Tieout',
  DateTimeUTC: '/Date(1793610867402)/',
  ...(pageCount === undefined ? {} : { pagination: { page: 1, pageSize: 100, pageCount, itemCount: rows.length } }),
  [plural]: rows,
});
