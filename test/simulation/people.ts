import type { SealedTokens } from '../../src/connections/sealed-tokens.js';
import type { Bill } from '../../src/core/bill.js';
import { markAsked } from '../../src/jobs/mark-kinds.js';
import { aLine, anInvoice, untaxed } from '../core/law-firm.js';
import type { ClioVendor, KnownAllocation, KnownBill } from './clio-vendor.js';
import type { MemoryStore } from './memory-store.js';
import type { Oracle } from './oracle.js';
import { PeopleCredits } from './people-credits.js';
import type { Choices } from './profile.js';
import type { Random } from './random.js';
import type { World } from './world.js';
import type { KnownInvoice, KnownPayment } from './xero-books.js';
import type { XeroVendor } from './xero-vendor.js';

const MINUTE = 60_000;
const OFFICE = 'bank-office';

export type Act = [weight: number, act: () => string | null];

/** Where people work. */
export interface Place {
  world: World;
  store: MemoryStore;
  clio: ClioVendor;
  xero: XeroVendor;
  oracle: Oracle;
  firm: string;
  choices: Choices;
}

/** The biller, the bookkeeper and the clients: what they do to both ledgers, each in good faith and none knowing of the other. */
export class People {
  private readonly random: Random;
  private readonly amounts = new Set<number>();
  private receipts = 0;
  private numbers = 1_041;

  private readonly world: World;
  private readonly store: MemoryStore;
  private readonly clio: ClioVendor;
  private readonly xero: XeroVendor;
  private readonly oracle: Oracle;
  private readonly money: PeopleCredits;

  constructor(private readonly place: Place) {
    ({ world: this.world, store: this.store, clio: this.clio, xero: this.xero, oracle: this.oracle } = place);
    this.random = this.world.random.fork();
    this.money = new PeopleCredits(place, this.random, (most) => this.amountUpTo(most), (id) => this.onXeroChange(id));
  }

