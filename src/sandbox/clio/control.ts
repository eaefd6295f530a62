import type { Exchange } from '../exchange.js';
import { changeActivity, removeActivity } from './activities.js';
import { applyChanges } from './bills.js';
import { billSums, type BillSums } from './bill-arithmetic.js';
import { addLine, approveBill, billChanged, chargeInterest, createBill, deleteBill, moveState, voidBill, type NewBill, type NewLine } from './billing.js';
import { canUpdate, settleState } from './bill-states.js';
import type { Deliveries, Delivery } from './deliveries.js';
import { deauthorise } from './deauthorise.js';
import { invalid } from './errors.js';
import type { Fault } from './faults.js';
import type { Firm } from './firm.js';
import type { ClioApp, Grants } from './grants.js';
import type { Nonces } from './nonces.js';
import { lowerPayment, recordCredit, recordPayment, voidCredit, voidPayment, type NewCredit, type NewPayment } from './payments.js';
import type * as R from './records.js';
import { createSplitBill, type Payer } from './split-bills.js';
import type { ClioSwitches } from './switches.js';
import { completeTask } from './tasks.js';
import type { Recorder } from './wire.js';

export interface BillSnapshot extends R.BillRecord {
  lines: R.LineRecord[];
  /** Cents. */
  sums: BillSums;
}

type BillEdit = Parameters<typeof applyChanges>[2];

/** What a person does in Clio's pages, and what a test needs to see. Ids are Clio's; amounts cents. */
export class ClioControl {
  constructor(
    private readonly firm: Firm,
    private readonly grants: Grants,
    private readonly nonces: Nonces,
    private readonly deliveryLog: Deliveries,
    private readonly recorder: Recorder,
  ) {}

  registerApp(app: ClioApp): void {
    this.grants.apps.set(app.clientId, app);
  }

  /** A signed-in user's consent without the pages: the code that the redirect would carry. */
  authorize(clientId: string, userId: number, redirectUri: string): string {
    return this.grants.issueCode(clientId, userId, redirectUri);
  }

  addContact(contact: Omit<R.ContactRecord, keyof R.Stamp>): R.ContactRecord {
    return this.firm.contacts.add((stamp) => ({ ...stamp, ...contact }));
  }
  editContact(id: number, changes: Partial<Omit<R.ContactRecord, keyof R.Stamp>>): R.ContactRecord {
    const contact = Object.assign(this.firm.contacts.at(id), changes);
    this.firm.contacts.touch(contact);
    return contact;
  }
  addMatter(matter: Omit<R.MatterRecord, keyof R.Stamp>): R.MatterRecord {
    return this.firm.matters.add((stamp) => ({ ...stamp, ...matter }));
  }

  addActivity(activity: Omit<R.ActivityRecord, keyof R.Stamp>): R.ActivityRecord {
    return this.firm.activities.add((stamp) => ({ ...stamp, ...activity }));
  }
  editActivity(id: number, changes: Partial<Omit<R.ActivityRecord, keyof R.Stamp>>): R.ActivityRecord {
    const activity = this.firm.activities.at(id);
    changeActivity(this.firm, activity, changes);
    return activity;
  }
  removeActivity(id: number): void {
    removeActivity(this.firm, this.firm.activities.at(id));
  }
  /** Puts an entry on a bill, as billing its matter does; the line itself is of no interest here. */
  putOnBill(activityId: number, billId: number): void {
    const activity = this.firm.activities.at(activityId);
    activity.billId = this.firm.bills.at(billId).id;
    this.firm.activities.touch(activity);
  }
  activities(): R.ActivityRecord[] {
    return this.firm.activities.all().map((row) => ({ ...row }));
  }

