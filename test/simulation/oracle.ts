import type { BankTransaction } from '../../src/core/cost.js';
import type { CreditNote, NewRefund } from '../../src/core/credit-note.js';
import { costMarkedIn } from '../../src/core/expense.js';
import type { NewInvoice, NewPayment } from '../../src/core/invoice.js';
import { parsePaymentBase } from '../../src/store/base-schema.js';
import type { HoldRecord } from '../../src/store/records.js';
import type { ClioVendor, KnownAllocation } from './clio-vendor.js';
import { undoes } from './judge-edits.js';
import type { MemoryStore } from './memory-store.js';
import { APP, type Process } from './process.js';
import type { Choices } from './profile.js';
import type { Life } from './scheduler.js';
import type { World } from './world.js';
import type { KnownInvoice, KnownPayment } from './xero-books.js';
import type { XeroVendor, XeroWatch } from './xero-vendor.js';

/** Keys are retired after two minutes, since a request may be under way for four and Xero keeps them six. */
const KEY_USED_FOR = 2 * 60_000;
/** No request of ours arrives later than this after it was sent. */
const UNDER_WAY = 4 * 60_000;
/** Two processes' clocks may differ by so much. */
const CLOCKS_APART = 45_000;

/** Whom an oracle watches: one firm and both its vendors. */
export interface Watched {
  firm: string;
  choices: Choices;
  clio: ClioVendor;
  xero: () => XeroVendor;
  processes: () => Process[];
}

/** Watches every write as it leaves and as it arrives. Knows both ledgers, which the application never does. */
export class Oracle implements XeroWatch {
  /** What people answered, as `subject choice`. */
  readonly answers = new Set<string>();
  /** Payments of ours that people doubled by hand. */
  readonly twins = new Set<string>();
  /** Our writes that changed a record, by its id. */
  readonly writes = new Map<string, number>();
  private readonly keys = new Map<string, { body: string; at: number }>();
  /** When, and under which lease, each payment was asked to be deleted by us, by the body of the request. */
  private readonly unpaid = new Map<string, { at: number; epoch: number | undefined }[]>();

  constructor(private readonly world: World, private readonly store: MemoryStore, private readonly watched: Watched) {}

  sending(life: Life, name: string, key: string | null, body: string): void {
    const process = this.watched.processes().find((each) => each.life === life);
    const lease = this.store.leases.peek(this.watched.firm);
    const epoch = process?.epochs.get(this.watched.firm);
    if (process && lease && lease.epoch !== epoch) this.world.violated(5, `${name} sent by ${life.name} under epoch ${epoch ?? 'none'} while ${lease.epoch} is current`);
    if (key !== null) this.keyUsed(name, key, body);
    if (name === 'deletePayment') this.unpaid.set(body, [...(this.unpaid.get(body) ?? []), { at: this.world.now, epoch }]);
    if (this.world.strikes('crash', life)) process?.crashWithin(1_500);
  }

  private keyUsed(name: string, key: string, body: string): void {
    const known = this.keys.get(key);
    if (known && known.body !== body) this.world.violated(7, `${name}: key ${key} goes with another body`);
    if (known && this.world.now - known.at > KEY_USED_FOR + CLOCKS_APART && !this.world.profile.extreme) this.world.violated(7, `${name}: key ${key} is used ${this.world.now - known.at} ms after its first use`);
    if (!known) this.keys.set(key, { body, at: this.world.now });
    if (name.startsWith('create')) this.namedByIntent(name, key);
  }

  wrote(id: string): void {
    this.writes.set(id, (this.writes.get(id) ?? 0) + 1);
  }

