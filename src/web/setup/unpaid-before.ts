import type { CalendarDate } from '../../core/calendar.js';
import type { Store } from '../../store/store.js';

const LOOKED_AT = 20_000;

/** How many unpaid bills the firm has that were issued before this day, as far as they were read. */
export async function unpaidBefore(store: Store, firm: string, day: CalendarDate): Promise<number> {
  const links = await store.links.list(firm, { index: 'kind', value: 'bill', limit: LOOKED_AT });
  return links.filter(({ role, shown }) => role === 'main' && shown !== null && shown.clioState === 'awaiting_payment' && shown.issuedOn < day).length;
}
