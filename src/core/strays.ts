import { hold } from './hold.js';
import type { Invoice } from './invoice.js';
import { liveInvoices } from './payment-facts.js';
import type { BillTruth, Hold, Plan, Step, Stray } from './plan.js';

/**
 * A request of ours that was under way for longer than Xero keeps its key can make an invoice that nobody waits for any more, as the bill got
 * another one meanwhile. It is never voided without being asked about: somebody may have sent it to the client, or taken money on it, since.
 */
export function withStrays(truth: BillTruth, plan: Plan): Plan {
  const adopted = plan.steps.flatMap((step) => (step.do === 'adopt-invoice' ? [step.invoiceId] : []));
  // That question names them already.
  if (plan.holds.some((each) => each.reason === 'ADOPT_CONFLICT')) return plan;
  const strays = straysOf(truth).filter((stray) => !adopted.includes(stray.invoiceId));
  return strays.length === 0 ? plan : { ...plan, holds: [...plan.holds, ...strays.map((stray) => strayHold(truth, stray))], leftOut: null };
}

/** Where a person voided the linked invoice and kept the stray one, that is the bill's invoice from now on. */
export function strayInItsPlace(truth: BillTruth): Step | null {
  const [only, ...others] = straysOf(truth).filter((stray) => seen(truth, stray) !== undefined);
  return only && others.length === 0 ? { do: 'adopt-invoice', role: 'main', invoiceId: only.invoiceId } : null;
}

/** Still there, as far as can be seen, and not linked since. */
function straysOf(truth: BillTruth): Stray[] {
  return (truth.strays ?? []).filter((stray) => {
    const invoice = seen(truth, stray);
    return !truth.links.some((link) => link.invoiceId === stray.invoiceId) && invoice?.status !== 'voided' && invoice?.status !== 'deleted';
  });
}

/** One in another organisation of the firm is not read with the bill. */
const seen = (truth: BillTruth, stray: Stray): Invoice | undefined => truth.invoices.find((each) => each.xeroId === stray.invoiceId);

function strayHold(truth: BillTruth, stray: Stray): Hold {
  return hold(`stray:${stray.invoiceId}`, 'INVOICE_STRAY', { stray: seen(truth, stray)?.number ?? stray.number, why: why(truth) });
}

function why(truth: BillTruth): string {
  const linked = liveInvoices(truth).map((invoice) => invoice.number);
  if (linked.length > 0) return `the bill has ${linked.join(', ')}`;
  return truth.bill.state === 'void' || truth.bill.state === 'deleted' ? `the bill is ${truth.bill.state === 'void' ? 'void' : 'deleted'} in Clio` : 'the bill goes without an invoice for now';
}
