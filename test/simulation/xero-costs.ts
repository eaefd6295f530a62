import type { BankTransaction, NewBankTransaction } from '../../src/core/cost.js';
import type { InvoiceLine } from '../../src/core/invoice.js';
import type { Refusal, WriteResult } from '../../src/xero/xero.js';
import { frozen } from './frozen.js';
import type { XeroBooks } from './xero-books.js';

/** Money spent, as the oracle sees it, removed entries included. */
export interface KnownSpend {
  now: BankTransaction;
  by: 'Tieout' | 'people';
  removedBy: 'Tieout' | 'people' | null;
  changedAt: number;
  was: { at: number; spend: BankTransaction }[];
}

type By = KnownSpend['by'];

const refused = (refusal: Refusal, message: string): { ok: false; refused: Refusal; messages: string[] } => ({ ok: false, refused: refusal, messages: [message] });
const done = (spend: BankTransaction): WriteResult<BankTransaction> => ({ ok: true, value: spend, warnings: [] });

/** Money spent from an organisation's bank accounts. Nothing in it is single: only whoever writes can keep it from being there twice. */
export class XeroCosts {
  readonly spends = new Map<string, KnownSpend>();

  constructor(private readonly books: XeroBooks) {}

  create(request: NewBankTransaction, by: By): WriteResult<BankTransaction> {
    const { kind, contactXeroId, bankAccountXeroId, date, reference, currency, total } = request;
    const lines = request.lines.map(({ text, net, tax, accountCode, taxType, tracking }): InvoiceLine => ({ xeroId: this.books.id('line'), text, net, tax, accountCode, taxType, tracking }));
    return done(this.keep({ xeroId: this.books.id('spend'), kind, status: 'authorised', contactId: contactXeroId, bankAccountId: bankAccountXeroId, date, reference, currency, lines, total, reconciled: false }, by));
  }

  update(id: string, request: NewBankTransaction, lineIds: (string | null)[], by: By): WriteResult<BankTransaction> {
    const known = this.spends.get(id)?.now;
    if (known?.status !== 'authorised') return refused('frozen', 'Not of valid status');
    if (known.reconciled) return refused('reconciled', 'This Bank Transaction cannot be edited as it has been reconciled');
    const lines = request.lines.map(({ text, net, tax, accountCode, taxType, tracking }, index): InvoiceLine => ({ xeroId: lineIds[index] ?? this.books.id('line'), text, net, tax, accountCode, taxType, tracking }));
    const { contactXeroId, date, reference, total } = request;
    return done(this.keep({ ...known, contactId: contactXeroId, date, reference, lines, total }, by));
  }

  remove(id: string, by: By): WriteResult<BankTransaction> {
    const known = this.spends.get(id);
    if (known?.now.status !== 'authorised') return refused('frozen', 'Not of valid status');
    if (known.now.reconciled) return refused('reconciled', 'This Bank Transaction cannot be deleted as it has been reconciled');
    known.removedBy = by;
    return done(this.keep({ ...known.now, status: 'deleted' }, by));
  }

  /** As somebody reconciles it with the bank. */
  reconcile(id: string): void {
    const known = this.spends.get(id);
    if (known) this.keep({ ...known.now, reconciled: true }, 'people');
  }

  readAll(): BankTransaction[] {
    const seenAt = this.books.seenAt();
    return [...this.spends.values()].flatMap(({ was }) => was.findLast(({ at }) => at <= seenAt)?.spend ?? []);
  }

  live(): KnownSpend[] {
    return [...this.spends.values()].filter(({ now }) => now.status === 'authorised');
  }

  private keep(spend: BankTransaction, by: By): BankTransaction {
    const known = this.spends.get(spend.xeroId) ?? { now: spend, by, removedBy: null, changedAt: 0, was: [] };
    known.now = frozen({ ...spend });
    known.changedAt = this.books.now();
    known.was.push({ at: known.changedAt, spend: known.now });
    this.spends.set(spend.xeroId, known);
    return known.now;
  }
}
