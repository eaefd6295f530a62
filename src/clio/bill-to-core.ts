import type { Bill, MatterRef, Split } from '../core/bill.js';
import { parseAmount } from '../core/money.js';
import { billSums } from './bill-sums.js';
import { billTaxes } from './bill-taxes.js';
import { countedLines } from './counted-lines.js';
import type { TaxTerms } from './line-taxes.js';
import { lineToCore } from './line-to-core.js';
import type { ActivityWire, BillWire, LineWire, MatterWire } from './wire.js';

/** Everything read about one bill; activities and matters by id. */
export interface BillParts {
  bill: BillWire;
  lines: readonly LineWire[];
  activities: ReadonlyMap<string, ActivityWire>;
  matters: ReadonlyMap<string, MatterWire>;
  terms: TaxTerms;
}

export function billToCore({ bill, lines: wireLines, activities, matters, terms }: BillParts): Bill {
  const amount = (value: string | number | null) => parseAmount(value ?? 0, terms.currency);
  const lines = countedLines(bill, wireLines, terms.currency).map((line) => lineToCore(line, activities.get(line.activity?.id ?? '') ?? null, terms));
  const totalTax = bill.total_tax === null ? amount(bill.tax_sum) + amount(bill.secondary_tax_sum) : amount(bill.total_tax);
  return {
    clioId: bill.id,
    number: bill.number ?? '',
    kind: kindOf(bill.kind),
    state: bill.state,
    canBecomePaid: bill.available_state_transitions?.includes('paid') ?? false,
    currency: terms.currency,
    issuedOn: bill.issued_at ?? bill.created_at ?? bill.updated_at.slice(0, 10),
    dueOn: bill.due_at,
    client: bill.client && { clioId: bill.client.id, name: bill.client.name ?? '' },
    matters: (bill.matters ?? []).map((matter) => matterRef(matter, matters.get(matter.id) ?? null)),
    lines,
    ...billSums(bill, lines, totalTax, terms.currency),
    originalBillId: bill.original_bill?.id ?? null,
    taxes: billTaxes(bill, lines, terms),
    subTotal: amount(bill.sub_total),
    totalTax,
    total: amount(bill.total),
    due: amount(bill.due),
    paid: amount(bill.paid),
    credited: amount(bill.credits_issued),
    // A bill that asks for nothing any more may or may not keep its old balance in Clio.
    balance: bill.state === 'void' || bill.state === 'deleted' ? 0 : amount(bill.balance),
    pending: amount(bill.pending),
    split: splitOf(bill),
    legalAid: bill.legal_aid_uk_bill !== null,
    subject: bill.subject,
    version: bill.etag ?? '',
    updatedAt: bill.updated_at,
  };
}

/** Whether every bill has such a record is not documented: one that names neither other bills nor a portion says nothing. */
function splitOf({ id, split_invoice: split }: BillWire): Split | null {
  if (!split) return null;
  const others = (split.linked_invoices_ids ?? []).filter((each) => each !== id);
  const ofBillId = split.bill_id ?? id;
  if (others.length === 0 && split.split_portion === null && ofBillId === id) return null;
  return { ofBillId, portion: split.split_portion === null ? null : String(split.split_portion), withBillIds: others };
}

/** `summary_kind` and kinds not known yet are not guessed at; trust requests are not revenue. */
function kindOf(kind: string | null): Bill['kind'] {
  if (kind === 'revenue_kind' || kind?.startsWith('aggregate_')) return 'revenue';
  return kind === 'trust_kind' ? 'trust' : 'unknown';
}

export function matterRef(named: { id: string; display_number: string | null }, matter: MatterWire | null): MatterRef {
  return {
    clioId: named.id,
    number: matter?.display_number ?? named.display_number ?? '',
    description: matter?.description ?? null,
    practiceArea: matter?.practice_area?.name ?? null,
    responsibleAttorney: matter?.responsible_attorney?.name ?? null,
    office: matter?.location ?? null,
  };
}
