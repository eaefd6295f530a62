import type { Allocation } from '../core/allocation.js';
import { creditNumberFor } from '../core/credit-facts.js';
import type { CreditNote } from '../core/credit-note.js';
import type { CreditLink } from '../core/link.js';
import type { SyncContext } from './firm-context.js';

/**
 * Our notes, and those by which a person refunded, by id, and by number those whose making may have been lost. No call for bills without credits, one for bills whose credits
 * are all linked. `mainNumbers` names each bill's invoice, from which a note's number follows.
 */
export async function readCreditNotes(context: SyncContext, links: CreditLink[], allocations: Allocation[], mainNumbers: Map<string, string>): Promise<CreditNote[]> {
  const live = links.filter((link) => !link.ended && (link.origin === 'clio' || link.treatment === 'refund'));
  const ids = live.flatMap((link) => link.noteId ?? []);
  const tried = live.flatMap((link) => (link.noteId === null ? [link.number] : []));
  // While a person has yet to say what a credit is, nothing was made of it; should it be decided and the note be there, Xero refuses its number.
  const decided = context.settings.credits.treatment !== 'ask' || Object.keys(context.settings.credits.byClient).length > 0;
  const unlinked = allocations.filter((each) => each.kind === 'credit' && !each.voided && (decided || each.asDiscount) && !links.some((link) => link.allocationId === each.clioId));
  const expected = unlinked.flatMap((each) => {
    const number = mainNumbers.get(each.billId ?? '');
    return number === undefined ? [] : [creditNumberFor(number, each.clioId)];
  });
  const known = ids.length > 0 ? await context.xero.creditNotes([...new Set(ids)]) : [];
  const found = tried.length + expected.length > 0 ? await context.xero.creditNotesByNumber([...new Set([...tried, ...expected])]) : [];
  return [...new Map([...known, ...found].map((note) => [note.xeroId, note])).values()];
}