  creatingInvoice(request: NewInvoice): void {
    const billId = request.url?.split('/').at(-1) ?? '';
    const bill = this.watched.clio.bills.get(billId);
    const main = isMain(request.number);
    const live = this.watched.xero().books.liveOf(request.url ?? '').filter(({ now }) => isMain(now.number));
    // A request under way for longer than is promised for can still make one: then it has to be told of (judge-end).
    if (main && live.length > 0 && !this.world.profile.extreme) this.world.violated(1, `invoice ${request.number} is made for bill ${billId}, which has ${live.map(({ now }) => now.number).join(', ')}`);
    if (main && bill && !bill.dues.includes(request.total)) this.world.violated(10, `invoice ${request.number} over ${request.total}: the bill never came to that`);
    const sum = request.lines.reduce((total, line) => total + line.net + line.tax, 0);
    if (sum !== request.total) this.world.violated(10, `invoice ${request.number}: lines come to ${sum}, total is ${request.total}`);
    const buried = [...this.watched.xero().books.invoices.values()].find(({ now, voidedBy, by }) => now.url === request.url && by === 'Tieout' && voidedBy === 'people' && isMain(now.number));
    if (main && buried && !this.world.profile.extreme && !this.answers.has(`${billId} recreate`) && !this.answers.has(`${billId} next-number`)) this.world.violated(15, `invoice ${request.number} is made again, although people voided ${buried.now.number}`);
  }

  /** Our own request to delete it had an unknown outcome, or its sender lost the firm before an answer, and somebody did the same meanwhile: nobody could tell whose it was. */
  private deletedByBoth({ xeroId, deletedAt }: KnownPayment): boolean {
    const [first, ...again] = this.unpaid.get(JSON.stringify(['deletePayment', xeroId])) ?? [];
    if (first === undefined) return false;
    const taken = this.store.leases.peek(this.watched.firm)?.epoch !== first.epoch && deletedAt > first.at && deletedAt - first.at < UNDER_WAY;
    return taken || (again.length > 0 && Math.abs(first.at - deletedAt) < 60_000);
  }

  updatingInvoice(known: KnownInvoice, seen: number, request: NewInvoice, lineIds: (string | null)[]): void {
    const billId = known.now.url?.split('/').at(-1) ?? '';
    if (this.answers.has(`${billId} restore`) || this.answers.has(`${billId} replace`)) return;
    const undone = undoes(known, seen, request, lineIds, this.watched.clio.bills.get(billId)?.dues ?? []);
    if (undone !== null) this.world.violated(14, `invoice ${known.now.number} of bill ${billId}: ${undone}, and nobody was asked`);
  }

  receiptsOf(request: NewPayment): string[] {
    return this.allocationOf(request.reference)?.receipts ?? [];
  }

  paymentCreated(payment: KnownPayment): void {
    this.wrote(payment.xeroId);
    const allocation = this.allocationOf(payment.reference ?? '');
    if (!allocation) { this.world.violated(13, `payment ${payment.xeroId} stands for no payment of Clio`); return; }
    // It may be a part, and the judge of the end adds the parts up.
    const worth = this.worthOf(allocation);
    if (payment.amount > worth && allocation.changedAt < this.world.now - 20 * 60_000) this.world.violated(10, `payment ${payment.xeroId} over ${payment.amount}, Clio has ${worth}`);
    const others = this.watched.xero().books.livePayments().filter((each) => each.xeroId !== payment.xeroId && !this.twins.has(each.xeroId));
    const ours = others.filter((each) => each.by === 'Tieout' && this.allocationOf(each.reference ?? '') === allocation);
    // What was sent before somebody lowered it in Clio may arrive after; the judge of the end sees whether it was taken back.
    const tooMuch = allocation.changedAt < this.world.now - UNDER_WAY && ours.reduce((total, each) => total + each.amount, payment.amount) > worth;
    const twin = ours.find((each) => tooMuch || markerIn(each.reference) === markerIn(payment.reference));
    if (twin) {
      if (this.world.profile.extreme) this.twins.add(payment.xeroId);
      else this.world.violated(2, `payment ${payment.xeroId} doubles ${twin.xeroId} (C${allocation.clioId})`);
      return;
    }
    // The other parts of the same payment of Clio's are the same money, whoever entered them.
    const echo = others.find((each) => !ours.includes(each) && each.amount + payment.amount > worth && !this.isOnAnyonesInvoice(each, allocation.billId) && each.receipts.some((receipt) => allocation.receipts.includes(receipt)));
    if (echo && this.world.profile.ownAmounts && !this.world.profile.extreme) this.world.violated(13, `payment ${payment.xeroId} sends back money that ${echo.xeroId} already is (${allocation.receipts.join()})`);
    const buried = [...this.watched.xero().books.payments.values()].find((each) => each.by === 'Tieout' && each.deletedBy === 'people' && this.allocationOf(each.reference ?? '') === allocation);
    const asked = buried && (this.answers.has(`${allocation.billId ?? ''} send-again`) || allocation.changedAt >= buried.deletedAt || !this.wasRecorded(buried.xeroId));
    if (buried && !asked && !this.deletedByBoth(buried) && !this.world.profile.extreme) this.world.violated(15, `payment ${payment.xeroId} is made again, although people deleted ${buried.xeroId}`);
  }

