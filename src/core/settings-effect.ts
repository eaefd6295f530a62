import { billToInvoice } from './bill-to-invoice.js';
import type { NewInvoice } from './invoice.js';
import { formatAmount, sum } from './money.js';
import type { BillTruth } from './plan.js';
import { sentence } from './reasons.js';
import type { Settings } from './settings.js';

/** Whether the two make invoices differently at all; what else they differ in concerns no document. */
export const shapesDocuments = (before: Settings, after: Settings): boolean => JSON.stringify(documentPart(before)) !== JSON.stringify(documentPart(after));

/** Everything that is not about who decides, where payments land, or costs and clients' money. */
function documentPart({ mode: _mode, startOn: _startOn, liveSince: _liveSince, bankMap: _bankMap, payments: _payments, costs: _costs, contacts: _contacts, trust: _trust, editPaid: _editPaid, lockPolicy: _lockPolicy, credits: _credits, ...rest }: Settings): Partial<Settings> {
  return rest;
}

/** What these settings would make of a bill that another version of them made otherwise, in words; empty when the invoice would be the same. */
export function settingsEffect(truth: BillTruth, before: Settings, after: Settings): string[] {
  const contact = truth.contact?.xeroId ?? '';
  const [was, now] = [billToInvoice({ ...truth, settings: before }, contact), billToInvoice({ ...truth, settings: after }, contact)];
  if (!now.ok) return was.ok ? now.holds.map((each) => sentence(each.reason, each.facts)) : [];
  if (!was.ok) return [];
  return [...moved(truth, was.invoice, now.invoice, (line) => `account ${line.accountCode}`), ...moved(truth, was.invoice, now.invoice, (line) => `tax code ${line.taxType}`), ...otherwise(was.invoice, now.invoice)];
}

/** Amounts that would stand elsewhere, by account or tax code. */
function moved({ bill }: BillTruth, was: NewInvoice, now: NewInvoice, place: (line: NewInvoice['lines'][number]) => string): string[] {
  const places = [...new Set([...was.lines, ...now.lines].map(place))].sort();
  const at = (invoice: NewInvoice, where: string) => sum(invoice.lines.filter((line) => place(line) === where).map((line) => line.net));
  return places.flatMap((where) => {
    const [before, after] = [at(was, where), at(now, where)];
    return before === after ? [] : [`${where}: ${formatAmount(before, bill.currency)} would be ${formatAmount(after, bill.currency)}`];
  });
}

function otherwise(was: NewInvoice, now: NewInvoice): string[] {
  const texts = (invoice: NewInvoice) => JSON.stringify(invoice.lines.map((line) => [line.text, line.tracking]));
  if (was.lines.length !== now.lines.length) return [`${was.lines.length} lines would be ${now.lines.length}`];
  const heading = was.number !== now.number || was.brandingThemeId !== now.brandingThemeId || was.status !== now.status;
  return texts(was) !== texts(now) || heading ? ['wording, tracking or heading would differ'] : [];
}
