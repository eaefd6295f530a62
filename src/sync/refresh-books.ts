import type { FirmLists } from '../core/firm-lists.js';
import { parseFirmLists } from '../store/firm-lists-schema.js';
import type { Xero } from '../xero/xero.js';
import { nowOf, type FirmContext } from './firm-context.js';
import { keepBooks } from './keep-books.js';
import { refreshPeople } from './refresh-people.js';

/** Reads what drop-downs and mappings depend on, on both sides, and keeps it. */
export async function refreshBooks(context: FirmContext & { xero: Xero | null; organisationId: string | null }): Promise<void> {
  await keepLists(context, await withTaxesSeen(context, await readLists(context)));
  await refreshOrganisation(context);
}

/** The organisation's side alone. */
export async function refreshOrganisation(context: FirmContext & { xero: Xero | null; organisationId: string | null }): Promise<void> {
  if (context.xero && context.organisationId !== null) await keepBooks(context, context.organisationId, { ...(await context.xero.books()), brandingThemes: await context.xero.brandingThemes() });
}

async function readLists(context: FirmContext): Promise<FirmLists> {
  const { clio } = context;
  const [bankAccounts, taxCombinations, categories, practiceAreas, matters, users] = [await clio.bankAccounts(), await clio.taxCombinations(), await clio.categories(), await clio.practiceAreas(), await clio.openMatters(), await refreshPeople(context)];
  return { bankAccounts, taxCombinations, ...categories, practiceAreas, ...matters, users: users.filter((user) => user.enabled).map(({ clioId, name }) => ({ clioId, name })), readAt: nowOf(context) };
}

/** Combinations that only bills use were remembered when the bills were read; Clio's settings do not name them. */
async function withTaxesSeen(context: FirmContext, lists: FirmLists): Promise<FirmLists> {
  const kept = await context.store.books.get(context.firm.id, 'clio');
  const before = kept ? parseFirmLists(kept.body).taxCombinations : [];
  const seen = before.filter((each) => !lists.taxCombinations.some((other) => other.key === each.key));
  return { ...lists, taxCombinations: [...lists.taxCombinations, ...seen] };
}

async function keepLists(context: FirmContext, body: FirmLists): Promise<void> {
  const { store, firm, held } = context;
  const known = await store.books.get(firm.id, 'clio');
  const at = nowOf(context);
  if (known) await store.books.replace({ ...known, body, at }, held.epoch);
  else await store.books.insert({ firm: firm.id, id: 'clio', body, at }, held.epoch);
}
