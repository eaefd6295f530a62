import { detailsOf } from '../core/contact-details.js';
import type { Client, Contact } from '../core/contact.js';
import { contactNumberFor, matchContact, newContactFor } from '../core/match-contact.js';
import { expenseSubject } from './expense-links.js';
import type { ExpenseTask } from './expense-work.js';
import type { SyncContext } from './firm-context.js';
import { contactLink, linkFor, linkInXero, saveLink } from './link-records.js';
import { createContact } from './operations.js';
import { holdOf } from './refusal-holds.js';
import { writeOnce } from './write-once.js';

type Tasks = ExpenseTask<'ensure-supplier'>[];

/** As for clients: who is clearly in Xero is linked, who is not is made, and a person is asked about the rest. */
export async function ensureSuppliers(context: SyncContext, tasks: Tasks): Promise<void> {
  const byVendor = new Map<string, Tasks>();
  for (const task of tasks) byVendor.set(task.step.vendor.clioId, [...(byVendor.get(task.step.vendor.clioId) ?? []), task]);
  for (const same of byVendor.values()) await ensureOne(context, same);
}

async function ensureOne(context: SyncContext, tasks: Tasks): Promise<void> {
  const vendor = tasks[0]?.step.vendor;
  if (!vendor) return;
  const { xero, organisationId, firm } = context;
  const link = await linkFor(context, organisationId, contactLink(context, vendor));
  const own = await xero.contactByNumber(contactNumberFor(vendor, firm.region));
  const like = await xero.contactsLike(vendor.name, vendor.email);
  const contacts = [...new Map([...(own ? [own] : []), ...like].map((contact) => [contact.xeroId, contact])).values()];
  const match = matchContact(vendor, contacts, { region: firm.region, linkedElsewhere: await linkedElsewhere(context, contacts, vendor), asSupplier: true });
  const answer = await answered(context, tasks);
  const chosen = match.level === 'full' ? match.contact : contacts.find((contact) => answer === `link:${contact.xeroId}` && contact.status === 'active');
  if (chosen) {
    await saveLink(context, link, { xeroId: chosen.xeroId, organisationId, base: { ...chosen, seen: { inClio: detailsOf(vendor), inXero: detailsOf(chosen) } }, status: 'up-to-date' }, { what: 'contact-linked', text: `Supplier linked to the contact ${chosen.name} in Xero` });
    return;
  }
  if (match.level !== 'none' && match.level !== 'full' && answer !== 'create') {
    const hold = { ...match.hold, about: 'supplier', reason: 'SUPPLIER_UNKNOWN' as const };
    for (const { work } of tasks) work.stopped.push(hold);
    return;
  }
  const request = newContactFor(vendor, firm.region, new Set(contacts.filter((contact) => contact.status === 'active').map((contact) => contact.name)));
  for (const { result } of await writeOnce(context, createContact, [{ link, marker: request.contactNumber, request }])) {
    if (!result.ok) for (const { work } of tasks) work.stopped.push(holdOf(result, 'supplier', { client: vendor.name }));
  }
}

/** Contacts that stand for somebody else in Clio already. */
async function linkedElsewhere(context: SyncContext, contacts: Contact[], vendor: Client): Promise<Set<string>> {
  const links = await Promise.all(contacts.map((contact) => linkInXero(context, context.organisationId, 'contact', contact.xeroId)));
  return new Set(links.flatMap((link) => (link && link.clioId !== vendor.clioId && link.xeroId !== null ? [link.xeroId] : [])));
}

async function answered(context: SyncContext, tasks: Tasks): Promise<string | null> {
  const holds = await context.store.holds.getMany(context.firm.id, tasks.map(({ work }) => `${expenseSubject(work.expenseId)}:supplier`));
  return holds.find((hold) => hold.answer !== null)?.answer ?? null;
}
