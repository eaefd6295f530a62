import { LOOK_ALIKES_ID, type LookAlikes } from '../store/set-up-schema.js';
import { nowOf, type OpenFirm } from './firm-context.js';
import { keepRun } from './keep-run.js';

const BATCH = 50;
/** Newest bills whose numbers are looked for: enough to meet another sync's invoices, with two calls at most. */
const LOOKED_FOR = 100;
const MOST_BILLS = 5_000;

/** Looks in Xero for invoices that are numbered like bills and are not ours: the trace another sync leaves. Writes nothing there. */
export async function findLookAlikes(context: OpenFirm): Promise<void> {
  const { xero, appUrl } = context;
  if (!xero) return;
  const numbers = await newestNumbers(context);
  const found: LookAlikes = { numbers: [], lookedAt: nowOf(context) };
  for (let from = 0; from < numbers.length; from += BATCH) {
    const invoices = await xero.invoicesByNumber(numbers.slice(from, from + BATCH));
    const live = invoices.filter((each) => each.status !== 'voided' && each.status !== 'deleted');
    found.numbers.push(...live.filter((each) => each.url?.startsWith(`${appUrl}/`) !== true).map((each) => each.number));
  }
  await keepRun(context, { id: LOOK_ALIKES_ID, kind: 'look-alikes', startedAt: found.lookedAt, endedAt: nowOf(context), result: found });
}

async function newestNumbers({ store, firm }: OpenFirm): Promise<string[]> {
  const links = await store.links.list(firm.id, { index: 'kind', value: 'bill', limit: MOST_BILLS });
  const approved = links.flatMap(({ shown }) => (shown && shown.number !== '' && (shown.clioState === 'awaiting_payment' || shown.clioState === 'paid') ? [shown] : []));
  return [...new Set(approved.sort((a, b) => b.issuedOn.localeCompare(a.issuedOn)).map((each) => each.number))].slice(0, LOOKED_FOR);
}
