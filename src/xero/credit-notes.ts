import { z } from 'zod';
import type { CreditNote, NewCreditAllocation, NewCreditNote, NewRefund } from '../core/credit-note.js';
import { toDecimalNumber } from '../core/money.js';
import { ServiceError } from '../http/service-error.js';
import { absentAsNull } from './absent.js';
import type { Calls } from './call.js';
import { filled } from './filled.js';
import { anyOf, datedWithin, equals, equalsId } from './filters.js';
import { contactOf, currencyOf, toLineItem } from './from-core.js';
import { priceDecimals } from './invoice-list.js';
import { allPages, pageOf } from './pages.js';
import { Account, Allocation, Allocations, CreditNote as SdkCreditNote, CreditNotes, Invoice, LineAmountTypes, Payment, Payments } from './sdk.js';
import { toCreditNote } from './settlement-to-core.js';
import { creditNote as wireCreditNote, payment as wirePayment } from './wire.js';
import { type Matching, oneResultOf, resultsOf, rowsOf } from './write-results.js';
import type { XeroCreditNotes } from './xero.js';

export function creditNotesIn(calls: Calls): XeroCreditNotes {
  /** No list of ids is taken here, so ids and numbers go into the filter. */
  async function list(conditions: string[]): Promise<CreditNote[]> {
    const found: CreditNote[] = [];
    for (const where of anyOf(conditions)) {
      const { rows } = await allPages((page) =>
        calls.read('list credit notes', (api, tenant) => api.getCreditNotes(tenant, undefined, where, undefined, page, priceDecimals, 100), (body) => pageOf(body, 'CreditNotes', salesNote)),
      );
      found.push(...rows);
    }
    return found;
  }

  return {
    creditNotes: (ids) => list(ids.map((id) => `CreditNoteID==guid("${id}")`)),

    creditNotesByNumber: (numbers) => list(numbers.map((number) => equals('CreditNoteNumber', number)).filter((it) => it !== null)),

    async creditNotesOfContact(contactId, from, to) {
      const contact = equalsId('Contact.ContactID', contactId);
      return contact === null ? [] : list([`${contact} AND ${datedWithin(from, to)}`]);
    },

    createCreditNotes: (notes, key) =>
      calls.write(
        'create credit notes',
        (api, tenant) => api.createCreditNotes(tenant, filled(new CreditNotes(), { creditNotes: notes.map(toNewCreditNote) }), false, priceDecimals, key),
        (body) => resultsOf(body, notes, byNumber),
      ),

    async allocateCredit(allocation, key) {
      const id = allocation.creditNoteXeroId;
      const allocations = filled(new Allocations(), { allocations: [toAllocation(allocation)] });
      const result = await calls.write('allocate a credit note', (api, tenant) => api.createCreditNoteAllocation(tenant, id, allocations, false, key), (body) => oneResultOf(body, allocation, asAllocation));
      if (!result.ok) return result;
      // Written, but without the read the allocation has no id: the caller has to look again.
      const read = calls.read('read a credit note', (api, tenant) => api.getCreditNote(tenant, id, priceDecimals), (body) => rowsOf(body, 'CreditNotes').flatMap(salesNote)[0] ?? null);
      const note = await read.catch(() => null);
      if (!note) throw new ServiceError({ service: 'xero', kind: 'ambiguous', message: 'An allocated credit note could not be read back' });
      return { ...result, value: note };
    },

    payRefunds: (refunds, key) =>
      calls.write('pay refunds', (api, tenant) => api.createPayments(tenant, filled(new Payments(), { payments: refunds.map(toRefund) }), false, key), (body) => resultsOf(body, refunds, byNoteAndMarker)),

    async removeCreditAllocation(creditNoteId, allocationId) {
      await absentAsNull(calls.write('remove an allocation', (api, tenant) => api.deleteCreditNoteAllocations(tenant, creditNoteId, allocationId), (body) => removal.parse(body)));
    },

    voidCreditNote: (id, as, key) =>
      calls.write(
        `make a credit note ${as}`,
        (api, tenant) => api.updateCreditNote(tenant, id, filled(new CreditNotes(), { creditNotes: [filled(new SdkCreditNote(), { creditNoteID: id, status: removed[as] })] }), priceDecimals, key),
        (body) => oneResultOf(body, id, byId),
      ),
  };
}

