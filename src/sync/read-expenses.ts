import { costOfBill, costOfTransaction, type CostDocument } from '../core/cost-document.js';
import type { Client } from '../core/contact.js';
import type { Expense } from '../core/expense.js';
import type { ExpenseTruth } from '../core/expense-plan.js';
import { referenceFor } from '../core/expense-to-document.js';
import { isReason } from '../core/reasons.js';
import { parseContact } from '../store/base-schema.js';
import type { HoldRecord, LinkRecord } from '../store/records.js';
import type { CostTerms } from './costs-since.js';
import { tellUntold } from './activity.js';
import { expenseLinkId, expenseLinkOf, expenseSubject } from './expense-links.js';
import type { ExpenseWork } from './expense-work.js';
import type { SyncContext } from './firm-context.js';
import { contactLinkId } from './link-records.js';

/** Costs entered in Clio with their documents in Xero, with as few calls as the lists of both allow. */
export async function readExpenses(context: SyncContext, terms: CostTerms, ids: string[], expenses: Expense[]): Promise<ExpenseWork[]> {
  if (ids.length === 0) return [];
  const links = await context.store.links.getMany(context.firm.id, ids.map(expenseLinkId));
  const records = new Map(links.map((record) => [record.id, record]));
  const rows = ids.map((id) => ({ id, expense: expenses.find((each) => each.clioId === id) ?? null, record: records.get(expenseLinkId(id)) ?? null }));
  const contacts = await contactsOf(context, rows.flatMap(({ expense }) => expense?.vendor?.clioId ?? []));
  await tellUntold(context, [...links, ...contacts.values()]);
  const unlinked = rows.flatMap(({ expense }) => (expense?.isHardCost && expense.vendor && !contacts.get(expense.vendor.clioId)?.xeroId ? [expense.vendor.clioId] : []));
  const vendors = unlinked.length > 0 ? await context.clio.clients([...new Set(unlinked)]) : [];
  const documents = await documentsOf(context, terms, rows);
  const works: ExpenseWork[] = [];
  for (const row of rows) works.push(await workOf(context, terms, row, { contacts, vendors, documents }));
  return works;
}

interface Row {
  id: string;
  expense: Expense | null;
  record: LinkRecord | null;
}

/**
 * Linked documents by id, and whatever else carries the mark they were sent with; for costs without one, whatever carries the mark they would
 * get, so that nothing is made twice, and what a process that froze for long made twice all the same is seen.
 */
async function documentsOf({ xero, settings }: SyncContext, { mayUseBanks }: CostTerms, rows: Row[]): Promise<CostDocument[]> {
  const wanted = { spend: { ids: new Set<string>(), marks: new Set<string>() }, bill: { ids: new Set<string>(), marks: new Set<string>() } };
  for (const { expense, record } of rows) {
    const link = record && expenseLinkOf(record);
    const kind = link?.reference ? link.kind : settings.costs.hard === 'spend' ? 'spend' : 'bill';
    if (link?.documentId) wanted[link.kind].ids.add(link.documentId);
    if (link?.reference) wanted[kind].marks.add(link.reference);
    else if (link?.documentId) continue;
    else if (expense?.isHardCost) wanted[kind].marks.add(referenceFor(expense));
  }
  const found = [
    ...(mayUseBanks && wanted.spend.ids.size > 0 ? (await xero.bankTransactions([...wanted.spend.ids])).map(costOfTransaction) : []),
    ...(mayUseBanks && wanted.spend.marks.size > 0 ? (await xero.bankTransactionsByReference([...wanted.spend.marks])).map(costOfTransaction) : []),
    ...(wanted.bill.ids.size > 0 ? (await xero.supplierBills([...wanted.bill.ids])).map(costOfBill) : []),
    ...(wanted.bill.marks.size > 0 ? (await xero.supplierBillsByNumber([...wanted.bill.marks])).map(costOfBill) : []),
  ];
  return [...new Map(found.map((document) => [document.xeroId, document])).values()];
}

async function contactsOf(context: SyncContext, vendorIds: string[]): Promise<Map<string, LinkRecord>> {
  const links = await context.store.links.getMany(context.firm.id, [...new Set(vendorIds)].map((id) => contactLinkId(id, context.further)));
  return new Map(links.map((link) => [link.clioId ?? '', link]));
}

async function workOf(context: SyncContext, terms: CostTerms, { id, expense, record }: Row, read: { contacts: Map<string, LinkRecord>; vendors: Client[]; documents: CostDocument[] }): Promise<ExpenseWork> {
  const link = record && expenseLinkOf(record);
  const contact = read.contacts.get(expense?.vendor?.clioId ?? '');
  const marks = [link?.reference, expense && referenceFor(expense)];
  const holds = await context.store.holds.list(context.firm.id, { index: 'bill', value: expenseSubject(id), limit: 100 });
  const truth: ExpenseTruth = {
    expense,
    link,
    vendor: read.vendors.find((vendor) => vendor.clioId === expense?.vendor?.clioId) ?? null,
    supplier: contact?.xeroId ? parseContact(contact.base) : null,
    documents: read.documents.filter((document) => document.xeroId === link?.documentId || marks.includes(document.reference)),
    since: terms.exportSince,
    mayUseBanks: terms.mayUseBanks,
    settings: context.settings,
    books: context.books,
    answers: holds.flatMap(answerOf),
  };
  return { expenseId: id, truth, plan: { steps: [], holds: [] }, record, stopped: [] };
}

const answerOf = (hold: HoldRecord) => (hold.answer !== null && isReason(hold.reason) ? [{ about: hold.about, reason: hold.reason, facts: hold.facts, choice: hold.answer }] : []);
