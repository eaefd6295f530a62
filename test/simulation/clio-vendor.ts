import type { Allocation } from '../../src/core/allocation.js';
import type { Bill, BillLine } from '../../src/core/bill.js';
import type { Client } from '../../src/core/contact.js';
import type { Expense } from '../../src/core/expense.js';
import { sum } from '../../src/core/money.js';
import { KeptBackError } from '../../src/http/failure.js';
import { ServiceError } from '../../src/http/service-error.js';
import type { Clio, ClioUser } from '../../src/clio/clio.js';
import { aBill, anAllocation, client as aClient } from '../core/law-firm.js';
import { frozen } from './frozen.js';
import type { ClioSignIns } from './clio-sign-ins.js';
import { callOver } from './network.js';
import type { Life } from './scheduler.js';
import { withToken, type Tokens } from './tokens.js';
import type { World } from './world.js';

export interface KnownAllocation extends Allocation {
  changedAt: number;
  /** The money it stands for. */
  receipts: string[];
}

export interface KnownBill {
  now: Bill;
  changedAt: number;
  gone: boolean;
  /** Every amount the bill ever came to. */
  dues: number[];
}

/** A cost, removed ones included. */
export interface KnownExpense {
  now: Expense;
  changedAt: number;
  gone: boolean;
}

export interface KnownTask {
  clioId: string;
  marker: string;
  done: boolean;
  paymentId: string;
}

/** Whose call it is, and where its tokens come from. */
interface Caller {
  life: Life;
  tokens: Tokens | null;
  mayWrite: () => boolean;
}

const user: ClioUser = { clioId: '7', name: 'R. Ortiz', email: null, roles: [], enabled: true, timeZone: 'Europe/London', account: { clioId: '100234', name: 'Whitlock & Hale' } };

/** The firm's Clio: bills with etags, allocations, tasks. */
export class ClioVendor {
  readonly bills = new Map<string, KnownBill>();
  readonly allocations = new Map<string, KnownAllocation>();
  readonly tasks = new Map<string, KnownTask>();
  readonly expenses = new Map<string, KnownExpense>();
  readonly clients: Client[] = [];
  /** Whom costs are paid to. */
  readonly vendors: Client[] = [];
  connected = true;
  private next = 9_001;

  constructor(private readonly world: World, private readonly notice: (kind: string, id: string) => void, private readonly firm: string, private readonly signIns: ClioSignIns | null) {
    for (const [clioId, name] of [['41', 'Northgate Fabrication Ltd'], ['42', 'Osei Holdings Ltd']] as const) this.clients.push({ ...aClient, clioId, name, email: `canary-${clioId}@client.example` });
    for (const [clioId, name] of [['51', 'Leeds County Court'], ['52', 'Calder Couriers']] as const) this.vendors.push({ ...aClient, clioId, name, email: `canary-${clioId}@vendor.example` });
  }

  id(): string {
    return String(this.next++);
  }

  issue(client: Client, number: string, lines: BillLine[], issuedOn: string): Bill {
    const clioId = this.id();
    const bill = aBill({ clioId, number, lines, issuedOn, dueOn: this.world.day(30), client: { clioId: client.clioId, name: client.name }, canBecomePaid: this.world.profile.unknowns.offersPaid });
    return this.keep(bill);
  }

  /** The new state with its figures, etag and time; subscribers hear of it. */
  keep(bill: Bill, announce = true): Bill {
    const paid = sum(this.paymentsOf(bill.clioId).map((each) => each.amount));
    const credited = sum(this.creditsOf(bill.clioId).map((each) => each.amount));
    const known = this.bills.get(bill.clioId);
    const settled = bill.state === 'paid' && bill.balance === 0 && paid + credited < bill.due;
    const balance = bill.state === 'void' ? (this.world.profile.unknowns.voidedBalanceZero ? 0 : bill.balance) : settled ? 0 : bill.due - paid - credited;
    const state = bill.state === 'awaiting_payment' && balance === 0 ? 'paid' : bill.state === 'paid' && balance !== 0 ? 'awaiting_payment' : bill.state;
    const now: Bill = frozen({ ...bill, paid: settled ? bill.due - credited : paid, credited, balance, state, canBecomePaid: state === 'awaiting_payment' && this.world.profile.unknowns.offersPaid, version: `"${this.world.now}-${this.world.random.int(1, 9_999)}"`, updatedAt: this.world.iso() });
    this.bills.set(bill.clioId, { now, changedAt: this.world.now, gone: known?.gone ?? false, dues: [...(known?.dues ?? []), now.due] });
    if (announce) this.notice('bill', bill.clioId);
    return now;
  }

  remove(id: string): void {
    const known = this.bills.get(id);
    if (!known) return;
    this.keep({ ...known.now, state: 'deleted' });
    const kept = this.bills.get(id);
    if (kept) kept.gone = this.world.profile.unknowns.deletedIsGone;
  }

