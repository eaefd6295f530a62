import { adoptInvoice } from './adopt-invoice.js';
import { billToInvoice, closedPeriod } from './bill-to-invoice.js';
import { beforeCutOff, createsBeforeCutOff } from './eligible.js';
import { held, hold } from './hold.js';
import { nativeSyncAtWork } from './native-sync.js';
import type { BillTruth, Plan, Step } from './plan.js';

/** A bill without an invoice: find out who owes it, adopt what Xero has, or make it. */
export function planFirst(truth: BillTruth): Plan {
  const { contact, client, bill } = truth;
  const otherSync = nativeSyncAtWork(truth);
  if (otherSync) return held(otherSync);
  const adoption = adoptInvoice(truth);
  if (adoption.found === 'nothing' && createsBeforeCutOff(truth)) {
    const older = beforeCutOff(truth);
    if (!older.go) return { steps: [], holds: older.holds, leftOut: older.leftOut };
  }
  if (contact?.status === 'archived') return held(hold('contact', 'CONTACT_CONFLICT', { client: bill.client?.name ?? '', why: `${contact.name} is archived in Xero` }));
  if (!contact && !client) return held(hold('bill', 'BILL_NO_CLIENT', { number: bill.number }));
  if (adoption.found !== 'nothing') {
    if (!contact && client) return steps({ do: 'ensure-contact', client });
    return adoption.found === 'doubt' ? held(adoption.hold) : steps({ do: 'adopt-invoice', role: 'main', invoiceId: adoption.invoiceId });
  }
  const closed = closedPeriod(truth);
  const composed = billToInvoice(truth, contact?.xeroId ?? '');
  if (!composed.ok) return held(...composed.holds, ...(closed ? [{ ...closed, about: 'period' }] : []));
  if (closed) return held(closed);
  if (!contact && client) return steps({ do: 'ensure-contact', client });
  return steps({ do: 'create-invoice', role: 'main', invoice: { ...composed.invoice, number: adoption.number } });
}

const steps = (...planned: Step[]): Plan => ({ steps: planned, holds: [], leftOut: null });
