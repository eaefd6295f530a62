import type { BillLink, CreditLink, PaymentLink } from '../core/link.js';
import type { Stray } from '../core/plan.js';
import { parseBillBase, parseCreditBase, parsePaymentBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';

/** Links as the planner reads them. */
export const billLinkOf = (record: LinkRecord): BillLink => {
  const base = parseBillBase(record.base);
  return { billId: record.billId ?? '', role: record.role, invoiceId: record.xeroId, invoiceNumber: base?.invoice.number ?? null, base };
};

export const paymentLinkOf = (record: LinkRecord): PaymentLink => {
  const base = parsePaymentBase(record.base);
  if (!base) throw new Error(`payment link ${record.id} has no base`);
  return { ...base, id: record.id, billId: record.billId ?? '', allocationId: record.clioId, paymentId: record.xeroId };
};

export const creditLinkOf = (record: LinkRecord): CreditLink => {
  const base = parseCreditBase(record.base);
  if (!base) throw new Error(`credit link ${record.id} has no base`);
  const { foreignId, ...rest } = base;
  return { ...rest, id: record.id, billId: record.billId ?? '', allocationId: record.clioId, noteId: record.xeroId ?? foreignId };
};

export const strayOf = (record: LinkRecord): Stray => ({ invoiceId: record.xeroId ?? '', number: record.facts['number'] ?? '' });