  /** Several payments of Clio's that are one in Xero, as its link says, are sent as one. */
  private worthOf({ clioId, amount }: KnownAllocation): number {
    const link = this.store.links.all(this.watched.firm).find((each) => each.kind === 'payment' && each.clioId === clioId);
    const others = parsePaymentBase(link?.base ?? null)?.alsoFor ?? [];
    return others.reduce((sum, id) => sum + (this.watched.clio.allocations.get(id)?.amount ?? 0), amount);
  }

  /** Typed by hand, and either somebody said that it is not this bill's, or nothing tells that it is: another number, and a sum the bill never had, or an invoice of its own. */
  private isOnAnyonesInvoice({ invoiceId }: KnownPayment, billId: string | null): boolean {
    const invoice = this.watched.xero().books.invoices.get(invoiceId);
    const bill = this.watched.clio.bills.get(billId ?? '');
    const links = this.store.links.all(this.watched.firm);
    if (invoice?.by !== 'people' || links.some((link) => link.xeroId === invoiceId)) return false;
    const hasItsOwn = links.some((link) => link.kind === 'bill' && link.role === 'main' && link.billId === billId && link.xeroId !== null);
    // Renumbered in Clio when its own invoice could no longer change: people are told, and who then types one under the new number makes a second invoice.
    const renumbered = hasItsOwn && this.openHolds(billId ?? '').some(({ reason, facts }) => reason === 'INVOICE_FROZEN' && facts['number'] !== invoice.now.number);
    return renumbered || this.answers.has(`${billId ?? ''} next-number`) || this.answers.has(`${billId ?? ''} recreate`) || (invoice.now.number !== bill?.now.number && (hasItsOwn || bill?.dues.includes(invoice.now.total) === false));
  }

  /** A note stands for one credit of Clio's, or for one lowering of a bill; its reference says for which. */
  noteCreated(note: CreditNote): void {
    this.wrote(note.xeroId);
    const twin = this.watched.xero().books.credits.live().find(({ now, by }) => by === 'Tieout' && now.xeroId !== note.xeroId && now.reference === note.reference);
    if (twin) this.world.violated(2, `credit note ${note.number} doubles ${twin.now.number} (${note.reference ?? ''})`);
    const allocation = this.allocationOf(note.reference ?? '');
    if (allocation && note.total !== allocation.amount && allocation.changedAt < this.world.now - 20 * 60_000) this.world.violated(10, `credit note ${note.number} over ${note.total}, Clio has ${allocation.amount}`);
    const sum = note.lines.reduce((total, line) => total + line.net + line.tax, 0);
    if (sum !== note.total) this.world.violated(10, `credit note ${note.number}: lines come to ${sum}, total is ${note.total}`);
    const buried = allocation && [...this.watched.xero().books.credits.notes.values()].find(({ now, by, voidedBy }) => by === 'Tieout' && voidedBy === 'people' && now.reference === note.reference);
    if (buried && !this.world.profile.extreme && !this.answers.has(`${allocation.billId ?? ''} send-again`) && this.wasRecorded(buried.now.xeroId)) this.world.violated(15, `credit note ${note.number} is made again, although people voided ${buried.now.number}`);
  }

  /** Its reference says for what the money went back, and no money goes back twice. */
  refunded({ reference, creditNoteXeroId }: NewRefund): void {
    const same = [...this.watched.xero().books.credits.notes.values()].flatMap(({ now }) => now.refunds.filter((each) => each.reference === reference));
    if (same.length > 1 && !this.world.profile.extreme) this.world.violated(2, `refund ${reference} out of ${creditNoteXeroId} is paid ${same.length} times`);
  }

