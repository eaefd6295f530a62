import type { Allocation } from './allocation.js';
import type { CalendarDate } from './calendar.js';
import type { CreditNote } from './credit-note.js';
import { nextFree } from './free-number.js';
import type { Invoice, InvoiceCredit } from './invoice.js';
import { suffixed } from './invoice-number.js';
import type { CreditLink } from './link.js';
import { type Minor, sum } from './money.js';
import { markerOf } from './payment-facts.js';
import type { BillTruth } from './plan.js';

/** Credits and write-offs Clio counts on the bill, oldest first. */
export function countingCredits(truth: BillTruth): Allocation[] {
  return truth.allocations.filter((each) => each.kind === 'credit' && !each.voided && each.amount > 0).sort((a, b) => `${a.date} ${a.clioId}`.localeCompare(`${b.date} ${b.clioId}`, 'en', { numeric: true }));
}

export const creditLinks = (truth: BillTruth): CreditLink[] => truth.creditLinks ?? [];

/** A credit made in Xero that a person was asked to enter in Clio. */
export const waitsForClio = (link: CreditLink): boolean => link.origin === 'xero' && link.allocationId === null && link.cut === null && !link.ended;

export const liveNotes = (truth: BillTruth): CreditNote[] => (truth.creditNotes ?? []).filter((note) => note.status !== 'voided' && note.status !== 'deleted');

/** `1043` and Clio's allocation 7001 → `1043-CR7001`: the same whenever it is tried, so that Xero itself refuses a second one. */
export const creditNumberFor = (invoiceNumber: string, allocationId: string): string => suffixed(invoiceNumber, `CR${allocationId}`);

/** The number a note gets now: the one tried before, as long as no note that is over holds it. */
export function freeCreditNumber(truth: BillTruth, number: string): string {
  const over = (truth.creditNotes ?? []).filter((note) => note.status === 'voided' || note.status === 'deleted');
  return over.some((note) => note.number.toLowerCase() === number.toLowerCase()) ? nextFree(number, over) : number;
}

/** Bill number and marker, as on payments; the marker proves that a note found by its number is ours. */
export const creditReference = (truth: BillTruth, marker: string): string => `${truth.bill.number.slice(0, 220)} ${marker}`;

/** `C7001` for a credit of Clio's, `C9001-cut-1` for our note on a lowered bill. */
export const creditMarker = (link: Pick<CreditLink, 'allocationId' | 'billId'> & { cut: { role: string } | null }): string => (link.allocationId === null ? `${markerOf(link.billId)}-${link.cut?.role ?? ''}` : markerOf(link.allocationId));

/** The payment that goes back to the client out of the note, known by a mark of its own. */
export const refundReference = (truth: BillTruth, allocationId: string): string => `${truth.bill.number.slice(0, 220)} R${allocationId}`;

export const noteCarries = (note: CreditNote, marker: string): boolean => (note.reference ?? '').split(/\s+/).includes(marker);

/** We wrote it, for whichever bill: its reference ends in a marker that its number repeats, or in that of a lowered bill. */
export function carriesOurMarker(note: CreditNote): boolean {
  const [, id, cut] = /\sC(\d+)(-(?:cut|void)-[\w-]+)?$/.exec(note.reference ?? '') ?? [];
  return id !== undefined && (cut !== undefined || note.number.includes(`-CR${id}`));
}

/** A live note under this number that we wrote for this very credit, when the answer to our writing was lost. */
export const lostNote = (truth: BillTruth, number: string, marker: string): CreditNote | undefined => liveNotes(truth).find((note) => note.number.toLowerCase() === number.toLowerCase() && noteCarries(note, marker));

/** Paid back to the client out of the note, in minor units. */
export const refundedOf = (note: CreditNote): Minor => note.total - note.remaining - sum(note.allocations.map((each) => each.amount));

/** A credit as it stands on the bill's invoices; several parts of one note count together. */
export interface XeroCredit {
  xeroId: string;
  kind: InvoiceCredit['kind'];
  applied: Minor;
  number: string | null;
  date: CalendarDate | null;
  invoice: Invoice;
}

export function creditsOn(invoices: Invoice[]): XeroCredit[] {
  const credits = new Map<string, XeroCredit>();
  for (const invoice of invoices) {
    for (const { xeroId, kind, applied, number, date } of invoice.credits) {
      const known = credits.get(xeroId);
      credits.set(xeroId, { xeroId, kind, applied: applied + (known?.applied ?? 0), number, date, invoice: known?.invoice ?? invoice });
    }
  }
  return [...credits.values()];
}
