import type { CostKind, ExpenseLink } from '../core/expense.js';
import { atPlace } from '../jobs/mark-kinds.js';
import { parseExpenseBase, type ExpenseBase } from '../store/base-schema.js';
import type { LinkRecord } from '../store/records.js';
import type { FirmContext } from './firm-context.js';
import { linkFor } from './link-records.js';

/**
 * What a mark names: a Clio cost by its id, or a document in Xero as `bill:…` or `spend:…`, which `@` and the organisation's id follow unless it is
 * of the one the firm began with. Holds and links carry it as `expense:…`.
 */
export const documentMark = (kind: CostKind, documentId: string, further: string | null): string => atPlace(`${kind}:${documentId}`, further);

/** The further organisation a mark names; null for the one the firm began with, and for costs named by their Clio id. */
export const placeOfMark = (markId: string): string | null => /@(.+)$/.exec(markId)?.[1] ?? null;

export function documentOf(markId: string): [kind: CostKind, documentId: string] {
  const [kind = '', documentId = ''] = markId.replace(/@.*$/, '').split(':');
  return [kind === 'spend' ? 'spend' : 'bill', documentId];
}

export const isClioCost = (markId: string): boolean => /^\d+$/.test(markId);

export const expenseSubject = (markId: string): string => `expense:${markId}`;

export const expenseLinkId = (expenseId: string): string => `expense:c${expenseId}`;
export const lineLinkId = (lineId: string): string => `expense:x${lineId}`;

/** On the Xero side a cost born in Clio is a document, one born in Xero is a line of one. */
export function expenseLinkOf(record: LinkRecord): ExpenseLink {
  const base = parseExpenseBase(record.base);
  if (!base) throw new Error(`expense link ${record.id} has no base`);
  const ids = base.origin === 'clio' ? { documentId: record.xeroId, lineId: null } : { documentId: base.documentId, lineId: record.xeroId };
  return { ...base, ...ids, id: record.id, expenseId: record.clioId };
}

/** The link of a cost entered in Clio, made when it is not there yet. */
export function expenseLinkFor(context: FirmContext, organisationId: string, expenseId: string, base: ExpenseBase): Promise<LinkRecord> {
  return linkFor(context, organisationId, { id: expenseLinkId(expenseId), kind: 'expense', role: 'main', clioId: expenseId, billId: expenseSubject(expenseId), base });
}

/** The link of a line in Xero, kept before its cost is entered in Clio. */
export function lineLinkFor(context: FirmContext, organisationId: string, line: { lineId: string; documentMark: string; base: ExpenseBase }): Promise<LinkRecord> {
  return linkFor(context, organisationId, { id: lineLinkId(line.lineId), kind: 'expense', role: 'main', xeroId: line.lineId, billId: expenseSubject(line.documentMark), base: line.base });
}
