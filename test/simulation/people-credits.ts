import type { Expense } from '../../src/core/expense.js';
import type { KnownExpense } from './clio-vendor.js';
import type { Act, Place } from './people.js';
import type { Random } from './random.js';

/** What people do about credits on bills and about costs, on both sides. */
export class PeopleCredits {
  constructor(private readonly place: Place, private readonly random: Random, private readonly amountUpTo: (most: number) => number, private readonly xeroChanged: (invoiceId: string) => void) {}

  calmActs(): Act[] {
    const { choices } = this.place;
    return [[1.5, () => this.giveCredit()], ...(choices.costs === 'off' ? [] : ([[3, () => this.enterCost()]] satisfies Act[]))];
  }

  contraryActs(): Act[] {
    const { choices } = this.place;
    const withCosts: Act[] = [[1, () => this.changeCost()], [0.7, () => this.removeCost()], [0.7, () => this.removeInXero()], [0.7, () => this.reconcileCost()]];
    return [[1.5, () => this.voidCredit()], [0.7, () => this.voidNote()], [0.5, () => this.creditInXero()], ...(choices.costs === 'off' ? [] : withCosts)];
  }

  private giveCredit(): string | null {
    const { clio, world } = this.place;
    const bill = this.random.pick([...clio.bills.values()].filter(({ now }) => now.state === 'awaiting_payment' && now.balance > 0))?.now;
    const amount = bill ? this.amountUpTo(Math.max(1, Math.floor(bill.balance / 2))) : 0;
    const credit = bill && amount > 0 ? clio.credit(bill.clioId, { amount, date: world.today(), creditKind: this.random.chance(0.5) ? 'write_off' : 'credit_note', asDiscount: this.random.chance(0.3) }) : null;
    return credit && `credit ${credit.clioId} of ${credit.amount} is given in Clio on bill ${credit.billId ?? ''}`;
  }

  private voidCredit(): string | null {
    const { clio } = this.place;
    const credit = this.random.pick([...clio.allocations.values()].filter((each) => each.kind === 'credit' && !each.voided));
    if (!credit) return null;
    clio.change(credit, { voided: true });
    return `credit ${credit.clioId} is voided in Clio`;
  }

  private voidNote(): string | null {
    const { credits } = this.place.xero.books;
    const note = this.random.pick(credits.live())?.now;
    if (!note) return null;
    for (const allocation of note.allocations) credits.deallocate(note.xeroId, allocation.xeroId, 'people');
    credits.end(note.xeroId, 'voided', 'people');
    for (const { invoiceId } of note.allocations) this.xeroChanged(invoiceId);
    return `credit note ${note.number} is voided in Xero`;
  }

  private creditInXero(): string | null {
    const { books } = this.place.xero;
    const invoice = this.random.pick([...books.invoices.values()].filter(({ now }) => now.status === 'authorised' && now.amountDue > 1))?.now;
    const amount = invoice ? this.amountUpTo(Math.floor(invoice.amountDue / 2)) : 0;
    const [line] = invoice?.lines ?? [];
    if (!invoice || !line || amount <= 0) return null;
    const { contactId, currency } = invoice;
    const coding = { text: 'Goodwill', accountCode: line.accountCode ?? '200', taxType: line.taxType ?? 'NONE', tracking: [], from: [] };
    const result = books.credits.create({ number: `CN-${books.id('hand')}`, reference: 'goodwill', contactXeroId: contactId, currency, date: this.place.world.today(), status: 'authorised', lines: [{ ...coding, net: amount, tax: 0 }], subTotal: amount, totalTax: 0, total: amount }, 'people');
    if (!result.ok) return null;
    books.credits.allocate({ creditNoteXeroId: result.value.xeroId, invoiceXeroId: invoice.xeroId, amount, currency, date: this.place.world.today() }, 'people');
    this.xeroChanged(invoice.xeroId);
    return `credit note ${result.value.number} of ${amount} is given in Xero on ${invoice.xeroId}`;
  }

  private enterCost(): string | null {
    const { clio, world } = this.place;
    const vendor = this.random.pick(clio.vendors);
    if (!vendor) return null;
    const expense: Expense = {
      clioId: clio.id(), isHardCost: this.random.chance(0.9), date: world.today(), amount: this.random.int(5_00, 400_00), currency: 'GBP',
      matter: { clioId: '31', number: '00042-Northgate', description: 'Lease dispute', practiceArea: 'Litigation', responsibleAttorney: 'D. Whitlock', office: 'Leeds' },
      category: { clioId: '62', name: 'Court fees' }, vendor: { clioId: vendor.clioId, name: vendor.name }, reference: this.random.chance(0.5) ? `CHQ ${this.random.int(100, 999)}` : null, note: null, onBill: false, createdAt: world.iso(),
    };
    clio.keepExpense(expense);
    return `cost ${expense.clioId} of ${expense.amount} is entered in Clio`;
  }

  private changeCost(): string | null {
    const known = this.anyCost();
    if (!known) return null;
    const amount = this.random.int(5_00, 400_00);
    this.place.clio.keepExpense({ ...known.now, amount });
    return `cost ${known.now.clioId} is corrected to ${amount} in Clio`;
  }

  private removeCost(): string | null {
    const known = this.anyCost();
    if (!known) return null;
    this.place.clio.keepExpense(known.now, true);
    return `cost ${known.now.clioId} is deleted in Clio`;
  }

  private removeInXero(): string | null {
    const { costs } = this.place.xero.books;
    const spend = this.random.pick(costs.live().filter(({ now }) => !now.reconciled))?.now;
    if (!spend) return null;
    costs.remove(spend.xeroId, 'people');
    return `money spent ${spend.xeroId} is removed in Xero`;
  }

  private reconcileCost(): string | null {
    const { costs } = this.place.xero.books;
    const spend = this.random.pick(costs.live().filter(({ now }) => !now.reconciled))?.now;
    if (!spend) return null;
    costs.reconcile(spend.xeroId);
    return `money spent ${spend.xeroId} is reconciled`;
  }

  private anyCost(): KnownExpense | undefined {
    return this.random.pick([...this.place.clio.expenses.values()].filter((each) => !each.gone && each.now.isHardCost));
  }
}
