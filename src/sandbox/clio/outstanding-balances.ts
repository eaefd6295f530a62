import { balanceOf } from './billing.js';
import type { Firm } from './firm.js';
import { byNumber } from './listing.js';
import type { BillRecord, ContactRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

/** Derived figures: one row per client that owes. */
export function outstandingBalances(firm: Firm, views: Views): Resource {
  const open = () => {
    const byClient = new Map<number, BillRecord[]>();
    for (const bill of firm.bills.all()) {
      if (bill.state !== 'awaiting_payment' || bill.kind === 'trust_kind' || balanceOf(firm, bill) <= 0) continue;
      byClient.set(bill.clientId, [...(byClient.get(bill.clientId) ?? []), bill]);
    }
    return byClient;
  };
  return resource<ContactRecord>({
    path: 'outstanding_client_balances', schema: 'OutstandingClientBalance', permission: 'Billing',
    view: (contact) => views.outstandingBalance(contact, open().get(contact.id) ?? []),
    list: { rows: () => [...open().keys()].map((id) => firm.contacts.at(id)), ids: false, since: false, filters: { contact_id: byNumber((contact) => contact.id) } },
  });
}
