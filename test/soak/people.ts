import type { World } from '../../src/demo/world.js';

type Random = () => number;

/** What becomes of one bill, act by act. Each act returns false when its moment has not come yet. */
interface Life {
  billId: number;
  acts: (() => boolean)[];
}

/** People in both vendors' books, doing what the rest of the bill's life needs no person's answer for. Amounts in cents. */
export class People {
  private readonly lives: Life[] = [];
  acts = 0;

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  /** A new bill with a life of its own, still a draft. */
  newBill(): void {
    const { clio } = this.world;
    const matters = clio.control.matters().filter((matter) => matter.currencyId === 1);
    const matter = matters[Math.floor(this.random() * matters.length)];
    if (!matter) throw new Error('the firm has no matter');
    const lines = Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => ({ price: 20 + Math.round(this.random() * 40_000) / 100, quantity: Math.ceil(this.random() * 8) / 2 }));
    const taxRate = this.random() < 0.5 ? 8.25 : 0;
    const bill = clio.control.createBill({ clientId: matter.clientId, matterIds: [matter.id], lines, taxRate, secondaryTaxRate: 0 });
    const approve = this.always(() => clio.control.approveBill(bill.id));
    this.lives.push({ billId: bill.id, acts: [approve, ...this.rest(bill.id)] });
  }

  /** The next act of some bill whose moment has come. */
  act(): void {
    const open = this.lives.filter((life) => life.acts.length > 0);
    const from = Math.floor(this.random() * open.length);
    for (const life of [...open.slice(from), ...open.slice(0, from)]) {
      if (life.acts[0]?.() !== true) continue;
      life.acts.shift();
      this.acts += 1;
      return;
    }
  }

  get billIds(): number[] {
    return this.lives.map((life) => life.billId);
  }

  get unfinished(): number {
    return this.lives.filter((life) => life.acts.length > 0).length;
  }

  private rest(billId: number): Life['acts'] {
    const { control } = this.world.clio;
    const edit = this.always(() => control.editLine(control.bill(billId).lines[0]?.id ?? 0, { price: 30 + Math.round(this.random() * 30_000) / 100 }));
    const pay = (part: number) => this.always(() => control.recordPayment({ billIds: [billId], amount: Math.max(1, Math.floor(control.bill(billId).sums.balance * part)) }));
    const unpay = this.always(() => control.voidPayment(control.payments().filter((payment) => payment.voidedAt === null && control.allocations(billId).some((each) => each.parent.id === payment.id)).at(-1)?.id ?? 0));
    const lives: Life['acts'][] = [
      [edit, edit, pay(1)],
      [pay(0.4), pay(1)],
      [edit, this.payInXero(billId)],
      [this.payInXero(billId)],
      [pay(0.5), unpay, pay(1)],
      [edit, this.always(() => control.voidBill(billId))],
      [edit],
    ];
    return lives[Math.floor(this.random() * lives.length)] ?? [];
  }

  private always(act: () => unknown): () => boolean {
    return () => {
      act();
      return true;
    };
  }

  /** All that is due, once the invoice is there and says what the bill says. */
  private payInXero(billId: number): () => boolean {
    const { clio, xero, appUrl } = this.world;
    return () => {
      const invoice = xero.control.invoices().find((each) => each.url === `${appUrl}/bills/${billId}` && each.status === 'AUTHORISED');
      if (!invoice || invoice.amountDue === 0 || invoice.amountDue !== clio.control.bill(billId).sums.balance) return false;
      xero.control.recordPayment({ invoiceId: invoice.id });
      return true;
    };
  }
}