  createBill(spec: NewBill): BillSnapshot {
    return this.bill(createBill(this.firm, spec).id);
  }
  /** One draft per payer, and last the whole where the switch shows it, in the state that `spec` says. */
  createSplitBill(spec: NewBill, payers: Payer[]): BillSnapshot[] {
    return createSplitBill(this.firm, spec, payers).map((bill) => this.bill(bill.id));
  }
  approveBill(id: number): BillSnapshot {
    approveBill(this.firm, this.firm.bills.at(id));
    return this.bill(id);
  }
  editBill(id: number, changes: BillEdit): BillSnapshot {
    applyChanges(this.firm, this.firm.bills.at(id), changes);
    return this.bill(id);
  }
  editLine(lineId: number, changes: Partial<Omit<R.LineRecord, keyof R.Stamp | 'billId'>>): BillSnapshot {
    const line = this.firm.lines.at(lineId);
    const bill = this.editable(line.billId);
    this.firm.lines.touch(Object.assign(line, changes));
    return this.edited(bill);
  }
  addLine(billId: number, line: NewLine): BillSnapshot {
    const bill = this.editable(billId);
    addLine(this.firm, bill, line);
    return this.edited(bill);
  }
  removeLine(lineId: number): BillSnapshot {
    const line = this.firm.lines.at(lineId);
    const bill = this.editable(line.billId);
    this.firm.lines.remove(line);
    return this.edited(bill);
  }
  /** Back to draft, as a biller may do while nothing is paid. */
  reopenBill(id: number): BillSnapshot {
    moveState(this.firm, this.firm.bills.at(id), 'draft', () => undefined);
    return this.bill(id);
  }
  voidBill(id: number): BillSnapshot {
    voidBill(this.firm, this.firm.bills.at(id));
    return this.bill(id);
  }
  deleteBill(id: number): BillSnapshot {
    deleteBill(this.firm, this.firm.bills.at(id));
    return this.bill(id);
  }
  /** The bill that carries the interest: the same, or one of its own (C7). */
  chargeInterest(id: number, amount: number, date?: string): BillSnapshot {
    return this.bill(chargeInterest(this.firm, this.firm.bills.at(id), amount, date ?? this.firm.today()).id);
  }

  recordPayment(payment: NewPayment): R.PaymentRecord {
    return recordPayment(this.firm, payment);
  }
  lowerPayment(id: number, amount: number): R.PaymentRecord {
    return lowerPayment(this.firm, this.firm.payments.at(id), amount);
  }
  voidPayment(id: number): void {
    voidPayment(this.firm, this.firm.payments.at(id));
  }
  recordCredit(credit: NewCredit): R.CreditMemoRecord {
    return recordCredit(this.firm, credit);
  }
  writeOff(credit: Omit<NewCredit, 'kind'>): R.CreditMemoRecord {
    return recordCredit(this.firm, { ...credit, kind: 'write_off' });
  }
  voidCredit(id: number): void {
    voidCredit(this.firm, this.firm.creditMemos.at(id));
  }

  completeTask(id: number): void {
    completeTask(this.firm, this.firm.tasks.at(id));
  }
  disableUser(id: number, enabled = false): void {
    const user = this.firm.users.at(id);
    user.enabled = enabled;
    this.firm.users.touch(user);
  }
  setRoles(userId: number, roles: string[]): void {
    const user = this.firm.users.at(userId);
    user.roles = roles;
    this.firm.users.touch(user);
  }
  setBillingSettings(changes: Partial<Omit<R.BillingSettingsRecord, keyof R.Stamp>>): void {
    const settings = Object.assign(this.firm.billingSettings, changes);
    settings.version += 1;
    settings.updatedAt = this.firm.clock.now();
  }
  setFeature<K extends keyof ClioSwitches>(name: K, value: ClioSwitches[K]): void {
    this.firm.switches[name] = value;
  }

  /** Removes the app inside Clio: tokens die, webhooks and custom actions go, and the callback is made (C15). */
  revokeApp(clientId: string, userId?: number): Promise<void> {
    return deauthorise(this.firm, this.grants, clientId, userId);
  }
  expireTokens(): void {
    this.grants.expireAccessTokens();
  }
  mintNonce(userId: number, subjectUrl: string): string {
    return this.nonces.mint(userId, subjectUrl);
  }

