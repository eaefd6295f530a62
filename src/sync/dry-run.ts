import { matchContact, newContactFor, type ContactMatch } from '../core/match-contact.js';
import type { Contact } from '../core/contact.js';
import { rehearse, type Rehearsed } from '../core/rehearse.js';
import { DRY_RUN_ID, type DryRun } from '../store/dry-run-schema.js';
import { fingerprint, parseSettings, TRIAL_ID } from '../store/settings-schema.js';
import type { BillWork } from './bill-work.js';
import { nowOf, stillHeld, type OpenFirm, type SyncContext } from './firm-context.js';
import { keepRun } from './keep-run.js';
import { readyToSync, readyToTry } from './open-firm.js';
import { readBothSides } from './read-both-sides.js';
import { routeBills } from './route-bills.js';

const BATCH = 50;
/** What one page can show and one record can hold; the newest bills come first. */
const MOST_BILLS = 2_000;

/**
 * Plans every open bill of the firm on what both sides show now, and keeps what would be done. Nothing is written at Clio or Xero. Before set-up
 * is finished it plans with the settings as set-up has them so far; without any there is nothing to plan with.
 */
export async function dryRun(open: OpenFirm): Promise<void> {
  const context = (await readyToSync(open)) ?? (await readyWithTrial(open));
  if (!context) return;
  const settings = fingerprint(context.settings);
  const ids = await ofThisOrganisation(context, await openBills(context));
  const startedAt = nowOf(context);
  const rows: Rehearsed[] = [];
  await keep(context, startedAt, null, { bills: ids.length, done: 0, rows, settings });
  const contacts = ids.length > 0 ? await context.xero.allContacts() : [];
  const known: Known = { contacts, linked: await linkedContacts(context), taken: new Set(contacts.filter((each) => each.status === 'active').map((each) => each.name)), named: new Map() };
  for (let from = 0; from < ids.length; from += BATCH) {
    stillHeld(context);
    const works = await readBothSides(context, ids.slice(from, from + BATCH), new Set());
    const planned = works.map((work) => rehearsed(context, work, known));
    rows.push(...planned.sort((a, b) => b.issuedOn.localeCompare(a.issuedOn)));
    const done = Math.min(from + BATCH, ids.length);
    await keep(context, startedAt, done === ids.length ? nowOf(context) : null, { bills: ids.length, done, rows, settings });
  }
  if (ids.length === 0) await keep(context, startedAt, nowOf(context), { bills: 0, done: 0, rows, settings });
}

async function readyWithTrial(open: OpenFirm): Promise<SyncContext | undefined> {
  const trial = await open.store.runs.get(open.firm.id, TRIAL_ID);
  return trial && readyToTry(open, parseSettings(trial.result));
}

async function openBills(context: SyncContext): Promise<string[]> {
  const all = await context.clio.allBillIds();
  const heads = await context.clio.billHeads(all);
  const waiting = heads.filter((bill) => bill.state === 'awaiting_payment').sort((a, b) => b.issuedOn.localeCompare(a.issuedOn) || b.number.localeCompare(a.number));
  return waiting.slice(0, MOST_BILLS).map((bill) => bill.clioId);
}

/** Of a firm with several organisations, the bills that its rules send to this one. */
async function ofThisOrganisation(context: SyncContext, ids: string[]): Promise<string[]> {
  if (!context.division) return ids;
  const goals = await routeBills(context, context.division, ids);
  return ids.filter((id) => goals.get(id) === context.organisationId);
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

async function keep(context: SyncContext, startedAt: string, endedAt: string | null, result: DryRun): Promise<void> {
  await keepRun(context, { id: DRY_RUN_ID, kind: 'dry-run', startedAt, endedAt, result });
}
