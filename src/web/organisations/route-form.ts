import { z } from 'zod';
import type { Route, RouteRule } from '../../core/route-bill.js';
import type { LinkRecord } from '../../store/records.js';
import type { Store } from '../../store/store.js';

/** A rule as the form shows it: a client by name. */
export interface RuleRow {
  when: RouteRule['when'];
  text: string;
  organisationId: string;
}

/** Empty rows for further rules, so that the form works without scripts. */
const SPARE = 3;
const MOST_RULES = 100;
const CLIENTS_READ = 5_000;

const Form = z.record(z.string(), z.string());
const When = z.enum(['office', 'practice-area', 'client']);

/** The rules with room for more. */
export function rowsOf(route: Route, clients: Map<string, string>): RuleRow[] {
  const rows = route.rules.map(({ when, value, organisationId }) => ({ when, text: when === 'client' ? (clients.get(value) ?? value) : value, organisationId }));
  return [...rows, ...Array.from({ length: SPARE }, (): RuleRow => ({ when: 'office', text: '', organisationId: '' }))];
}

/** Reads the posted rules in their order; a row without text is taken out. `wrong` is what to mend, by number of the row. */
export function readRoute(body: unknown, before: Route, known: { organisationIds: string[]; clients: Map<string, string> }): { route: Route; rows: RuleRow[]; wrong: Map<number, string> } {
  const parsed = Form.safeParse(body);
  const form = parsed.success ? parsed.data : {};
  const rows: RuleRow[] = [];
  const rules: RouteRule[] = [];
  const wrong = new Map<number, string>();
  for (let index = 0; index < MOST_RULES && form[`text.${index}`] !== undefined; index += 1) {
    const row = { when: When.catch('office').parse(form[`when.${index}`]), text: (form[`text.${index}`] ?? '').trim().slice(0, 200), organisationId: form[`organisation.${index}`] ?? '' };
    rows.push(row);
    if (row.text === '') continue;
    const value = row.when === 'client' ? clientNamed(row.text, known.clients) : row.text;
    if (value === null) wrong.set(index, 'No bill or several clients have this name. Enter the client’s number from Clio’s address bar.');
    else if (!known.organisationIds.includes(row.organisationId)) wrong.set(index, 'Choose an organisation.');
    else rules.push({ when: row.when, value, organisationId: row.organisationId });
  }
  const rest = form['otherwise'] ?? '';
  return { route: { home: before.home, rules, otherwise: known.organisationIds.includes(rest) ? rest : null }, rows, wrong };
}

/** Clients that bills name, by their Clio id. */
export async function clientsOf(store: Store, firm: string): Promise<Map<string, string>> {
  const links: LinkRecord[] = await store.links.list(firm, { index: 'kind', value: 'bill', newestFirst: true, limit: CLIENTS_READ });
  return new Map(links.flatMap(({ clientId, shown }) => (clientId !== null && shown && shown.clientName !== '' ? [[clientId, shown.clientName] as const] : [])));
}

function clientNamed(text: string, clients: Map<string, string>): string | null {
  if (/^\d{1,19}$/.test(text)) return text;
  const same = [...clients].filter(([, name]) => name.toLowerCase() === text.toLowerCase());
  return same.length === 1 ? (same[0]?.[0] ?? null) : null;
}