  injectFault(fault: Fault): void {
    this.recorder.faults.push({ ...fault });
  }
  clearFaults(): void {
    this.recorder.faults.splice(0);
  }
  listRequests(match: { method?: string; path?: string | RegExp } = {}): Exchange[] {
    return this.recorder.log.filter(({ method, path }) => {
      if (match.method !== undefined && match.method !== method) return false;
      if (match.path === undefined) return true;
      return typeof match.path === 'string' ? path.includes(match.path) : match.path.test(path);
    });
  }
  countRequests(match: { method?: string; path?: string | RegExp } = {}): number {
    return this.listRequests(match).length;
  }
  forgetRequests(): void {
    this.recorder.log.splice(0);
  }

  deliveries(): readonly Delivery[] {
    return this.deliveryLog.log;
  }
  redeliver(deliveryId: number): Promise<void> {
    return this.deliveryLog.redeliver(deliveryId);
  }
  /** Resolves when no webhook request is under way. Retries that wait for their time do not count. */
  settled(): Promise<void> {
    return this.deliveryLog.settled();
  }

  bill(id: number): BillSnapshot {
    const bill = this.firm.bills.at(id);
    return { ...bill, matterIds: [...bill.matterIds], lines: this.firm.linesOf(id).map((line) => ({ ...line })), sums: billSums(bill, this.firm) };
  }
  bills(): BillSnapshot[] {
    return this.firm.bills.all().map((bill) => this.bill(bill.id));
  }
  billByNumber(number: string): BillSnapshot | null {
    const bill = this.firm.bills.where((each) => each.number === number)[0];
    return bill ? this.bill(bill.id) : null;
  }
  allocations(billId?: number): R.AllocationRecord[] {
    return (billId === undefined ? this.firm.allocations.all() : this.firm.allocationsOf(billId)).map((row) => ({ ...row }));
  }
  payments(): R.PaymentRecord[] {
    return this.firm.payments.all().map((row) => ({ ...row }));
  }
  tasks(): R.TaskRecord[] {
    return this.firm.tasks.all().map((row) => ({ ...row }));
  }
  contacts(): R.ContactRecord[] {
    return this.firm.contacts.all().map((row) => ({ ...row }));
  }
  matters(): R.MatterRecord[] {
    return this.firm.matters.all().map((row) => ({ ...row }));
  }
  users(): R.UserRecord[] {
    return this.firm.users.all().map((row) => ({ ...row }));
  }
  bankAccounts(): R.BankAccountRecord[] {
    return this.firm.bankAccounts.all().map((row) => ({ ...row }));
  }
  practiceAreas(): R.PracticeAreaRecord[] {
    return this.firm.practiceAreas.all().map((row) => ({ ...row }));
  }

  currencies(): R.CurrencyRecord[] {
    return this.firm.currencies.all().map((row) => ({ ...row }));
  }
  expenseCategories(): R.ExpenseCategoryRecord[] {
    return this.firm.expenseCategories.all().map((row) => ({ ...row }));
  }
  webhooks(): R.WebhookRecord[] {
    return this.firm.webhooks.all().map((row) => ({ ...row }));
  }
  customActions(): R.CustomActionRecord[] {
    return this.firm.customActions.all().map((row) => ({ ...row }));
  }

  private editable(billId: number): R.BillRecord {
    const bill = this.firm.bills.at(billId);
    if (!canUpdate(bill, this.firm)) throw invalid('Bill cannot be edited');
    return bill;
  }

  private edited(bill: R.BillRecord): BillSnapshot {
    settleState(bill, this.firm, this.firm.clock.now());
    billChanged(this.firm, bill);
    return this.bill(bill.id);
  }
}
