import type { Firm } from './firm.js';
import { byNumber, containing, flag, oneOf } from './listing.js';
import type { MatterRecord } from './records.js';
import { resource, type Resource } from './resource.js';
import type { Views } from './views.js';

/** The filter says `open`, the field `Open`. */
export function matters(firm: Firm, views: Views): Resource {
  return resource<MatterRecord>({
    path: 'matters', schema: 'Matter', permission: 'Matters', view: (matter) => views.matter(matter),
    list: {
      rows: () => firm.matters.all(),
      filters: {
        status: oneOf(['open', 'pending', 'closed'], (matter) => matter.status.toLowerCase()),
        client_id: byNumber((matter) => matter.clientId), practice_area_id: byNumber((matter) => matter.practiceAreaId), currency_id: byNumber((matter) => matter.currencyId),
        responsible_attorney_id: byNumber((matter) => matter.responsibleAttorneyId), originating_attorney_id: byNumber((matter) => matter.originatingAttorneyId),
        billable: flag(() => true), query: containing((matter) => `${matter.displayNumber} ${matter.description}`),
      },
      orders: { display_number: (matter) => matter.displayNumber, number: (matter) => matter.number, open_date: (matter) => matter.openDate },
    },
    find: (id) => firm.matters.get(id),
  });
}
