import type { Invoice, NewInvoice } from '../../src/core/invoice.js';
import type { KnownInvoice } from './xero-books.js';

/** What people set on an invoice themselves, and nobody changed since. */
interface ByHand {
  accounts: Map<string, string | null>;
  total: number | null;
}

/** As the invoice was at version `upTo`. */
function byHand({ was }: KnownInvoice, upTo: number): ByHand {
  const hand: ByHand = { accounts: new Map(), total: null };
  for (let index = 1; index <= upTo; index += 1) {
    const [before, after] = [was[index - 1]?.invoice, was[index]];
    if (!before || !after) continue;
    for (const { xeroId, accountCode } of after.invoice.lines) {
      if (accountOf(before, xeroId) === accountCode) continue;
      if (after.by === 'people') hand.accounts.set(xeroId, accountCode);
      else hand.accounts.delete(xeroId);
    }
    if (after.invoice.total !== before.total) hand.total = after.by === 'people' ? after.invoice.total : null;
  }
  return hand;
}

const accountOf = (invoice: Invoice, lineId: string): string | null | undefined => invoice.lines.find(({ xeroId }) => xeroId === lineId)?.accountCode;

/**
 * What of people's own an update would undo although whoever sends it had been shown it at version `seen`; null when nothing. `agreed`: amounts the
 * bill had, so that an edit which came to one of them was accepted.
 */
export function undoes(known: KnownInvoice, seen: number, { total, lines }: NewInvoice, lineIds: (string | null)[], agreed: number[]): string | null {
  const hand = byHand(known, seen);
  if (hand.total !== null && hand.total !== total && !agreed.includes(hand.total)) return `a total of ${hand.total}, typed by hand, becomes ${total}`;
  for (const [index, lineId] of lineIds.entries()) {
    const account = hand.accounts.get(lineId ?? '');
    const next = lines[index]?.accountCode;
    if (account !== undefined && account !== next) return `account ${account ?? 'none'}, chosen by hand, becomes ${next ?? 'none'}`;
  }
  return null;
}
