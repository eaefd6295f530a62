import type { Call, Route } from '../call.js';
import { dateString, msDate, utcString } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Json } from '../incoming.js';
import { fromCents } from '../money/decimal.js';
import { NotFound } from '../refusal.js';
import { contactStub } from '../books/contact-view.js';
import { commaList, list } from '../books/listing.js';
import type { Advance, BankTransaction, Organisation } from '../books/organisation.js';
import { advanceType, livePayments, remainingCredit, tellAdvance } from '../books/settlement.js';
import { allocationsOf } from '../documents/allocations.js';
import { paymentStubs } from '../documents/invoice-view.js';
import { lineView } from '../documents/lines.js';

const scope = 'accounting.payments';
const kinds = [
  { kind: 'overpayment', plural: 'Overpayments', idName: 'OverpaymentID' },
  { kind: 'prepayment', plural: 'Prepayments', idName: 'PrepaymentID' },
] as const;

/** Overpayments and prepayments are read here; bank transactions make them. */
export const advanceRoutes: Route[] = kinds.flatMap(({ kind, plural, idName }) => [
  {
    method: 'GET' as const,
    path: `/${plural}`,
    scope,
    handle: (call: Call) => {
      const references = commaList(call, 'References') ?? commaList(call, 'InvoiceNumbers');
      const rows = call.organisation.advances.all().filter((each) => each.kind === kind && (references === undefined || references.has(each.reference.toLowerCase())));
      return list(call, { plural, rows, fields: (each) => view(call, each, idName, false), view: (each, full) => view(call, each, idName, full), paged: true });
    },
  },
  {
    method: 'GET' as const,
    path: `/${plural}/*`,
    scope,
    handle: (call: Call) => {
      const advance = call.organisation.advances.get((call.params[0] ?? '').toLowerCase());
      if (advance?.kind !== kind) throw new NotFound();
      return envelope(call, plural, [view(call, advance, idName, true)]);
    },
  },
]);

export function openAdvance(call: Call, from: BankTransaction): Advance {
  const { organisation, now } = call;
  const advance = organisation.advances.put({
    id: call.world.newId(),
    kind: from.type.endsWith('OVERPAYMENT') ? 'overpayment' : 'prepayment',
    direction: from.type.startsWith('RECEIVE') ? 'RECEIVE' : 'SPEND',
    contactId: from.contactId ?? '',
    date: from.date,
    reference: from.reference,
    status: 'AUTHORISED',
    bankTransactionId: from.id,
    currency: from.currency,
    currencyRate: from.currencyRate,
    lineAmountTypes: from.lineAmountTypes,
    lines: from.lines,
    subTotal: from.subTotal,
    totalTax: from.totalTax,
    total: from.total,
    createdAt: now,
    updatedAt: now,
  });
  tellAdvance(organisation, advance, 'CREATE');
  return advance;
}

export function voidAdvance(call: Call, id: string): void {
  const advance = call.organisation.advances.get(id);
  if (!advance) return;
  const voided = call.organisation.advances.put({ ...advance, status: 'VOIDED', updatedAt: call.now });
  tellAdvance(call.organisation, voided, 'UPDATE');
}

export function isUsed(organisation: Organisation, id: string): boolean {
  return livePayments(organisation, id).length > 0 || organisation.allocations.by('source', id).some((each) => !each.isDeleted);
}

function view(call: Call, advance: Advance, idName: string, lines: boolean): Json {
  const { organisation } = call;
  const places = call.query.get('unitdp') === '4' ? 4 : 2;
  return {
    [idName]: advance.id,
    ID: advance.id,
    Type: advanceType(advance),
    ...(advance.kind === 'prepayment' ? { Reference: advance.reference, InvoiceNumber: advance.reference } : {}),
    RemainingCredit: fromCents(remainingCredit(organisation, advance)),
    Allocations: allocationsOf(organisation, advance.id),
    Payments: paymentStubs(organisation, advance.id),
    HasAttachments: false,
    Contact: contactStub(organisation, advance.contactId),
    DateString: dateString(advance.date),
    Date: msDate(advance.date),
    Status: advance.status,
    LineAmountTypes: advance.lineAmountTypes,
    LineItems: lines ? advance.lines.map((each) => lineView(organisation, each, places)) : [],
    SubTotal: fromCents(advance.subTotal),
    TotalTax: fromCents(advance.totalTax),
    Total: fromCents(advance.total),
    UpdatedDateUTC: msDate(advance.updatedAt),
    UpdatedDateUTCString: utcString(advance.updatedAt),
    CurrencyCode: advance.currency,
    CurrencyRate: advance.currencyRate,
  };
}
