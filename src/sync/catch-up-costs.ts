import type { CostKind } from '../core/expense.js';
import { mark } from '../jobs/mark-kinds.js';
import { PRIORITY } from '../store/store.js';
import { costTerms } from './costs-since.js';
import { documentMark, expenseLinkOf } from './expense-links.js';
import { nowOf, type OpenFirm } from './firm-context.js';
import { linkInXero } from './link-records.js';

const OVERLAP_MS = 5 * 60_000;
const PAGE = 500;
const OPEN_READ = 5_000;

/** Marks costs that changed on either side, and those that wait for somebody. Costs no call while costs are off. */
export async function catchUpCosts(context: OpenFirm): Promise<void> {
  const { xero, organisationId } = context;
  const terms = await costTerms(context);
  if (!xero || organisationId === null || (terms.exportSince ?? terms.importSince) === null) return;
  await want(context, await waiting(context));
  const { exportSince, importSince } = terms;
  if (exportSince !== null) await sweep(context, 'clio:costs', exportSince, (since) => context.clio.hardCostIdsChangedSince(since));
  const inXero = importSince ?? exportSince ?? '';
  const documents = (kind: CostKind, ids: string[]) => concerned(context, organisationId, kind, ids, importSince !== null);
  await sweep(context, `xero:${organisationId}:supplier-bills`, inXero, async (since) => {
    const { ids, asOf } = await xero.supplierBillIdsChangedSince(since);
    return { ids: await documents('bill', ids), asOf };
  });
  if (!terms.mayUseBanks) return;
  await sweep(context, `xero:${organisationId}:spend`, inXero, async (since) => {
    const { ids, asOf } = await xero.spendIdsChangedSince(since);
    return { ids: await documents('spend', ids), asOf };
  });
}

/** Deletions leave no trace in lists of changes: every cost both sides have is looked at again. */
export async function recheckCosts(context: OpenFirm): Promise<void> {
  const terms = await costTerms(context);
  if ((terms.exportSince ?? terms.importSince) === null) return;
  for (let after: string | undefined; ; ) {
    const page = await context.store.links.list(context.firm.id, { index: 'kind', value: 'expense', limit: PAGE, ...(after === undefined ? {} : { after }) });
    await want(context, page.filter((link) => !expenseLinkOf(link).ended).flatMap((link) => markIdOf(link.billId)));
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/** A document of ours stands for its cost; others matter only where they are brought over. */
async function concerned(context: OpenFirm, organisationId: string, kind: CostKind, ids: string[], imports: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const id of new Set(ids)) {
    const own = await linkInXero(context, organisationId, 'expense', id);
    if (own) found.push(...(own.firm === context.firm.id ? markIdOf(own.billId) : []));
    else if (imports) found.push(documentMark(kind, id, context.further));
  }
  return found;
}

/** A cost that no rule sends anywhere has a question and no link yet: a new rule may answer it. */
async function waiting({ store, firm, division }: OpenFirm): Promise<string[]> {
  const links = await store.links.list(firm.id, { index: 'status', value: 'expense:needs-you', limit: PAGE });
  const open = division ? await store.holds.list(firm.id, { index: 'open', value: 'open', limit: OPEN_READ }) : [];
  return [...links.map((link) => link.billId), ...open.filter((hold) => hold.reason === 'ROUTE_UNCLEAR').map((hold) => hold.billId)].flatMap(markIdOf);
}

async function sweep(context: OpenFirm, cursorId: string, switchedOn: string, read: (since: string) => Promise<{ ids: string[]; asOf: string }>): Promise<void> {
  const { store, firm, held } = context;
  const cursor = await store.cursors.get(firm.id, cursorId);
  const since = cursor && cursor.at > switchedOn ? cursor.at : switchedOn;
  const { ids, asOf } = await read(new Date(Date.parse(since) - OVERLAP_MS).toISOString());
  await want(context, ids);
  if (cursor) await store.cursors.replace({ ...cursor, at: asOf }, held.epoch);
  else await store.cursors.insert({ firm: firm.id, id: cursorId, at: asOf, position: null }, held.epoch);
}

async function want(context: OpenFirm, ids: string[]): Promise<void> {
  await context.store.marks.want([...new Set(ids)].map((id) => mark(context.firm.id, 'expense', id, PRIORITY.sweep)), nowOf(context));
}

const markIdOf = (billId: string | null): string[] => (billId?.startsWith('expense:') ? [billId.slice('expense:'.length)] : []);