const removed = { voided: SdkCreditNote.StatusEnum.VOIDED, deleted: SdkCreditNote.StatusEnum.DELETED };
const statuses = { draft: SdkCreditNote.StatusEnum.DRAFT, submitted: SdkCreditNote.StatusEnum.SUBMITTED, authorised: SdkCreditNote.StatusEnum.AUTHORISED };

/** A failure of validation has `Elements` in this place; the id is spelled unlike anywhere else (OpenAPI example), so not relied on. */
const removal = z.object({ IsDeleted: z.literal(true) });

const toNewCreditNote = (note: NewCreditNote): SdkCreditNote =>
  filled(new SdkCreditNote(), {
    type: SdkCreditNote.TypeEnum.ACCRECCREDIT,
    status: statuses[note.status],
    contact: contactOf(note.contactXeroId),
    creditNoteNumber: note.number,
    reference: note.reference,
    date: note.date,
    lineAmountTypes: LineAmountTypes.Exclusive,
    currencyCode: currencyOf(note.currency),
    lineItems: note.lines.map((line) => toLineItem(line, note.currency, null)),
  });

const toAllocation = (allocation: NewCreditAllocation): Allocation =>
  filled(new Allocation(), {
    invoice: filled(new Invoice(), { invoiceID: allocation.invoiceXeroId }),
    amount: toDecimalNumber(allocation.amount, allocation.currency),
    date: allocation.date,
  });

const toRefund = (refund: NewRefund): Payment =>
  filled(new Payment(), {
    creditNote: filled(new SdkCreditNote(), { creditNoteID: refund.creditNoteXeroId }),
    account: filled(new Account(), { accountID: refund.accountXeroId }),
    date: refund.date,
    amount: toDecimalNumber(refund.amount, refund.currency),
    reference: refund.reference,
  });

/** Credit notes from suppliers share the endpoint and may share numbers. */
const salesNote = (row: unknown): CreditNote[] =>
  z.object({ Type: z.literal('ACCRECCREDIT') }).safeParse(row).success ? [toCreditNote(wireCreditNote.parse(row))] : [];

const keys = z.object({ CreditNoteNumber: z.string(), CreditNoteID: z.string(), Invoice: z.object({ InvoiceID: z.string() }) }).partial();

const written = { plural: 'CreditNotes', idField: 'CreditNoteID', toValue: (element: unknown): CreditNote => toCreditNote(wireCreditNote.parse(element)) };

const byNumber: Matching<NewCreditNote, CreditNote> = { ...written, keySent: (note) => note.number, keyOf: (element) => keys.parse(element).CreditNoteNumber ?? null };
const byId: Matching<string, CreditNote> = { ...written, keySent: (id) => id, keyOf: (element) => keys.parse(element).CreditNoteID ?? null };
const asAllocation: Matching<NewCreditAllocation, null> = { plural: 'Allocations', idField: 'AllocationID', keySent: (it) => it.invoiceXeroId, keyOf: (element) => keys.parse(element).Invoice?.InvoiceID ?? null, toValue: () => null };

const refundKeys = z.object({ Reference: z.string(), CreditNote: z.object({ CreditNoteID: z.string() }) }).partial();

const byNoteAndMarker: Matching<NewRefund, { xeroId: string }> = {
  plural: 'Payments',
  idField: 'PaymentID',
  keySent: (refund) => `${refund.creditNoteXeroId} ${refund.reference}`,
  keyOf: (element) => {
    const { CreditNote: note, Reference } = refundKeys.parse(element);
    return note ? `${note.CreditNoteID} ${Reference ?? ''}` : null;
  },
  toValue: (element) => ({ xeroId: wirePayment.parse(element).PaymentID }),
};
