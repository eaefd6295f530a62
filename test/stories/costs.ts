import type { ActivityRecord } from '../../src/sandbox/clio/records.js';
import { aClient, changeSettings, ORGANISATION } from './practice.js';
import { FIRM, type Story } from './story.js';

/** What firms and bookkeepers do about costs. */

export interface CostFirm {
  matterId: number;
  vendorId: number;
}

/** Set up, with costs going over as chosen; the court is a supplier in both books unless `known` says otherwise. */
export async function withCosts(story: Story, fields: Record<string, string>, known: { vendor?: boolean } = {}): Promise<CostFirm> {
  await story.ready();
  const { matterId } = aClient(story);
  const vendor = story.clio.addContact({ type: 'Company', name: 'County Court Office', firstName: null, lastName: null, isClient: false, emails: [{ id: 9_001, name: 'Work', value: 'fees@court.example', primary: true }], phones: [], addresses: [], salesTaxNumber: null, paymentTermDays: null, companyId: null });
  if (known.vendor === true) story.xero.createInvoice(ORGANISATION, supplierBill(story, { Contact: { Name: 'County Court Office', EmailAddress: 'fees@court.example' }, InvoiceNumber: 'OLD-1' }));
  await changeSettings(story, { 'costs.account': '620', 'costs.bankAccount': accountId(story, '090'), ...fields });
  if (fields['costs.hard'] === 'spend' || fields['costs.importFromXero'] === 'on') await reconnect(story);
  return { matterId, vendorId: vendor.id };
}

/** Connects the same organisation again, which asks for what the settings need by now. */
export async function reconnect(story: Story): Promise<void> {
  await story.person.open(`${story.world.appUrl}/setup`);
  await story.person.follow('Connect Xero again');
  await story.person.press('Sign in');
  await story.person.press('Allow access');
  await story.settle();
}

export function aHardCost(story: Story, firm: CostFirm, change: Partial<ActivityRecord> = {}): number {
  const [category] = story.clio.expenseCategories();
  return story.clio.addActivity({
    type: 'HardCostEntry', date: '2026-11-18', quantity: null, price: 119, note: 'Filing fee', reference: '55120', nonBillable: false, noCharge: false, taxSetting: 'no_tax', matterId: firm.matterId,
    userId: story.clio.users()[0]?.id ?? 0, billId: null, expenseCategoryId: category?.id ?? null, activityDescriptionId: null, vendorId: firm.vendorId, ...change,
  }).id;
}

export const accountId = (story: Story, code: string): string => story.xero.accounts(ORGANISATION).find((account) => account.code === code)?.id ?? '';

/** Spend money that counts, as "reference, total, account code". */
export function spent(story: Story): string[] {
  const codes = new Map(story.xero.accounts(ORGANISATION).map((account) => [account.id, account.code]));
  return story.xero.bankTransactions(ORGANISATION).filter((each) => each.status === 'AUTHORISED').map((each) => `${each.reference}, ${each.total}, ${each.lines.map((line) => codes.get(line.accountId ?? '') ?? '?').join()}`);
}

/** Bills of suppliers that count, as "number, total, state". */
export const supplierBills = (story: Story): string[] =>
  story.xero.invoices(ORGANISATION).filter((each) => each.type === 'ACCPAY' && each.number !== 'RENT-11' && each.status !== 'VOIDED' && each.status !== 'DELETED').map((each) => `${each.number}, ${each.total}, ${each.status}`);

/** Costs on the matter in Clio, as "type, price, day". */
export const costsOn = (story: Story, matterId: number): string[] => story.clio.activities().filter((each) => each.matterId === matterId).map((each) => `${each.type}, ${each.price}, ${each.date}`);

export function supplierBill(story: Story, change: Record<string, unknown> = {}): Record<string, unknown> {
  return { Type: 'ACCPAY', Status: 'AUTHORISED', Contact: { Name: 'Process Servers Inc' }, InvoiceNumber: 'BILL-0311', Date: '2026-11-20', DueDate: '2026-12-20', LineAmountTypes: 'NoTax', LineItems: [costLine(story)], ...change };
}

export const costLine = (story: Story, change: Record<string, unknown> = {}): Record<string, unknown> => ({ Description: 'Service of the claim', Quantity: 1, UnitAmount: 85, AccountID: accountId(story, '400'), ...change });

/** Reasons of open holds that are about costs. */
export async function costHolds(story: Story): Promise<string[]> {
  const holds = await story.store.holds.list(FIRM, { limit: 10_000 });
  return holds.filter((hold) => hold.open && hold.billId.startsWith('expense:') && hold.reason !== 'COST_SIDE_MISMATCH').map((hold) => hold.reason).sort();
}
