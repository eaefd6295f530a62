import { malformed } from './errors.js';
import type { Firm } from './firm.js';
import { byNumber, oneOf, type Filter } from './listing.js';
import type { AllocationRecord, CreditMemoRecord } from './records.js';
import { requireRole } from './roles.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

/** The documented order of `PolymorphicObject.type`, for the filter that is typed integer. Numbering from 1 is inferred. */
const PARENTS = ['Task', 'CalendarEntry', 'MatterNote', 'ContactNote', 'Matter', 'Contact', 'User', 'CreditMemo', 'Payment', 'Document', 'Communication', 'Conversation', 'TextMessageConversation'];

/** Read only: what settles a bill, and by how much. */
export function allocations(firm: Firm, views: Views): Resource {
  const parentType: Filter<AllocationRecord> = {
    keeps: (allocation, value) => {
      if (firm.switches.parentTypeFilter === 'text') return allocation.parent.type === value;
      if (!/^\d+$/.test(value)) throw malformed('parent_type must be an integer');
      return allocation.parent.type === PARENTS[Number(value) - 1];
    },
  };
  const kind: Filter<AllocationRecord> = {
    keeps: (allocation, value) => !firm.switches.allocationKindFilter || (allocation.parent.type === 'CreditMemo' && firm.creditMemos.at(allocation.parent.id).kind === value),
  };
  return resource<AllocationRecord>({
    path: 'allocations', schema: 'Allocation', permission: 'Accounting', view: (allocation) => views.allocation(allocation),
    list: {
      rows: (call) => {
        requireRole(call.user, 'admin', 'billing', 'accounts');
        const billId = call.incoming.params.get('bill_id');
        return billId === null || billId === 'null' ? firm.allocations.all() : firm.allocationsOf(Number(billId));
      },
      filters: {
        bill_id: byNumber((each) => each.billId), contact_id: byNumber((each) => each.contactId), matter_id: byNumber((each) => each.matterId),
        parent_id: byNumber((each) => each.parent.id), parent_type: parentType, kind,
        status: oneOf(['valid', 'invalid'], (each) => (each.voidedAt === null ? 'valid' : 'invalid')),
      },
      orders: { date: (each) => each.date }, defaultOrder: 'date(asc)',
    },
    find: (id, call) => {
      requireRole(call.user, 'admin', 'billing', 'accounts');
      return firm.allocations.get(id);
    },
  });
}

/** Read only, and without a bill filter: a bill's credits are found through its allocations. */
export function creditMemos(firm: Firm, views: Views): Resource {
  return resource<CreditMemoRecord>({
    path: 'credit_memos', schema: 'CreditMemo', permission: 'Accounting', view: (memo) => views.creditMemo(memo),
    list: {
      rows: (call) => {
        requireRole(call.user, 'admin', 'billing', 'accounts');
        return firm.creditMemos.all();
      },
      filters: { contact_id: byNumber((memo) => memo.contactId) }, orders: { date: (memo) => memo.date }, defaultOrder: 'date(asc)',
    },
    find: (id) => firm.creditMemos.get(id),
  });
}
