import type { Answer } from '../answer.js';
import type { Call, Route } from '../call.js';
import { msDate } from '../dates.js';
import type { Incoming, Json } from '../incoming.js';
import { cents, fromCents } from '../money/decimal.js';
import { NotFound, Refusal, refuseIf } from '../refusal.js';
import { addNote } from '../books/history.js';
import { refuseLocked } from '../books/lock-dates.js';
import type { Allocation, CreditKind, Organisation } from '../books/organisation.js';
import { amountDue, remainingCredit, settleAdvance, settleCreditNote, settleInvoice } from '../books/settlement.js';
import { writeBatch } from '../books/write.js';

const folders: { kind: CreditKind; path: string; scope: string }[] = [
  { kind: 'credit-note', path: 'CreditNotes', scope: 'accounting.invoices' },
  { kind: 'overpayment', path: 'Overpayments', scope: 'accounting.payments' },
  { kind: 'prepayment', path: 'Prepayments', scope: 'accounting.payments' },
];

export const allocationRoutes: Route[] = folders.flatMap(({ kind, path, scope }) => [
  { method: 'PUT' as const, path: `/${path}/*/Allocations`, scope, handle: (call: Call) => allocate(call, kind) },
  { method: 'DELETE' as const, path: `/${path}/*/Allocations/*`, scope, handle: (call: Call) => unallocate(call, kind) },
]);

/** The answer of a write has no AllocationID, by its documented example; reading the credit shows it. */
function allocate(call: Call, kind: CreditKind): Answer {
  const id = (call.params[0] ?? '').toLowerCase();
  if (!creditOf(call.organisation, kind, id)) throw new NotFound();
  return writeBatch(call, {
    plural: 'Allocations',
    idName: 'AllocationID',
    summarises: true,
    write: (element) => {
      const { AllocationID: _id, ...json } = allocationView(call.organisation, allocateCredit(call, { kind, id }, element));
      return { json };
    },
  });
}

export function allocateCredit(call: Pick<Call, 'world' | 'organisation' | 'now'>, source: Allocation['source'], element: Incoming): Allocation {
  const { organisation, world } = call;
  const credit = creditOf(organisation, source.kind, source.id);
  const invoice = findInvoice(organisation, element.part('Invoice'));
  const amount = cents(element.number('Amount') ?? 0);
  const date = element.date('Date');
  if (!credit || !invoice) throw new Refusal(['Invoice could not be found']);
  if (date === undefined) throw new Refusal(['The allocation Date must be specified.']);
  refuseIf(credit.status !== 'AUTHORISED', 'Only authorised credits can be allocated');
  refuseIf(invoice.contactId !== credit.contactId, 'The credit and the invoice must have the same contact.');
  refuseIf(invoice.status === 'PAID', 'The invoice you are trying to allocate to has already been paid off');
  refuseIf(invoice.status !== 'AUTHORISED', 'Payments can only be made against Authorised documents');
  refuseIf(amount <= 0, 'The allocation amount must be greater than zero');
  refuseIf(amount > amountDue(organisation, invoice) || amount > remainingCredit(organisation, credit), 'Credit Note cannot be allocated as amount is greater than amount outstanding');
  refuseLocked(world, organisation, date);
  const allocation = organisation.allocations.put({ id: world.newId(), source, invoiceId: invoice.id, amount, date, isDeleted: false });
  settleBoth(call, allocation, 'added');
  addNote(call, invoice.id, 'Credit Applied', `Credit of ${(amount / 100).toFixed(2)} applied.`);
  return allocation;
}

/** The documented answer spells AllocationId and gives the invoice as an array. */
function unallocate(call: Call, kind: CreditKind): Answer {
  const [sourceId = '', id = ''] = call.params.map((each) => each.toLowerCase());
  const allocation = call.organisation.allocations.get(id);
  if (!allocation || allocation.isDeleted || allocation.source.id !== sourceId || allocation.source.kind !== kind) throw new NotFound();
  takeOff(call, allocation);
  return { status: 200, json: { AllocationId: id, Date: msDate(allocation.date), Invoice: [{ InvoiceID: allocation.invoiceId }], IsDeleted: true } };
}

export function takeOff(call: Pick<Call, 'world' | 'organisation' | 'now'>, allocation: Allocation): void {
  refuseLocked(call.world, call.organisation, allocation.date);
  settleBoth(call, call.organisation.allocations.put({ ...allocation, isDeleted: true }), 'removed');
}

function settleBoth(call: Pick<Call, 'world' | 'organisation' | 'now'>, allocation: Allocation, how: 'added' | 'removed'): void {
  settleInvoice(call, allocation.invoiceId, allocation.date, how);
  if (allocation.source.kind === 'credit-note') settleCreditNote(call, allocation.source.id, allocation.date);
  else settleAdvance(call, allocation.source.id);
}

function creditOf(organisation: Organisation, kind: CreditKind, id: string): Parameters<typeof remainingCredit>[1] | undefined {
  if (kind === 'credit-note') return organisation.creditNotes.get(id);
  const advance = organisation.advances.get(id);
  return advance?.kind === kind ? advance : undefined;
}

function findInvoice(organisation: Organisation, part: Incoming | undefined): ReturnType<Organisation['invoices']['get']> {
  const id = part?.filled('InvoiceID')?.toLowerCase();
  return id === undefined ? organisation.invoices.by('number', part?.filled('InvoiceNumber')?.toLowerCase() ?? '').at(-1) : organisation.invoices.get(id);
}

export function allocationView(organisation: Organisation, allocation: Allocation): Json {
  return {
    AllocationID: allocation.id,
    Amount: fromCents(allocation.amount),
    Date: msDate(allocation.date),
    Invoice: { InvoiceID: allocation.invoiceId, InvoiceNumber: organisation.invoices.get(allocation.invoiceId)?.number ?? '', Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [], HasErrors: false, IsDiscounted: false, LineItems: [] },
    IsDeleted: allocation.isDeleted,
  };
}

export function allocationsOf(organisation: Organisation, creditId: string): Json[] {
  return organisation.allocations.by('source', creditId).filter((each) => !each.isDeleted).map((each) => allocationView(organisation, each));
}
