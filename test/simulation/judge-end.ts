import type { Bill } from '../../src/core/bill.js';
import { sum } from '../../src/core/money.js';
import { isPartOf } from '../../src/core/payment-parts.js';
import { parsePaymentBase } from '../../src/store/base-schema.js';
import type { ActivityRecord, HoldRecord, LinkRecord } from '../../src/store/records.js';
import { judgeCosts } from './judge-costs.js';
import type { MemoryStore } from './memory-store.js';
import { isEnded, pageOf } from './oracle.js';
import type { Site } from './site.js';
import type { World } from './world.js';
import type { KnownInvoice } from './xero-books.js';

export interface Ended extends Site {
  world: World;
  store: MemoryStore;
}

/** After everything had time to heal: both ledgers agree bill by bill, or an open question says why not. */
export function judgeEnd(world: World, store: MemoryStore, sites: Site[], logged: string[]): void {
  for (const mark of store.marks.all()) if (mark.wanted > mark.done && Date.parse(mark.firstWantedAt) < world.now - 10 * 60_000) world.violated(21, `mark ${mark.kind} ${mark.id} is still owed: ${mark.lastReason ?? 'never tried'}`);
  for (const line of logged) if (line.includes('canary')) world.violated(16, `the log names a client: ${line}`);
  for (const site of sites) judgeFirm({ ...site, world, store });
}

function judgeFirm(at: Ended): void {
  const { world, store, firm, clio, oracle } = at;
  for (const { id, state, stateReason } of store.connections.all(firm)) if (state !== 'live') world.violated(24, `${id} is not connected any more: ${stateReason ?? ''}`);
  for (const link of store.links.all(firm)) if (link.intent) world.violated(21, `${link.id} still has an intent ${link.intent.key}`);
  if (Date.parse(store.leases.peek(firm)?.until ?? '1970-01-01T00:00:00Z') > world.now + 60_000) world.violated(21, 'a lease is longer than its time');
  for (const twin of oracle.twins) reported(at, twin);
  for (const { now } of clio.bills.values()) judgeBill(at, now);
  judgeCosts(at);
  judgeWrites(at);
  judgeAccount(at);
}

/** Read from its beginning, the account of what was done ends at the links as they are. */
function judgeAccount({ world, store, firm }: Ended): void {
  const lines = store.activity.all(firm);
  const told = lastTold(lines.toSorted((a, b) => (a.at < b.at ? -1 : 1)));
  // Where somebody set a machine's clock back, the times stand in the wrong order.
  const written = world.profile.extreme ? lastTold(lines) : told;
  for (const { id, kind, clioId, xeroId } of store.links.all(firm)) {
    // One side's money that waits for the other side is linked to nothing yet.
    if (clioId !== null && xeroId !== null && TOLD.has(kind) && told.get(id) !== xeroId && written.get(id) !== xeroId) world.violated(25, `${id} is linked to ${xeroId}, and the account says ${told.get(id) ?? 'nothing'}`);
  }
}

const lastTold = (lines: ActivityRecord[]) => new Map(lines.flatMap(({ link }) => (link ? [[link.id, link.xeroId] as const] : [])));

/** A stray is no link, and a cost's is told by the figures both sides agreed on. */
const TOLD: ReadonlySet<string> = new Set(['bill', 'payment', 'credit', 'contact']);

function reported({ world, xero, oracle }: Ended, twin: string): void {
  const payment = xero.books.payments.get(twin);
  if (payment?.status !== 'authorised') return;
  const allocation = oracle.allocationOf(payment.reference ?? '');
  const doubled = xero.books.livePayments().filter((each) => oracle.allocationOf(each.reference ?? '') === allocation).length > 1;
  if (allocation && doubled && !allocation.voided && oracle.openHolds(allocation.billId ?? '').length === 0) world.violated(26, `nobody is told that ${twin} is there twice`);
}

function judgeBill(at: Ended, bill: Bill): void {
  const { world, store, oracle } = at;
  const link = store.links.peek(at.firm, `bill:${bill.clioId}:main`);
  if (!link) {
    if (bill.state !== 'deleted') world.violated(20, `bill ${bill.clioId} was never seen`);
    return;
  }
  if (link.status === 'on-its-way') world.violated(17, `bill ${bill.clioId} is still on its way: ${link.reason ?? 'no reason'}`);
  if (link.status === 'needs-you' && link.reason === null) world.violated(17, `bill ${bill.clioId} waits without a reason`);
  const holds = oracle.openHolds(bill.clioId);
  for (const { now } of straysOf(at, bill)) if (!holds.some((hold) => tellsOf(hold, now.number))) world.violated(1, `nobody is told that invoice ${now.number} of bill ${bill.clioId} is linked to nothing`);
  if (world.profile.calm && !world.profile.extreme) needless(at, bill);
  if (link.status === 'left-out' || holds.some((hold) => hold.reason !== 'PAY_RECORD_IN_CLIO')) return;
  judgeInvoices(at, bill);
  judgePayments(at, bill, holds.length > 0);
  judgeCredits(at, bill);
}

