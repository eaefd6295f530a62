import type { Bill, SplitPart } from '../core/bill.js';
import type { SyncContext } from './firm-context.js';
import { billLinkId } from './link-records.js';

/** The bills that belong to split ones, in one call for all; nothing where nothing is split. */
export async function readSplitParts(context: SyncContext, bills: Bill[]): Promise<SplitPart[]> {
  const split = bills.filter((bill) => bill.split !== null);
  if (split.length === 0) return [];
  const ids = [...new Set(split.flatMap(othersOf))];
  const read = ids.filter((id) => !bills.some((bill) => bill.clioId === id));
  const heads = [...bills, ...(read.length > 0 ? await context.clio.billHeads(read) : [])];
  const links = await context.store.links.getMany(context.firm.id, heads.map((head) => billLinkId(head.clioId, 'main')));
  const live = links.filter((link) => link.xeroId !== null && link.shown?.xeroState !== 'voided' && link.shown?.xeroState !== 'deleted');
  return heads.map(({ clioId, number, state, due, split: of }) => ({ clioId, number, state, due, split: of, hasInvoice: live.some((link) => link.clioId === clioId) }));
}

/** Parts name each other and the whole; that the whole names its parts is not certain. */
export const isSplitWith = (bill: Bill, part: SplitPart): boolean => part.clioId !== bill.clioId && (othersOf(bill).includes(part.clioId) || part.split?.ofBillId === bill.clioId);

export const othersOf = ({ clioId, split }: Pick<Bill, 'clioId' | 'split'>): string[] => (split ? [split.ofBillId, ...split.withBillIds].filter((id) => id !== clioId) : []);
