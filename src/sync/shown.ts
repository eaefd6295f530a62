import type { Bill } from '../core/bill.js';
import type { Invoice } from '../core/invoice.js';
import type { Shown } from '../store/records.js';

/** What pages show of a bill without asking a vendor: both sides as they were read. */
export function shownOf(bill: Bill, invoice: Invoice | null, seenAt: string): Shown {
  return {
    number: bill.number,
    clientName: bill.client?.name ?? '',
    matters: bill.matters.map((matter) => matter.number),
    currency: bill.currency,
    clioState: bill.state,
    clioTotal: bill.due,
    clioTax: bill.totalTax,
    clioBalance: bill.balance,
    issuedOn: bill.issuedOn,
    xeroState: invoice?.status ?? null,
    xeroNumber: invoice?.number ?? null,
    xeroTotal: invoice?.total ?? null,
    xeroTax: invoice?.totalTax ?? null,
    xeroDue: invoice?.amountDue ?? null,
    xeroChangedAt: invoice?.changedAt ?? null,
    seenAt,
  };
}