/** Live invoices made for the bill that it is not linked to. */
function straysOf({ store, xero, firm }: Ended, bill: Bill): KnownInvoice[] {
  const linked = new Set(store.links.all(firm).filter((link) => link.kind === 'bill').map((link) => link.xeroId));
  return xero.books.liveOf(pageOf(bill.clioId)).filter(({ now }) => !linked.has(now.xeroId));
}

const tellsOf = ({ reason, facts }: HoldRecord, number: string): boolean => (reason === 'INVOICE_STRAY' && facts['stray'] === number) || (reason === 'ADOPT_CONFLICT' && (facts['number'] ?? '').split(', ').includes(number));

/** What may be asked although nobody contradicted anybody: one side's money, while the other side has money of its own that is not matched. */
const FAIR: ReadonlySet<string> = new Set(['PAY_RECORD_IN_CLIO', 'PAY_MANY_CANDIDATES', 'PAY_TOO_MUCH', 'CREDIT_TREATMENT_NEEDED', 'CREDIT_OVER_BALANCE']);

/** Where nobody contradicted anybody, nothing but money may be asked about; Xero's own tax may raise more. */
function needless({ world, oracle }: Ended, bill: Bill): void {
  const { ownAmounts, unknowns } = world.profile;
  const more = oracle.openHolds(bill.clioId).filter((hold) => !FAIR.has(hold.reason));
  if (ownAmounts && !unknowns.ownTax && more.length > 0) world.violated(18, `bill ${bill.clioId} asks needlessly: ${more.map((hold) => `${hold.reason} ${JSON.stringify(hold.facts)}`).join('; ')}`);
}

function judgeInvoices(at: Ended, bill: Bill): void {
  const { world, store, xero, oracle } = at;
  const linked = store.links.all(at.firm).filter((link) => link.kind === 'bill' && link.billId === bill.clioId && link.xeroId !== null);
  const live = linked.flatMap((link) => xero.books.invoices.get(link.xeroId ?? '')?.now ?? []).filter((invoice) => invoice.status !== 'voided' && invoice.status !== 'deleted');
  if (bill.state === 'void' || bill.state === 'deleted') {
    // What a closed period or a client's money keeps from being voided is credited instead.
    const open = live.filter((invoice) => invoice.amountDue > 0);
    // Our note for it was removed in Xero, and a person accepted that.
    if (open.length > 0 && !oracle.answers.has(`${bill.clioId} accept`)) world.violated(18, `bill ${bill.clioId} is ${bill.state}, invoice ${open.map((invoice) => invoice.number).join()} is still owed`);
    return;
  }
  // A person said that the difference stays.
  if (oracle.answers.has(`${bill.clioId} keep`)) return;
  const cuts = notesOf(at, bill).filter(({ link }) => isCut(link)).map(({ note }) => note);
  const total = sum(live.map((invoice) => invoice.total)) - sum(cuts.map((note) => note.total));
  const tax = sum(live.map((invoice) => invoice.totalTax)) - sum(cuts.map((note) => note.totalTax));
  if (total !== bill.due) world.violated(18, `bill ${bill.clioId} comes to ${bill.due}, its invoices to ${total}, and nobody is asked`);
  if (tax !== bill.totalTax && !world.profile.unknowns.ownTax) world.violated(18, `bill ${bill.clioId} has tax of ${bill.totalTax}, its invoices ${tax}, and nobody is asked`);
}

function judgePayments(at: Ended, bill: Bill, asked: boolean): void {
  const { world, store, clio, xero, oracle } = at;
  // The client's money on a bill that is void: a person said that it is dealt with.
  if ((bill.state === 'void' || bill.state === 'deleted') && oracle.answers.has(`${bill.clioId} settled`)) return;
  // A person said that the difference was paid back, and records that in Xero.
  const returned = oracle.answers.has(`${bill.clioId} money-returned`);
  const links = store.links.all(at.firm).filter((link) => link.kind === 'payment' && link.billId === bill.clioId);
  for (const allocation of clio.paymentsOf(bill.clioId)) {
    const own = links.filter((each) => isPartOf(each.clioId ?? '', allocation.clioId) || alsoForOf(each).includes(allocation.clioId));
    const payments = own.flatMap((each) => xero.books.payments.get(each.xeroId ?? '') ?? []).filter((payment) => payment.status === 'authorised');
    const settledByMarking = world.profile.unknowns.markPaid === 'settles with a payment';
    // Several of Clio's behind one of Xero's count together.
    const together = clio.paymentsOf(bill.clioId).filter((each) => each === allocation || own.some((link) => [link.clioId, ...alsoForOf(link)].some((id) => isPartOf(id ?? '', each.clioId))));
    const [here, there] = [sum(together.map((each) => each.amount)), sum(payments.map((payment) => payment.amount))];
    // A part that Xero goes without, by a person's word.
    const without = sum(own.map(({ base }) => (isEnded(base) ? (parsePaymentBase(base)?.amount ?? 0) : 0)));
    if (payments.length > 0 ? there + without !== here && !returned : !settledByMarking && !own.some((link) => isEnded(link.base))) world.violated(18, `payment ${allocation.clioId} of ${here} in Clio is ${payments.length > 0 ? there : 'not'} in Xero, and nobody is asked`);
  }
  const invoiceIds = store.links.all(at.firm).filter((link) => link.kind === 'bill' && link.billId === bill.clioId).map((link) => link.xeroId);
  for (const payment of xero.books.livePayments().filter((each) => invoiceIds.includes(each.invoiceId))) {
    const link = links.find((each) => each.xeroId === payment.xeroId);
    if (!asked && bill.balance > 0 && (link?.clioId ?? null) === null) world.violated(18, `payment ${payment.xeroId} of ${payment.amount} in Xero is not in Clio, and nobody is asked`);
  }
}