  /** One thing somebody does now. */
  act(): void {
    const acts = this.world.profile.calm ? this.calmActs() : [...this.calmActs(), ...this.contraryActs()];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      let left = this.random.next() * acts.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = acts.find(([weight]) => (left -= weight) <= 0);
      const did = chosen?.[1]();
      if (did !== undefined && did !== null) {
        this.world.count(this.world.profile.calm ? 'people did something' : 'people did or undid something');
        this.world.tell('people', `${this.place.firm.at(-1) ?? ''}: ${did}`);
        return;
      }
    }
  }

  issueBill(): string {
    const client = this.random.pick(this.clio.clients);
    if (!client) return 'nobody to bill';
    const net = this.random.int(100_00, 3_000_00);
    const fee = aLine({ clioId: this.clio.id(), net, taxes: [{ key: 'primary:20', name: 'VAT', rate: '20', compounds: false, amount: Math.round(net / 5) }] });
    const other = this.random.int(50_00, 900_00);
    const more = aLine({ clioId: this.clio.id(), net: other, category: { clioId: '63', name: 'Advice', xeroCode: null }, taxes: [{ key: 'primary:20', name: 'VAT', rate: '20', compounds: false, amount: Math.round(other / 5) }] });
    const cost = untaxed({ clioId: this.clio.id(), net: this.random.int(5_00, 200_00) });
    const bill = this.clio.issue(client, String((this.numbers += 1)), this.random.chance(0.5) ? [fee, cost] : [fee, more, cost], this.world.day(this.random.int(10, 19) - 20));
    return `bill ${bill.clioId} (${bill.number}) is approved over ${bill.due}`;
  }

  private calmActs(): Act[] {
    return [
      [2, () => (this.clio.bills.size < this.world.profile.bills ? this.issueBill() : null)],
      [4, () => this.payInClio()],
      [4, () => this.payInXero()],
      [5, () => this.followTask()],
      ...this.money.calmActs(),
    ];
  }

  private contraryActs(): Act[] {
    return [
      [2, () => this.payInBoth()],
      [2, () => this.voidInClio()],
      [2, () => this.changeAmount()],
      [2, () => this.editBill()],
      [1.5, () => this.lowerBill()],
      [1, () => this.renumberBill()],
      [1, () => this.endBill()],
      [2, () => this.deleteInXero()],
      [1, () => this.voidInXero()],
      [1, () => this.editInXero()],
      [1, () => this.typeInvoice()],
      [1, () => this.reconcile()],
      [0.4, () => this.doublePayment()],
      [5, () => this.answer()],
      [0.3, () => this.disconnect('xero')],
      [0.3, () => this.disconnect('clio')],
      [0.3, () => this.closePeriod()],
      [0.3, () => this.archiveContact()],
      ...this.money.contraryActs(),
    ];
  }

  private payInClio(): string | null {
    const bill = this.openBill();
    const amount = bill && this.amountUpTo(bill.balance);
    const allocation = bill && amount ? this.clio.record(bill.clioId, { amount, date: this.world.today(), receipts: [this.receipt()] }) : null;
    return allocation && `payment ${allocation.clioId} of ${allocation.amount} is recorded in Clio on bill ${allocation.billId ?? ''} (${allocation.receipts.join()})`;
  }

  private payInXero(): string | null {
    const paid = this.enterInXero();
    return paid && `payment ${paid.xeroId} of ${paid.amount} lands in Xero on ${paid.invoiceId} (${paid.receipts.join()})`;
  }

  /** The bookkeeper first, the biller some minutes later, of her own accord. */
  private payInBoth(): string | null {
    const paid = this.enterInXero();
    if (!paid) return null;
    const billId = this.billOf(paid.invoiceId);
    this.world.scheduler.after(this.random.int(1, 40) * MINUTE, null, () => {
      const allocation = billId === null || this.isEntered(billId, paid) ? null : this.clio.record(billId, { amount: paid.amount, date: this.world.today(), receipts: paid.receipts });
      if (allocation) this.world.tell('people', `the biller records ${paid.xeroId} in Clio as ${allocation.clioId}`);
    });
    return `payment ${paid.xeroId} of ${paid.amount} lands in Xero on ${paid.invoiceId}; the biller will enter it too (${paid.receipts.join()})`;
  }

  private followTask(): string | null {
    const task = this.random.pick([...this.clio.tasks.values()].filter((each) => !each.done));
    const payment = task && this.xero.books.payments.get(task.paymentId);
    const billId = payment ? this.billOf(payment.invoiceId) : null;
    if (!task || !payment || billId === null) return null;
    if (payment.status !== 'authorised' || this.isEntered(billId, payment)) return null;
    const allocation = this.clio.record(billId, { amount: payment.amount, date: this.random.chance(0.8) ? payment.date : this.world.day(5), receipts: payment.receipts });
    if (allocation && this.random.chance(0.3)) task.done = true;
    return allocation && `the biller follows task ${task.clioId}: records ${payment.xeroId} as ${allocation.clioId}`;
  }

  /** The biller looks first whether it is there already. */
  private isEntered(billId: string, payment: KnownPayment): boolean {
    return [...this.clio.allocations.values()].some((each) => each.billId === billId && each.receipts.some((receipt) => payment.receipts.includes(receipt)));
  }

  private voidInClio(): string | null {
    const allocation = this.anyAllocation();
    if (!allocation) return null;
    this.clio.change(allocation, { voided: true });
    return `payment ${allocation.clioId} is voided in Clio`;
  }

  private changeAmount(): string | null {
    const allocation = this.anyAllocation();
    const bill = allocation?.billId ? this.clio.bills.get(allocation.billId)?.now : undefined;
    const amount = bill && allocation ? this.amountUpTo(bill.balance + allocation.amount) : 0;
    if (!allocation || !amount) return null;
    this.clio.change(allocation, { amount });
    return `payment ${allocation.clioId} is corrected to ${amount} in Clio`;
  }

  private editBill(): string | null {
    const known = this.anyBill();
    if (known?.now.state !== 'awaiting_payment' && known?.now.state !== 'paid') return null;
    const net = this.random.int(1, 300_00);
    const lines = [...known.now.lines, untaxed({ clioId: this.clio.id(), net, category: { clioId: '64', name: 'Search fees', xeroCode: null } })];
    const { due, total, subTotal } = known.now;
    this.clio.keep({ ...known.now, lines, due: due + net, total: total + net, subTotal: subTotal + net });
    return `bill ${known.now.clioId} gets a line of ${net}`;
  }

  /** A line is written down, as on a bill that somebody complained about. */
  private lowerBill(): string | null {
    const known = this.anyBill();
    if (known?.now.state !== 'awaiting_payment' && known?.now.state !== 'paid') return null;
    const line = this.random.pick(known.now.lines.filter((each) => each.taxes.length === 0 && each.net > 1_00));
    const less = line ? this.random.int(1, Math.min(line.net - 1, known.now.balance)) : 0;
    if (!line || less <= 0) return null;
    const { due, total, subTotal } = known.now;
    this.clio.keep({ ...known.now, lines: known.now.lines.map((each) => (each === line ? { ...line, net: line.net - less } : each)), due: due - less, total: total - less, subTotal: subTotal - less });
    return `bill ${known.now.clioId} is lowered by ${less}`;
  }

  private renumberBill(): string | null {
    const known = this.anyBill();
    if (!known || known.now.state === 'deleted') return null;
    const number = String((this.numbers += 1));
    this.clio.keep({ ...known.now, number });
    return `bill ${known.now.clioId} is renumbered to ${number}`;
  }

  private endBill(): string | null {
    const known = this.anyBill();
    if (!known || known.now.state === 'void' || known.now.state === 'deleted' || this.clio.paymentsOf(known.now.clioId).length + this.clio.creditsOf(known.now.clioId).length > 0) return null;
    if (this.random.chance(0.5)) this.clio.keep({ ...known.now, state: 'void' });
    else this.clio.remove(known.now.clioId);
    return `bill ${known.now.clioId} is now ${this.clio.bills.get(known.now.clioId)?.now.state ?? ''}`;
  }

  private deleteInXero(): string | null {
    const payment = this.random.pick(this.xero.books.livePayments().filter((each) => !each.reconciled));
    if (!payment) return null;
    this.xero.deletePayment(payment.xeroId, 'people');
    return this.heard(payment.invoiceId, `payment ${payment.xeroId} is deleted in Xero`);
  }

  private voidInXero(): string | null {
    const invoice = this.random.pick(this.liveInvoices().filter(({ now }) => now.payments.length === 0 && now.credits.length === 0));
    if (!invoice) return null;
    this.xero.books.keep({ ...invoice.now, status: invoice.now.status === 'draft' ? 'deleted' : 'voided' }, 'people');
    return this.heard(invoice.now.xeroId, `invoice ${invoice.now.xeroId} is voided in Xero`);
  }

  private editInXero(): string | null {
    const invoice = this.random.pick(this.liveInvoices().filter(({ now }) => now.payments.length === 0 && now.credits.length === 0));
    const [first, ...others] = invoice?.now.lines ?? [];
    if (!invoice || !first) return null;
    const more = this.random.int(1, 50_00);
    const { now } = invoice;
    if (this.random.chance(0.4)) this.xero.books.keep({ ...now, lines: [{ ...first, accountCode: '260' }, ...others] }, 'people');
    else this.xero.books.keep({ ...now, lines: [{ ...first, net: first.net + more }, ...others], subTotal: now.subTotal + more, total: now.total + more }, 'people');
    return this.heard(now.xeroId, `invoice ${now.xeroId} is edited in Xero`);
  }

  private typeInvoice(): string | null {
    const known = this.anyBill();
    const contact = this.random.pick([...this.xero.books.contacts.values()].map((each) => each.contact));
    if (!known || !contact || this.xero.numberTaken(known.now.number, null)) return null;
    const xeroId = this.xero.books.id('invoice');
    const typed = anInvoice(known.now, { xeroId, contactId: contact.xeroId });
    this.xero.books.keep(this.random.chance(0.5) ? typed : { ...typed, lines: typed.lines.map((line) => ({ ...line, net: line.net + 100 })), subTotal: typed.subTotal + 100, total: typed.total + 100 }, 'people');
    this.world.count('invoice typed by hand');
    return `invoice ${xeroId} is typed into Xero under number ${known.now.number}`;
  }

  private reconcile(): string | null {
    const payment = this.random.pick(this.xero.books.livePayments().filter((each) => !each.reconciled));
    const invoice = payment && this.xero.books.invoices.get(payment.invoiceId);
    if (!payment || !invoice) return null;
    payment.reconciled = true;
    this.xero.books.keep(invoice.now, 'people');
    return `payment ${payment.xeroId} is reconciled`;
  }

  private doublePayment(): string | null {
    const payment = this.random.pick(this.xero.books.livePayments().filter((each) => each.by === 'Tieout'));
    if (!payment) return null;
    const { amount, date, reference, invoiceId, receipts } = payment;
    const result = this.xero.pay(invoiceId, { amount, date, reference: reference ?? '', accountId: OFFICE, by: 'people', receipts });
    if (!result.ok) return null;
    this.oracle.twins.add(result.value.xeroId);
    return this.heard(invoiceId, `payment ${payment.xeroId} is doubled by hand as ${result.value.xeroId}`);
  }

  /** Answers as somebody would who knows what really happened; leaves open what none of the choices says. */
  private answer(): string | null {
    const hold = this.random.pick(this.oracle.openHolds().filter((each) => each.answer === null && each.choices.length > 0));
    if (!hold) return null;
    const choice = hold.reason === 'PAY_MANY_CANDIDATES' ? this.trueCandidate(hold.about, hold.choices.map((each) => each.id)) : this.random.pick(hold.choices)?.id;
    if (choice === undefined) return null;
    this.oracle.answers.add(`${hold.billId} ${choice}`);
    void this.store.holds.replace({ ...hold, answer: choice, answeredBy: 'bookkeeper' });
    void this.store.marks.want([markAsked(this.place.firm, hold.billId)], this.world.iso());
    return `${hold.reason} about ${hold.about} of bill ${hold.billId} is answered: ${choice}`;
  }

  private trueCandidate(about: string, choices: string[]): string | undefined {
    const allocation = this.clio.allocations.get(about.split(':')[1] ?? '');
    const same = this.xero.books.livePayments().find((payment) => payment.receipts.some((receipt) => allocation?.receipts.includes(receipt)));
    const wanted = same ? `link:${same.xeroId}` : 'new';
    return choices.find((choice) => choice === wanted);
  }

  private disconnect(side: 'clio' | 'xero'): string | null {
    const vendor = side === 'clio' ? this.clio : this.xero;
    if (!vendor.connected) return null;
    vendor.connected = false;
    this.world.scheduler.after(this.random.int(1, 90) * MINUTE, null, () => this.reconnect(side));
    this.world.count('disconnected');
    return `${side} is disconnected`;
  }

  /** Once the faults are over: both sides are connected. */
  comeBack(): void {
    this.reconnect('clio');
    this.reconnect('xero');
  }

  /** As connecting does: what waited for it goes on. */
  reconnect(side: 'clio' | 'xero'): void {
    const vendor = side === 'clio' ? this.clio : this.xero;
    if (vendor.connected) return;
    vendor.connected = true;
    this.world.tell('people', `${side} is connected again`);
    void this.store.marks.unpark(this.place.firm, ['CONN_CLIO_LOST', 'CONN_CLIO_RIGHTS', 'CONN_XERO_EXPIRED', 'CONN_XERO_REMOVED'], this.world.iso());
  }

  /** As signing in anew does, some time after the application asked for it. */
  signInAgain(connectionId: string, tokens: () => SealedTokens): void {
    this.world.scheduler.after(this.random.int(5, 30) * MINUTE, null, () => {
      const connection = this.store.connections.peek(this.place.firm, connectionId);
      if (connection?.state !== 'needs-reauth') return;
      this.world.tell('people', 'somebody signs in to Xero again');
      void this.store.connections.replace({ ...connection, ...tokens(), state: 'live', stateReason: null, connectedAt: this.world.iso() });
      void this.store.marks.unpark(this.place.firm, ['CONN_XERO_EXPIRED'], this.world.iso());
    });
  }

  /** The accountant closes the books up to a day of the days before. */
  private closePeriod(): string | null {
    const { books } = this.xero;
    books.lockedThrough = this.world.day(this.random.int(10, 16) - 20);
    this.world.count('period closed');
    return `the books are closed through ${books.lockedThrough}`;
  }

  private archiveContact(): string | null {
    const known = this.random.pick([...this.xero.books.contacts.values()].filter(({ contact }) => contact.status === 'active'));
    if (!known) return null;
    known.contact = { ...known.contact, status: 'archived' };
    this.world.count('contact archived');
    return `contact ${known.contact.xeroId} is archived in Xero`;
  }

  private enterInXero(): KnownPayment | null {
    const invoice = this.random.pick(this.liveInvoices().filter(({ now }) => now.status === 'authorised' && now.amountDue > 0));
    if (!invoice) return null;
    const amount = this.amountUpTo(invoice.now.amountDue);
    const result = this.xero.pay(invoice.now.xeroId, { amount, date: this.world.today(), reference: 'BACS', accountId: OFFICE, by: 'people', receipts: [this.receipt()] });
    if (!result.ok) return null;
    this.heard(invoice.now.xeroId, '');
    return this.xero.books.payments.get(result.value.xeroId) ?? null;
  }

  /** All of it, or an amount that no other receipt has. 0 when there is none. */
  private amountUpTo(most: number): number {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const amount = this.random.chance(0.5) ? most : this.world.profile.ownAmounts ? this.random.int(1, most) : Math.min(most, 100_00);
      if (amount > 0 && !(this.world.profile.ownAmounts && this.amounts.has(amount))) {
        this.amounts.add(amount);
        return amount;
      }
    }
    return 0;
  }

  private receipt(): string {
    return `r${(this.receipts += 1)}`;
  }

  private anyBill(): KnownBill | undefined {
    return this.random.pick([...this.clio.bills.values()]);
  }

  private openBill(): Bill | undefined {
    return this.random.pick([...this.clio.bills.values()].filter(({ now }) => now.state === 'awaiting_payment' && now.balance > 0))?.now;
  }

  private anyAllocation(): KnownAllocation | undefined {
    return this.random.pick([...this.clio.allocations.values()].filter((each) => !each.voided && each.kind === 'payment'));
  }

  private liveInvoices(): KnownInvoice[] {
    return [...this.xero.books.invoices.values()].filter(({ now }) => now.status !== 'voided' && now.status !== 'deleted');
  }

  /** The bill an invoice belongs to, as people see it: by the link on it, or by its number. */
  private billOf(invoiceId: string): string | null {
    const invoice = this.xero.books.invoices.get(invoiceId)?.now;
    const byUrl = invoice?.url?.split('/').at(-1);
    return byUrl ?? [...this.clio.bills.values()].find(({ now }) => now.number === invoice?.number)?.now.clioId ?? null;
  }

  private heard(invoiceId: string, text: string): string {
    this.onXeroChange(invoiceId);
    return text;
  }

  /** Set by the run: a notice from Xero. */
  onXeroChange: (invoiceId: string) => void = () => undefined;
}