  spendCreated(spend: BankTransaction): void {
    this.wrote(spend.xeroId);
    const { costs } = this.watched.xero().books;
    const expenseId = costMarkedIn(spend.reference);
    const expense = this.watched.clio.expenses.get(expenseId ?? '');
    if (!expense) { this.world.violated(13, `money spent ${spend.xeroId} stands for no cost of Clio`); return; }
    const twin = costs.live().find(({ now, by }) => by === 'Tieout' && now.xeroId !== spend.xeroId && costMarkedIn(now.reference) === expenseId);
    if (twin && !this.world.profile.extreme) this.world.violated(2, `money spent ${spend.xeroId} doubles ${twin.now.xeroId} (${spend.reference ?? ''})`);
    if (expense.now.amount !== spend.total && expense.changedAt < this.world.now - 20 * 60_000) this.world.violated(10, `money spent ${spend.xeroId} over ${spend.total}, Clio has ${expense.now.amount}`);
    const buried = [...costs.spends.values()].find(({ now, by, removedBy }) => by === 'Tieout' && removedBy === 'people' && costMarkedIn(now.reference) === expenseId);
    if (buried && !this.world.profile.extreme && !this.answers.has(`expense:${expenseId ?? ''} recreate`) && this.wasRecorded(buried.now.xeroId)) this.world.violated(15, `money spent ${spend.xeroId} is entered again, although people removed ${buried.now.xeroId}`);
  }

  /** After every step: what the store may never hold. */
  look(): void {
    for (const mark of this.store.marks.all()) if (mark.done > mark.wanted) this.world.violated(6, `mark ${mark.kind} ${mark.id}: done ${mark.done} of ${mark.wanted}`);
    const seen = new Map<string, string>();
    for (const link of this.store.links.all(this.watched.firm)) {
      for (const key of [link.xeroId === null ? null : `${link.kind} x ${link.xeroId}`, link.clioId === null ? null : `${link.kind} ${link.role} c ${link.clioId}`]) {
        if (key === null) continue;
        const other = seen.get(key);
        if (other !== undefined) this.world.violated(4, `${other} and ${link.id} are both ${key}`);
        seen.set(key, link.id);
      }
    }
  }

  openHolds(billId?: string): HoldRecord[] {
    return this.store.holds.all(this.watched.firm).filter((hold) => hold.open && (billId === undefined || hold.billId === billId));
  }

  allocationOf(reference: string): KnownAllocation | null {
    const id = /(?:^|\s)C(\d+)(?:-\d+)?$/.exec(reference)?.[1];
    return id === undefined ? null : (this.watched.clio.allocations.get(id) ?? null);
  }

  private wasRecorded(paymentId: string): boolean {
    return this.store.links.all(this.watched.firm).some((link) => link.xeroId === paymentId);
  }

  private namedByIntent(name: string, key: string): void {
    // A mutant may add to the key; the rest must still be known.
    const stored = key.split(':').slice(0, 3).join(':');
    const run = this.store.runs.peek(this.watched.firm, stored);
    const members = this.store.links.all(this.watched.firm).filter((link) => link.intent?.key === stored);
    const named = typeof run?.result === 'object' && run.result !== null && 'linkIds' in run.result && Array.isArray(run.result.linkIds) ? run.result.linkIds.length : -1;
    if (members.length !== named) this.world.violated(3, `${name} ${key}: ${members.length} of ${named} records name it`);
  }
}

const markerIn = (reference: string | null): string => reference?.split(' ').at(-1) ?? '';

export const isMain = (number: string): boolean => !/-(ADJ|INT)\d+(-R\d+)?$/.test(number);
export const pageOf = (billId: string): string => `${APP}/bills/${billId}`;

/** A link's base says that this is over on both sides, or accepted as it is. */
export const isEnded = (base: unknown): boolean => typeof base === 'object' && base !== null && 'ended' in base && base.ended === true;