/** Each credit of Clio's is a note on the invoice, and each note of ours stands for a credit or a lowered bill. */
function judgeCredits(at: Ended, bill: Bill): void {
  const { world, store, clio, xero } = at;
  if (bill.state === 'void' || bill.state === 'deleted' || at.oracle.answers.has(`${bill.clioId} keep`)) return;
  const links = store.links.all(at.firm).filter((link) => link.kind === 'credit' && link.billId === bill.clioId);
  for (const credit of clio.creditsOf(bill.clioId)) {
    const link = links.find((each) => each.clioId === credit.clioId);
    const note = xero.books.credits.notes.get(link?.xeroId ?? '')?.now;
    const used = note ? sum([...note.allocations, ...note.refunds].map((each) => each.amount)) : 0;
    const stands = note && note.status !== 'voided' && note.status !== 'deleted' && note.total === credit.amount && used === credit.amount;
    if (!stands && !isEnded(link?.base) && !isForeign(link?.base)) world.violated(18, `credit ${credit.clioId} of ${credit.amount} in Clio is ${note ? `${note.status} ${note.total}, used ${used}` : 'not'} in Xero, and nobody is asked`);
  }
  const ours = xero.books.credits.live().filter(({ by, now }) => by === 'Tieout' && now.allocations.some((each) => xero.books.invoices.get(each.invoiceId)?.now.url === pageOf(bill.clioId)));
  for (const { now } of ours) {
    const link = links.find((each) => each.xeroId === now.xeroId);
    const credit = clio.allocations.get(link?.clioId ?? '');
    if (!link || (!isCut(link) && (!credit || credit.voided) && !isEnded(link.base))) world.violated(18, `credit note ${now.number} over ${now.total} stands for nothing in Clio, and nobody is asked`);
  }
}

function notesOf({ store, xero, firm }: Ended, bill: Bill) {
  const live = new Map(xero.books.credits.live().map(({ now }) => [now.xeroId, now]));
  return store.links.all(firm).filter((link) => link.kind === 'credit' && link.billId === bill.clioId).flatMap((link) => {
    const note = live.get(link.xeroId ?? '');
    return note ? [{ link, note }] : [];
  });
}

/** Changes of ours to one record follow changes that people made, not each other. */
function judgeWrites({ world, clio, xero, oracle }: Ended): void {
  const unknown = UNKNOWN.reduce((count, fault) => count + (world.injected.get(fault) ?? 0), 0);
  for (const { now, was } of xero.books.invoices.values()) {
    const writes = oracle.writes.get(now.xeroId) ?? 0;
    const bill = clio.bills.get(now.url?.split('/').at(-1) ?? '');
    const byPeople = was.length - writes;
    // A renamed and voided invoice is two writes for one change.
    const reasons = 2 * ((bill?.dues.length ?? 1) + byPeople + oracle.answers.size) + unknown;
    if (writes > reasons) world.violated(23, `invoice ${now.xeroId} was written ${writes} times for ${reasons} reasons`);
  }
}

const UNKNOWN = ['slow answer', 'reset on a reused connection', 'page in place of an answer', 'answer cut short', 'half of a batch', 'answer lost', 'request lost', 'commit after the time-out', 'commit while the key is pending', 'error before commit', 'error after commit', 'crash', 'store answer lost', 'store busy'] as const;

const isForeign = (base: unknown): boolean => typeof base === 'object' && base !== null && 'origin' in base && base.origin === 'xero';
const isCut = ({ base }: LinkRecord): boolean => typeof base === 'object' && base !== null && 'cut' in base && base.cut !== null;
const alsoForOf = ({ base }: LinkRecord): string[] => parsePaymentBase(base)?.alsoFor ?? [];