  record(billId: string, payment: { amount: number; date: string; receipts: string[] }): KnownAllocation | null {
    const bill = this.bills.get(billId)?.now;
    if (!bill || payment.amount <= 0 || payment.amount > bill.balance || bill.state !== 'awaiting_payment') return null;
    const clioId = this.id();
    const allocation = { ...anAllocation({ clioId, billId, parentId: `p${clioId}`, amount: payment.amount, date: payment.date }), changedAt: this.world.now, receipts: payment.receipts };
    this.allocations.set(clioId, allocation);
    this.keep(bill, this.world.profile.unknowns.noticesOfPayments);
    return allocation;
  }

  /** A credit memo or a write-off; a discount says so itself. */
  credit(billId: string, credit: { amount: number; date: string; creditKind: Allocation['creditKind']; asDiscount: boolean }): KnownAllocation | null {
    const bill = this.bills.get(billId)?.now;
    if (!bill || credit.amount <= 0 || credit.amount > bill.balance || bill.state !== 'awaiting_payment') return null;
    const clioId = this.id();
    const allocation = { ...anAllocation({ clioId, billId, parentId: `m${clioId}`, kind: 'credit', destinationAccountId: null, ...credit, creditKind: this.world.profile.unknowns.namesCredits ? credit.creditKind : null }), changedAt: this.world.now, receipts: [] };
    this.allocations.set(clioId, allocation);
    this.keep(bill, this.world.profile.unknowns.noticesOfPayments);
    return allocation;
  }

  /** A cost entered, changed, or taken out. */
  keepExpense(expense: Expense, gone = false): void {
    this.expenses.set(expense.clioId, { now: frozen({ ...expense }), changedAt: this.world.now, gone });
    this.notice('expense', expense.clioId);
  }

  change(allocation: KnownAllocation, change: Partial<Allocation>): void {
    Object.assign(allocation, change, { changedAt: this.world.now });
    const bill = allocation.billId === null ? undefined : this.bills.get(allocation.billId)?.now;
    if (bill) this.keep(bill, this.world.profile.unknowns.noticesOfPayments);
  }

  paymentsOf(billId: string): KnownAllocation[] {
    return [...this.allocations.values()].filter((each) => each.billId === billId && each.kind === 'payment' && !each.voided);
  }

  creditsOf(billId: string): KnownAllocation[] {
    return [...this.allocations.values()].filter((each) => each.billId === billId && each.kind === 'credit' && !each.voided);
  }

  /** The port, as one process sees it; without `tokens` Clio asks for none. */
  portFor(life: Life, tokens: Tokens | null, mayWrite: () => boolean): Clio {
    const { world } = this;
    const caller = { life, tokens, mayWrite };
    const visible = (): KnownBill[] => [...this.bills.values()].filter(({ gone }) => !gone);
    const read = <T>(name: string, about: string, look: () => T): Promise<T> => this.call(caller, name, about, false, look);
    const plain = (allocation: KnownAllocation): Allocation => {
      const { changedAt: _changedAt, receipts: _receipts, ...rest } = allocation;
      return frozen(rest);
    };
    const bills = (ids: string[]): Bill[] => visible().filter(({ now }) => ids.includes(now.clioId)).map(({ now }) => now);
    return {
      whoAmI: () => read('whoAmI', '', () => user),
      bills: (ids) => read('bills', ids.join(' '), () => bills(ids)),
      billHeads: (ids) => read('billHeads', ids.join(' '), () => bills(ids).map((bill) => ({ ...bill, lines: [] }))),
      matters: (ids) => read('matters', ids.join(' '), () => []),
      billIdsOfMatter: () => read('billIdsOfMatter', '', () => visible().map(({ now }) => now.clioId)),
      billIdsOfClient: (id) => read('billIdsOfClient', id, () => visible().filter(({ now }) => now.client?.clioId === id).map(({ now }) => now.clioId)),
      billIdsChangedSince: (since) => read('billIdsChangedSince', since, () => ({ ids: visible().filter(({ changedAt }) => changedAt >= Date.parse(since)).map(({ now }) => now.clioId), asOf: world.iso() })),
      allBillIds: () => read('allBillIds', '', () => visible().map(({ now }) => now.clioId)),
      markBillPaid: (id, version) => this.call(caller, 'markBillPaid', id, true, () => this.markPaid(id, version)),
      allocationsOf: (ids) => read('allocationsOf', ids.join(' '), () => [...this.allocations.values()].filter((each) => each.billId !== null && ids.includes(each.billId)).map(plain)),
      allocationsChangedSince: (since) => read('allocationsChangedSince', since, () => ({ allocations: [...this.allocations.values()].filter(({ changedAt }) => changedAt >= Date.parse(since)).map(plain), asOf: world.iso() })),
      clients: (ids) => read('clients', ids.join(' '), () => [...this.clients, ...this.vendors].filter((client) => ids.includes(client.clioId))),
      bankAccounts: () => read('bankAccounts', '', () => [{ clioId: '44', name: 'Office', type: 'operating' as const, currency: 'GBP' }]),
      users: () => read('users', '', () => [user]),
      taxCombinations: () => read('taxCombinations', '', () => []),
      categories: () => read('categories', '', () => ({ costCategories: [], workCategories: [], utbmsCodes: [] })),
      practiceAreas: () => Promise.resolve([]),
      openMatters: () => Promise.resolve({ matters: [], offices: [] }),
      ensureTask: (task) => this.call(caller, 'ensureTask', task.marker, true, () => this.ensureTask(task.marker)),
      completeTask: (id) => this.call(caller, 'completeTask', id, true, () => this.completeTask(id)),
      task: (id) => read('task', id, () => this.tasks.get(id) ?? null),
      expenses: (ids) => read('expenses', ids.join(' '), () => [...this.expenses.values()].filter(({ now, gone }) => !gone && ids.includes(now.clioId)).map(({ now }) => now)),
      hardCostIdsChangedSince: (since) => read('hardCostIdsChangedSince', since, () => ({ ids: [...this.expenses.values()].filter(({ changedAt, gone }) => !gone && changedAt >= Date.parse(since)).map(({ now }) => now.clioId), asOf: world.iso() })),
      expenseIdMarked: never,
      createExpense: never,
      updateExpense: never,
      deleteExpense: never,
      matterNumbered: never,
      homeCurrency: () => Promise.resolve('GBP'),
      webhooks: () => Promise.resolve([]),
      createWebhook: never,
      renewWebhook: never,
      deleteWebhook: never,
      activateWebhook: never,
      customActions: () => Promise.resolve([]),
      createCustomAction: never,
      moveCustomAction: never,
      deleteCustomAction: never,
      verifyLaunch: never,
    };
  }

