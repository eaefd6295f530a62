import { changeRecord } from '../connections/change-record.js';
import { noteActivity } from '../connections/note-activity.js';
import { ORG_RESET } from '../connections/notice-removal.js';
import { seemsReset } from '../core/seems-reset.js';
import type { Books } from '../core/books.js';
import { StoppedError } from '../jobs/retry.js';
import type { ConnectionRecord, LinkRecord } from '../store/records.js';
import type { BillWork } from './bill-work.js';
import { nowOf, type FirmContext, type SyncContext } from './firm-context.js';
import { billLinkOf } from './links-to-core.js';

/** The newest invoices that are asked for in one call, and how few of them prove nothing. */
const ASKED = 20;
const TOO_FEW = 3;
const LINKS_READ = 20_000;

/** Xero's lists may lag behind what was just sent (X11); nothing it has known for this long is missing from them. */
const SURELY_LISTED_MS = 3_600_000;

/**
 * Xero keeps voided and deleted invoices, so one that it does not know at all is odd. When it knows none of the newest either, the organisation
 * was reset, as Xero does with its demo companies, and everything kept of it points nowhere. Then nothing may be written: the first bill would
 * begin a second life of books that are gone. Throws `StoppedError`.
 */
export async function noticeReset(context: SyncContext, works: BillWork[]): Promise<void> {
  const unknown = works.some(({ truth, billRecords }) => billRecords.some((link) => link.xeroId !== null && !truth.invoices.some((invoice) => invoice.xeroId === link.xeroId)));
  if (!unknown) return;
  const ids = await newestSent(context);
  if (ids.length >= TOO_FEW && (await context.xero.invoices(ids)).length === 0) await stop(context, context.organisationId);
}

/** The same told by the lists that are read before every write: accounts are archived, seldom deleted, and never most of them at once. */
export async function noticeResetOfBooks(context: FirmContext, organisationId: string, kept: { body: Books; at: string }, now: Books): Promise<void> {
  if (kept.at < (await lastReset(context, organisationId)) || !seemsReset(kept.body, now)) return;
  await stop(context, organisationId);
}

/** Sent since the last reset, as what is older is known to be gone, and long enough ago to be in every list. */
async function newestSent(context: SyncContext): Promise<string[]> {
  const { store, firm, organisationId, clock } = context;
  const since = await lastReset(context, organisationId);
  const until = new Date(clock.now() - SURELY_LISTED_MS).toISOString();
  const links = await store.links.list(firm.id, { index: 'kind', value: 'bill', limit: LINKS_READ });
  const sent = links.filter((link) => link.xeroId !== null && link.organisationId === organisationId && agreedAt(link) > since && agreedAt(link) < until);
  return sent.sort((a, b) => agreedAt(b).localeCompare(agreedAt(a))).slice(0, ASKED).flatMap((link) => link.xeroId ?? []);
}

const agreedAt = (link: LinkRecord): string => billLinkOf(link).base?.agreedAt ?? '';

async function lastReset({ store, firm }: Pick<FirmContext, 'store' | 'firm'>, organisationId: string): Promise<string> {
  return (await store.connections.get(firm.id, connectionId(organisationId)))?.resetNoticedAt ?? '';
}

/** An administrator decides; connecting the same organisation again says that these are the right books all the same. */
async function stop(context: FirmContext, organisationId: string): Promise<never> {
  const { store, firm } = context;
  const ended = { state: 'needs-reauth' as const, stateReason: ORG_RESET, resetNoticedAt: nowOf(context) };
  const connection: ConnectionRecord | undefined = await changeRecord(store.connections, firm.id, connectionId(organisationId), () => ended);
  await noteActivity(context, { firm: firm.id, by: 'Tieout', what: 'connection-lost', text: `${connection?.organisationName ?? 'The organisation'} seems to have been reset in Xero: what was sent there is gone. Nothing is read or sent until an administrator has looked.` });
  throw new StoppedError(ORG_RESET);
}

const connectionId = (organisationId: string): string => `xero:${organisationId}`;
