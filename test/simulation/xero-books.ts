import type { Contact } from '../../src/core/contact.js';
import type { Invoice, InvoiceCredit, InvoicePayment } from '../../src/core/invoice.js';
import { frozen } from './frozen.js';
import type { World } from './world.js';
import { XeroCosts } from './xero-costs.js';
import { XeroCredits } from './xero-credits.js';
import { xeroId, type IdKind } from './xero-ids.js';

/** A payment as the oracle sees it, deleted ones included. */
export interface KnownPayment extends InvoicePayment {
  invoiceId: string;
  changedAt: number;
  by: 'Tieout' | 'people';
  /** The money it stands for. */
  receipts: string[];
  deletedBy: 'Tieout' | 'people' | null;
  deletedAt: number;
}

export interface KnownInvoice {
  now: Invoice;
  by: 'Tieout' | 'people';
  changedAt: number;
  voidedBy: 'Tieout' | 'people' | null;
  /** What it was at each moment it changed. */
  was: { at: number; invoice: Invoice; by: 'Tieout' | 'people' }[];
}

/** The organisation's ledger: the truth, and what reads that lag behind it still show. */
export class XeroBooks {
  readonly invoices = new Map<string, KnownInvoice>();
  readonly payments = new Map<string, KnownPayment>();
  readonly contacts = new Map<string, { contact: Contact; at: number }>();
  readonly credits = new XeroCredits(this, (status) => this.numberIsFree(status));
  readonly costs = new XeroCosts(this);
  /** Set by people who close a period. */
  lockedThrough = '2026-09-30';
  private next = 1;
  /** Set by the run where the organisation announces every change. */
  onKeep: (invoiceId: string, by: 'Tieout' | 'people') => void = () => undefined;

  constructor(private readonly world: World) {}

  id(kind: IdKind): string {
    return xeroId(kind, this.next++);
  }

  /** Makes the change visible: payments, sums and status follow from each other. */
  keep(invoice: Invoice, by: 'Tieout' | 'people', stamped = true): Invoice {
    const known = this.invoices.get(invoice.xeroId) ?? { now: invoice, by, changedAt: 0, voidedBy: null, was: [] };
    const payments = [...this.payments.values()].filter((payment) => payment.invoiceId === invoice.xeroId && payment.status === 'authorised').map(asPayment);
    const amountPaid = payments.reduce((sum, payment) => sum + payment.amount, 0);
    const gone = invoice.status === 'voided' || invoice.status === 'deleted';
    const credits = this.credits.on(invoice.xeroId).map(({ note, allocation }): InvoiceCredit => ({ xeroId: note.xeroId, kind: 'credit-note', number: note.number, applied: allocation.amount, date: allocation.date }));
    const amountCredited = credits.reduce((sum, credit) => sum + credit.applied, 0);
    const amountDue = gone ? 0 : invoice.total - amountPaid - amountCredited;
    const status = invoice.status === 'authorised' || invoice.status === 'paid' ? (amountDue === 0 && amountPaid + amountCredited > 0 ? 'paid' : 'authorised') : invoice.status;
    if (gone && known.voidedBy === null) known.voidedBy = by;
    if (stamped) known.changedAt = this.world.now;
    known.now = frozen({ ...invoice, payments, credits, amountPaid, amountCredited, amountDue, status, changedAt: new Date(known.changedAt).toISOString() });
    known.was.push({ at: this.world.now, invoice: known.now, by });
    this.invoices.set(invoice.xeroId, known);
    this.onKeep(invoice.xeroId, by);
    return known.now;
  }

  /** As a read shows it, which may lag. */
  read(id: string): Invoice | null {
    const seenAt = this.seenAt();
    const known = this.invoices.get(id);
    const seen = known?.was.findLast(({ at }) => at <= seenAt)?.invoice ?? null;
    if (known && known.now !== seen) this.world.count('look that lags');
    return seen;
  }

  readAll(): Invoice[] {
    return [...this.invoices.keys()].flatMap((id) => this.read(id) ?? []);
  }

  readPayment(id: string): (InvoicePayment & { invoiceId: string }) | null {
    const payment = this.payments.get(id);
    if (!payment) return null;
    const shown = this.read(payment.invoiceId)?.payments.find((each) => each.xeroId === id);
    if (!shown && payment.status === 'authorised') return null;
    return { ...asPayment(payment), status: shown ? 'authorised' : 'deleted', invoiceId: payment.invoiceId };
  }

  readContacts(): Contact[] {
    return [...this.contacts.values()].filter(({ at }) => at <= this.seenAt()).map(({ contact }) => contact);
  }

  liveOf(pageUrl: string): KnownInvoice[] {
    return [...this.invoices.values()].filter(({ now }) => now.url === pageUrl && now.status !== 'voided' && now.status !== 'deleted');
  }

  livePayments(): KnownPayment[] {
    return [...this.payments.values()].filter((payment) => payment.status === 'authorised');
  }

  numberIsFree(status: Invoice['status']): boolean {
    const { voidedKeepsNumber, deletedFreesNumber } = this.world.profile.unknowns;
    return status === 'voided' ? !voidedKeepsNumber : status === 'deleted' && deletedFreesNumber;
  }

  now(): number {
    return this.world.now;
  }

  seenAt(): number {
    return this.world.now - this.world.profile.unknowns.lookUpLagMs;
  }

  /** By If-Modified-Since, which is exact or knows seconds only. */
  changedSince(changedAt: number, since: string): boolean {
    return this.world.profile.unknowns.sinceIsExclusive ? Math.floor(changedAt / 1_000) > Math.floor(Date.parse(since) / 1_000) : changedAt >= Date.parse(since);
  }
}

export function asPayment({ xeroId, date, amount, reference, status, accountId, reconciled, batched }: InvoicePayment): InvoicePayment {
  return { xeroId, date, amount, reference, status, accountId, reconciled, batched };
}
