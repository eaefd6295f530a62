import type { BankTransaction } from '../core/cost.js';
import type { CreditNote } from '../core/credit-note.js';
import { type Minor, parseAmount } from '../core/money.js';
import { invoiceStatuses, toInvoicePayment, toLine } from './to-core.js';
import type { WireBankTransaction, WireCreditNote } from './wire.js';

export function toCreditNote(wire: WireCreditNote): CreditNote {
  const money = (value: string | number): Minor => parseAmount(value, wire.CurrencyCode);
  return {
    xeroId: wire.CreditNoteID,
    number: wire.CreditNoteNumber ?? '',
    reference: wire.Reference,
    status: invoiceStatuses[wire.Status],
    contactId: wire.Contact.ContactID,
    currency: wire.CurrencyCode,
    date: wire.Date,
    lines: wire.LineItems.map((line) => toLine(line, wire.LineAmountTypes, money)),
    subTotal: money(wire.SubTotal),
    totalTax: money(wire.TotalTax),
    total: money(wire.Total),
    remaining: money(wire.RemainingCredit),
    // The answer to an allocation has no id for it; reading the note has.
    allocations: wire.Allocations.filter((it) => !it.IsDeleted).map((it) => ({ xeroId: it.AllocationID ?? '', invoiceId: it.Invoice.InvoiceID, amount: money(it.Amount), date: it.Date })),
    refunds: wire.Payments.map((it) => toInvoicePayment(it, wire.CurrencyCode)),
  };
}

const kinds = { SPEND: 'spend', RECEIVE: 'receive' } as const;
const statuses = { AUTHORISED: 'authorised', DELETED: 'deleted', VOIDED: 'voided' } as const;

export function toBankTransaction(wire: WireBankTransaction): BankTransaction {
  const money = (value: string | number): Minor => parseAmount(value, wire.CurrencyCode);
  return {
    xeroId: wire.BankTransactionID,
    kind: kinds[wire.Type],
    status: statuses[wire.Status],
    contactId: wire.Contact?.ContactID ?? null,
    bankAccountId: wire.BankAccount.AccountID,
    date: wire.Date,
    reference: wire.Reference,
    currency: wire.CurrencyCode,
    lines: wire.LineItems.map((line) => toLine(line, wire.LineAmountTypes, money)),
    total: money(wire.Total),
    reconciled: wire.IsReconciled,
  };
}
