import { parseContact } from '../store/base-schema.js';
import { saveLink } from './link-records.js';
import type { OpenFirm } from './other-marks.js';

/** A contact changed in Xero: keeps what we know of it fresh, follows a merge, and names the bills that may go on because of it. */
export async function followContact(context: OpenFirm, contactId: string): Promise<string[]> {
  const { store, xero, organisationId, firm } = context;
  if (!xero || organisationId === null) return [];
  const link = await store.links.findUnique('xero', `${organisationId}|contact|${contactId}`);
  if (!link || link.firm !== firm.id) return [];
  const contact = await xero.contact(contactId);
  if (!contact) return [];
  const survivor = contact.mergedToId === null ? contact : await xero.contact(contact.mergedToId);
  if (!survivor) return [];
  const known = parseContact(link.base);
  if (known && known.xeroId === survivor.xeroId && known.status === survivor.status && known.name === survivor.name) return [];
  const taken = survivor.xeroId === contactId ? undefined : await store.links.findUnique('xero', `${organisationId}|contact|${survivor.xeroId}`);
  await saveLink(context, link, { base: survivor, ...(taken ? {} : { xeroId: survivor.xeroId }) });
  const bills = await store.links.list(firm.id, { index: 'client', value: link.clioId ?? '', limit: 1_000 });
  return bills.filter((each) => each.kind === 'bill').flatMap((each) => each.clioId ?? []);
}
