import type { Bill } from '../../src/core/bill.js';
import type { ClioVendor } from './clio-vendor.js';
import type { MemoryStore } from './memory-store.js';
import { pageOf, type Oracle } from './oracle.js';
import { FIRM } from './process.js';
import type { World } from './world.js';
import type { XeroVendor } from './xero-vendor.js';

interface Ended {
  world: World;
  store: MemoryStore;
  clio: ClioVendor;
  xero: XeroVendor;
  oracle: Oracle;
}

/** After everything had time to heal: both ledgers agree bill by bill, or an open question says why not. */
export function judgeEnd(world: World, store: MemoryStore, clio: ClioVendor, xero: XeroVendor, oracle: Oracle, logged: string[]): void {
  const at: Ended = { world, store, clio, xero, oracle };
  for (const mark of store.marks.all()) if (mark.wanted > mark.done && Date.parse(mark.firstWantedAt) < world.now - 10 * 60_000) world.violated(21, `mark ${mark.kind} ${mark.id} is still owed: ${mark.lastReason ?? 'never tried'}`);
  for (const link of store.links.all()) if (link.intent) world.violated(21, `${link.id} still has an intent ${link.intent.key}`);
  if (Date.parse(store.leases.peek(FIRM)?.until ?? '1970-01-01T00:00:00Z') > world.now + 60_000) world.violated(21, 'a lease is longer than its time');
  for (const line of logged) if (line.includes('canary')) world.violated(16, `the log names a client: ${line}`);
  for (const twin of oracle.twins) reported(at, twin);
  for (const { now } of clio.bills.values()) judgeBill(at, now);
}

function reported({ world, xero, oracle }: Ended, twin: string): void {
  const payment = xero.books.payments.get(twin);
  if (payment?.status !== 'authorised') return;
  const allocation = oracle.allocationOf(payment.reference ?? '');
  const doubled = xero.books.livePayments().filter((each) => oracle.allocationOf(each.reference ?? '') === allocation).length > 1;
  if (allocation && doubled && !allocation.voided && oracle.openHolds(allocation.billId ?? '').length === 0) world.violated(26, `nobody is told that ${twin} is there twice`);
}

function judgeBill(at: Ended, bill: Bill): void {
  const { world, store, oracle } = at;
  const link = store.links.peek(FIRM, `bill:${bill.clioId}:main`);
  if (!link) {
    if (bill.state !== 'deleted') world.violated(20, `bill ${bill.clioId} was never seen`);
    return;
  }
  if (link.status === 'on-its-way') world.violated(17, `bill ${bill.clioId} is still on its way: ${link.reason ?? 'no reason'}`);
  if (link.status === 'needs-you' && link.reason === null) world.violated(17, `bill ${bill.clioId} waits without a reason`);
  const holds = oracle.openHolds(bill.clioId);
  if (world.profile.calm && !world.profile.extreme) needless(at, bill);
  if (link.status === 'left-out' || holds.some((hold) => hold.reason !== 'PAY_RECORD_IN_CLIO')) return;
  judgeInvoices(at, bill);
  judgePayments(at, bill, holds.length > 0);
}

/** What may be asked although nobody contradicted anybody: one side's money, while the other side has money of its own that is not matched. */
const FAIR: ReadonlySet<string> = new Set(['PAY_RECORD_IN_CLIO', 'PAY_MANY_CANDIDATES', 'PAY_TOO_MUCH']);

/** Where nobody contradicted anybody, nothing but money may be asked about; Xero's own tax may raise more. */
function needless({ world, oracle }: Ended, bill: Bill): void {
  const { ownAmounts, unknowns } = world.profile;
  const more = oracle.openHolds(bill.clioId).filter((hold) => !FAIR.has(hold.reason));
  if (ownAmounts && !unknowns.ownTax && more.length > 0) world.violated(18, `bill ${bill.clioId} asks needlessly: ${more.map((hold) => `${hold.reason} ${JSON.stringify(hold.facts)}`).join('; ')}`);
}

function judgeInvoices({ world, store, xero, oracle }: Ended, bill: Bill): void {
  const linked = store.links.all().filter((link) => link.kind === 'bill' && link.billId === bill.clioId && link.xeroId !== null);
  const live = linked.flatMap((link) => xero.books.invoices.get(link.xeroId ?? '')?.now ?? []).filter((invoice) => invoice.status !== 'voided' && invoice.status !== 'deleted');
  const strays = xero.books.liveOf(pageOf(bill.clioId)).filter(({ now }) => !live.some((invoice) => invoice.xeroId === now.xeroId));
  if (strays.length > 0) world.violated(18, `bill ${bill.clioId}: invoice ${strays.map(({ now }) => now.number).join()} belongs to nobody`);
  if (bill.state === 'void' || bill.state === 'deleted') {
    if (live.length > 0) world.violated(18, `bill ${bill.clioId} is ${bill.state}, invoice ${live.map((invoice) => invoice.number).join()} stands`);
    return;
  }
  // A person said that the difference stays.
  if (oracle.answers.has(`${bill.clioId} keep`)) return;
  const total = live.reduce((sum, invoice) => sum + invoice.total, 0);
  const tax = live.reduce((sum, invoice) => sum + invoice.totalTax, 0);
  if (total !== bill.due) world.violated(18, `bill ${bill.clioId} comes to ${bill.due}, its invoices to ${total}, and nobody is asked`);
  if (tax !== bill.totalTax && !world.profile.unknowns.ownTax) world.violated(18, `bill ${bill.clioId} has tax of ${bill.totalTax}, its invoices ${tax}, and nobody is asked`);
}

function judgePayments({ world, store, clio, xero, oracle }: Ended, bill: Bill, asked: boolean): void {
  // A person said that the difference was paid back, and records that in Xero.
  const returned = oracle.answers.has(`${bill.clioId} money-returned`);
  const links = store.links.all().filter((link) => link.kind === 'payment' && link.billId === bill.clioId);
  const isEnded = (base: unknown): boolean => typeof base === 'object' && base !== null && 'ended' in base && base.ended === true;
  for (const allocation of clio.paymentsOf(bill.clioId)) {
    const link = links.find((each) => each.clioId === allocation.clioId);
    const payment = link?.xeroId ? xero.books.payments.get(link.xeroId) : undefined;
    const settledByMarking = world.profile.unknowns.markPaid === 'settles with a payment';
    if (payment?.status === 'authorised' ? payment.amount !== allocation.amount && !returned : !settledByMarking && !isEnded(link?.base)) world.violated(18, `payment ${allocation.clioId} of ${allocation.amount} in Clio is ${payment ? `${payment.status} ${payment.amount}` : 'not'} in Xero, and nobody is asked`);
  }
  const invoiceIds = store.links.all().filter((link) => link.kind === 'bill' && link.billId === bill.clioId).map((link) => link.xeroId);
  for (const payment of xero.books.livePayments().filter((each) => invoiceIds.includes(each.invoiceId))) {
    const link = links.find((each) => each.xeroId === payment.xeroId);
    if (!asked && bill.balance > 0 && (link?.clioId ?? null) === null) world.violated(18, `payment ${payment.xeroId} of ${payment.amount} in Xero is not in Clio, and nobody is asked`);
  }
}
