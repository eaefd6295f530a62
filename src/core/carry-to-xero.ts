import { isFromHeldMoney } from './advances.js';
import type { Allocation } from './allocation.js';
import { bankFor } from './bank-for.js';
import { addDays, formatDate } from './calendar.js';
import { answerTo, hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { formatAmount, sum } from './money.js';
import { isClosedDay, markerOf } from './payment-facts.js';
import { nextPart, sharesOf } from './payment-parts.js';
import type { BillTruth, Hold, Step } from './plan.js';

/** Xero's limit for a payment's reference, kept well below. */
const LONGEST_REFERENCE = 250;

/** Clio's payments that Xero lacks become payments on the bill's invoices, oldest first; never above what is due. */
export function carryToXero(truth: BillTruth, allocations: Allocation[], invoices: Invoice[]): { steps: Step[]; holds: Hold[] } {
  const steps: Step[] = [];
  const holds: Hold[] = [];
  const due = new Map(invoices.map((invoice) => [invoice.xeroId, invoice.amountDue]));
  const named = [...truth.allocations];
  for (const allocation of allocations.toSorted((a, b) => `${a.date} ${a.clioId}`.localeCompare(`${b.date} ${b.clioId}`, 'en', { numeric: true }))) {
    const about = `payment:${allocation.clioId}`;
    const amount = formatAmount(allocation.amount, truth.bill.currency);
    const bank = bankFor(truth, allocation, about);
    const day = dayFor(truth, allocation, about);
    const shares = allocation.amount > 0 ? sharesOf(allocation.amount, inTurn(truth, allocation, invoices), due) : null;
    const unready = invoices.find((invoice) => invoice.status === 'draft' || invoice.status === 'submitted');
    const held = heldMoney(truth, allocation, about, amount);
    if (held) holds.push(held);
    else if (!bank.ok) holds.push(bank.hold);
    else if (!day.ok) holds.push(day.hold);
    else if (unready) holds.push(hold(about, 'PAY_INVOICE_NOT_READY', { number: unready.number, amount }));
    else if (!shares) holds.push(hold(about, 'PAY_TOO_MUCH', { amount, due: formatAmount(sum([...due.values()]), truth.bill.currency) }));
    else
      for (const [index, share] of shares.entries()) {
        const allocationId = index === 0 ? allocation.clioId : nextPart(allocation.clioId, named);
        named.push({ ...allocation, clioId: allocationId });
        due.set(share.invoice.xeroId, (due.get(share.invoice.xeroId) ?? 0) - share.amount);
        const reference = `${truth.bill.number.slice(0, LONGEST_REFERENCE - 30)} ${markerOf(allocationId)}`;
        steps.push({ do: 'create-payment', allocationId, payment: { invoiceXeroId: share.invoice.xeroId, accountXeroId: bank.account.xeroId, date: day.date, amount: share.amount, currency: truth.bill.currency, reference } });
      }
  }
  return { steps, holds };
}

/** Money for interest goes to interest first. */
function inTurn(truth: BillTruth, { settlesInterest }: Allocation, invoices: Invoice[]): Invoice[] {
  const isInterest = (invoice: Invoice): boolean => roleOf(truth, invoice).startsWith('int-');
  return settlesInterest ? [...invoices.filter(isInterest), ...invoices.filter((invoice) => !isInterest(invoice))] : invoices;
}

/** The money was in the books before; sent as a payment it would be there twice, unless nobody entered it in Xero when it came. */
function heldMoney(truth: BillTruth, allocation: Allocation, about: string, amount: string): Hold | null {
  if (!isFromHeldMoney(allocation)) return null;
  const question = hold(about, 'PAY_FROM_HELD_MONEY', { amount, date: formatDate(allocation.date) }, [{ id: 'send', label: 'It is not in Xero yet; send it as a payment' }]);
  return answerTo(truth, question) === 'send' ? null : question;
}

const roleOf = (truth: BillTruth, invoice: Invoice): string => truth.links.find((link) => link.invoiceId === invoice.xeroId)?.role ?? '';

function dayFor(truth: BillTruth, allocation: Allocation, about: string): { ok: true; date: string } | { ok: false; hold: Hold } {
  const lock = truth.books.lockedThrough;
  if (lock === null || !isClosedDay(allocation.date, truth)) return { ok: true, date: allocation.date };
  if (truth.settings.lockPolicy === 'first-open-day') return { ok: true, date: addDays(lock, 1) };
  return { ok: false, hold: hold(about, 'PERIOD_CLOSED', { date: formatDate(allocation.date), lockedThrough: formatDate(lock) }) };
}
