import { matchContact, newContactFor, type ContactMatch } from '../core/match-contact.js';
import type { Contact } from '../core/contact.js';
import { rehearse, rehearseUnplaced, type Rehearsed } from '../core/rehearse.js';
import { atPlace } from '../jobs/mark-kinds.js';
import { DRY_RUN_ID, type DryRun } from '../store/dry-run-schema.js';
import { fingerprint, parseSettings, TRIAL_ID } from '../store/settings-schema.js';
import type { BillWork } from './bill-work.js';
import { nowOf, stillHeld, type OpenFirm, type SyncContext } from './firm-context.js';
import { keepRun } from './keep-run.js';
import { readyToSync, readyToTry } from './open-firm.js';
import { readBothSides } from './read-both-sides.js';
import { placesOfBills } from './route-bills.js';

const BATCH = 50;
/** What one page can show and one record can hold; the newest bills come first. */
const MOST_BILLS = 2_000;

/**
 * Plans every open bill that goes to this organisation on what both sides show now, and keeps what would be done. Nothing is written at Clio or
 * Xero, and nobody is asked anything. Before set-up is finished it plans with the settings as set-up has them so far; without any there is nothing
 * to plan with.
 */
export async function dryRun(open: OpenFirm): Promise<void> {
  const context = (await readyToSync(open)) ?? (open.further === null ? await readyWithTrial(open) : undefined);
  if (!context && open.further === null) return;
  const { ids, unplaced } = await ofThisOrganisation(open, await openBills(open));
  const told = { bills: ids.length, unplaced, settings: context ? fingerprint(context.settings) : '' };
  const startedAt = nowOf(open);
  const keep = (endedAt: string | null, done: number, rows: Rehearsed[]) => keepResult(open, startedAt, endedAt, { ...told, done, rows });
  if (!context || ids.length === 0) return keep(nowOf(open), 0, []);
  const rows: Rehearsed[] = [];
  await keep(null, 0, rows);
  const contacts = await context.xero.allContacts();
  const known: Known = { contacts, linked: await linkedContacts(context), taken: new Set(contacts.filter((each) => each.status === 'active').map((each) => each.name)), named: new Map() };
  for (let from = 0; from < ids.length; from += BATCH) {
    stillHeld(context);
    const works = await readBothSides(context, ids.slice(from, from + BATCH), new Set());
    const planned = works.map((work) => rehearsed(context, work, known));
    rows.push(...planned.sort((a, b) => b.issuedOn.localeCompare(a.issuedOn)));
    const done = Math.min(from + BATCH, ids.length);
    await keep(done === ids.length ? nowOf(context) : null, done, rows);
  }
}

async function readyWithTrial(open: OpenFirm): Promise<SyncContext | undefined> {
  const trial = await open.store.runs.get(open.firm.id, TRIAL_ID);
  return trial && readyToTry(open, parseSettings(trial.result));
}

async function openBills(context: OpenFirm): Promise<string[]> {
  const all = await context.clio.allBillIds();
  const heads = await context.clio.billHeads(all);
  const waiting = heads.filter((bill) => bill.state === 'awaiting_payment').sort((a, b) => b.issuedOn.localeCompare(a.issuedOn) || b.number.localeCompare(a.number));
  return waiting.slice(0, MOST_BILLS).map((bill) => bill.clioId);
}

/** Of a firm with several organisations, the bills that its rules send to this one; and those they send nowhere. */
async function ofThisOrganisation(open: OpenFirm, ids: string[]): Promise<{ ids: string[]; unplaced: Rehearsed[] }> {
  if (!open.division) return { ids, unplaced: [] };
  const { goals, unplaced } = await placesOfBills(open, open.division, ids);
  const own = ids.filter((id) => goals.get(id) === open.organisationId);
  return { ids: own, unplaced: open.further === null ? unplaced.map(({ bill, hold }) => rehearseUnplaced(bill, hold)) : [] };
}

/** By Xero id of the contact: the client it belongs to. */
async function linkedContacts(context: SyncContext): Promise<Map<string, string>> {
  const links = await context.store.links.list(context.firm.id, { index: 'kind', value: 'contact', limit: 100_000 });
  return new Map(links.flatMap((link) => (link.xeroId === null || link.clioId === null ? [] : [[link.xeroId, link.clioId] as const])));
}

/** Xero's contacts, and what becomes of them in the course of the run. */
interface Known {
  contacts: Contact[];
  linked: Map<string, string>;
  taken: Set<string>;
  /** Names of contacts still to be made, by client. */
  named: Map<string, string>;
}

/** As `ensureContacts` will find and name it; a contact or name taken by one client of this run is taken for the next, too. */
function rehearsed(context: SyncContext, { truth }: BillWork, known: Known): Rehearsed {
  const { client, contact } = truth;
  if (contact || !client) return rehearse(truth, null, null);
  const { region } = context.firm;
  const linkedElsewhere = new Set([...known.linked].flatMap(([xeroId, clioId]) => (clioId === client.clioId ? [] : [xeroId])));
  const match: ContactMatch = matchContact(client, known.contacts, { region, linkedElsewhere });
  if (match.level === 'full') known.linked.set(match.contact.xeroId, client.clioId);
  if (match.level !== 'none') return rehearse(truth, match, null);
  const name = known.named.get(client.clioId) ?? newContactFor(client, region, known.taken).name;
  const planned = rehearse(truth, match, name);
  if (planned.contact?.how === 'create') {
    known.named.set(client.clioId, name);
    known.taken.add(name);
  }
  return planned;
}

async function keepResult(open: OpenFirm, startedAt: string, endedAt: string | null, result: DryRun): Promise<void> {
  await keepRun(open, { id: atPlace(DRY_RUN_ID, open.further), kind: 'dry-run', startedAt, endedAt, result });
}