  /** With a token, where Clio asks for one. */
  private call<T>({ life, tokens, mayWrite }: Caller, name: string, about: string, writes: boolean, act: () => T): Promise<T> {
    const send = (token: string | null): Promise<T> => (writes && !mayWrite() ? Promise.reject(new KeptBackError('clio', name)) : this.carry(life, token, name, about, writes, act));
    return tokens ? withToken(tokens, send) : send(null);
  }

  private refusal(token: string | null, name: string): ServiceError | null {
    const refused = (message: string): ServiceError => new ServiceError({ service: 'clio', kind: 'unauthorized', message, status: 401 });
    if (!this.connected) return refused('disconnected');
    if (token === null || !this.signIns) return null;
    const carries = this.signIns.check(token, this.firm);
    if (carries === 'foreign') this.world.violated(12, `${name} of ${this.firm} carries the token of another firm`);
    return carries === 'good' ? null : refused('TokenExpired');
  }

  private carry<T>(life: Life, token: string | null, name: string, about: string, writes: boolean, act: () => T): Promise<T> {
    return callOver<T>(this.world, {
      service: 'clio', name, about, writes, life,
      arrive: ({ pause, fails }, answer) => {
        const commit = (): void => {
          const refused = this.refusal(token, name);
          if (refused) { answer({ error: refused }); return; }
          const broken = new ServiceError({ service: 'clio', kind: writes ? 'ambiguous' : 'unavailable', message: 'server error', status: 500 });
          if (fails === 'before') { answer({ error: broken }); return; }
          try {
            const value = act();
            answer(fails === null ? { value } : { error: broken });
          } catch (error) {
            if (!(error instanceof ServiceError)) throw error;
            answer({ error });
          }
        };
        if (pause > 0) this.world.scheduler.after(pause, null, commit);
        else commit();
      },
    });
  }

  private markPaid(id: string, version: string): { state: Bill['state']; balance: number } {
    const refusal = (kind: 'conflict' | 'rejected', message: string): ServiceError => new ServiceError({ service: 'clio', kind, message });
    const bill = this.bills.get(id)?.now;
    if (!bill || bill.version !== version) throw refusal('conflict', 'the bill changed meanwhile');
    const { markPaid } = this.world.profile.unknowns;
    if (markPaid === 'refused' || bill.state !== 'awaiting_payment') throw refusal('rejected', 'this transition is not allowed');
    this.world.writes += 1;
    if (markPaid === 'keeps the balance') return { state: 'paid', balance: bill.balance };
    if (markPaid === 'settles with a payment') {
      this.record(id, { amount: bill.balance, date: this.world.today(), receipts: this.moneyBehind(id) });
    } else this.keep({ ...bill, state: 'paid', balance: 0 });
    const after = this.bills.get(id)?.now ?? bill;
    return { state: after.state, balance: after.balance };
  }

  /** Set by whoever knows both ledgers: the receipts a bill marked paid stands for. */
  moneyBehind: (billId: string) => string[] = () => [];

  private ensureTask(marker: string): { clioId: string } {
    const open = [...this.tasks.values()].find((task) => task.marker === marker && !task.done);
    if (open) return { clioId: open.clioId };
    const task = { clioId: this.id(), marker, done: false, paymentId: marker.split(':').at(-1) ?? '' };
    this.tasks.set(task.clioId, task);
    this.world.writes += 1;
    return { clioId: task.clioId };
  }

  private completeTask(id: string): void {
    const task = this.tasks.get(id);
    if (!task || task.done) return;
    task.done = true;
    this.world.writes += 1;
  }
}

const never = (): Promise<never> => Promise.reject(new Error('no simulated firm uses this'));
