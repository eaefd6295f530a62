import type { Bill } from '../core/bill.js';
import { parseBillBase } from '../store/base-schema.js';
import type { SyncContext } from './firm-context.js';
import { billLinkId } from './link-records.js';

/** A bill Clio no longer shows (some answers for deleted bills are 404): what we last knew of it, in state deleted. Null when we never knew it. */
export async function goneBill(context: SyncContext, billId: string): Promise<Bill | null> {
  const link = await context.store.links.get(context.firm.id, billLinkId(billId, 'main'));
  if (!link?.shown) return null;
  const { shown } = link;
  const base = parseBillBase(link.base);
  return {
    clioId: billId,
    number: shown.number,
    kind: 'revenue',
    state: 'deleted',
    canBecomePaid: false,
    currency: shown.currency,
    issuedOn: shown.issuedOn,
    dueOn: base?.bill.dueOn ?? null,
    client: link.clientId === null ? null : { clioId: link.clientId, name: shown.clientName },
    matters: [],
    lines: [],
    discount: null,
    interest: 0,
    originalBillId: null,
    taxes: [],
    subTotal: 0,
    totalTax: 0,
    total: shown.clioTotal,
    due: shown.clioTotal,
    paid: 0,
    credited: 0,
    balance: 0,
    pending: 0,
    split: null,
    legalAid: false,
    subject: null,
    version: '',
    updatedAt: shown.seenAt,
  };
}
