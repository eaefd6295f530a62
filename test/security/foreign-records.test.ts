import { z } from 'zod';
import { createServer } from '../../src/web/server.js';
import { books, FIRM, giveBooks, giveBusyMonth, giveSettings, lists } from '../web/sample-firm.js';
import { Browser, connectXeroTo, signedIn, stage, type Stage } from '../web/stage.js';
import { example, formsOf, routesOf } from './routes.js';
import { snapshot } from './snapshot.js';

const OTHER = 'us:999';
const OTHER_BOOKS = '7d1f6c22-9a4b-4f0e-8c3d-2b5a1e6f7a80';
/** What only the first firm's records say: its name, people, organisation, clients and the numbers of its bills. */
const WORDS = /Harwood|Dana|Whitlock|Oakhurst|Calloway|Bergqvist|Northgate|Pellworth|Juniper|\b21(0[1-9]|1[0-4])\b|9100\d{3}/;

/** A firm in the middle of its month, and another, set up in the same way, whose administrator is at the screen. */
async function twoFirms(): Promise<{ on: Stage; stranger: Browser; ids: string[] }> {
  const on = await stage();
  await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await giveBusyMonth(on);
  const later = new Date(on.clock.now() + 3_600_000).toISOString();
  await on.store.tickets.insert({ firm: FIRM, id: 'choice-of-the-first-firm', kind: 'xero-choice', body: { sealed: '', organisations: [] }, sweepAt: later });
  const at = new Date(on.clock.now()).toISOString();
  await on.store.runs.insert({ firm: FIRM, id: 'run-of-the-first-firm', kind: 'tie-out', startedAt: at, endedAt: at, result: { rows: [] } });
  const ids = await idsOf(on);

  const stranger = await signedIn(on, 'eve', { clioId: '999001', name: 'Eve Marlow', email: 'eve@marlow.example', account: { clioId: '999', name: 'Marlow Legal' } });
  const firm = await on.store.firms.get('*', OTHER);
  // With every right in her own firm.
  if (firm) await on.store.firms.replace({ ...firm, rights: { '999001': { role: 'admin', trust: true } } });
  const known = books();
  await connectXeroTo(on, OTHER, OTHER_BOOKS, 'Marlow Books');
  await on.store.books.insert({ firm: OTHER, id: OTHER_BOOKS, body: { ...known, organisation: { ...known.organisation, xeroId: OTHER_BOOKS, name: 'Marlow Books' } }, at });
  await on.store.books.insert({ firm: OTHER, id: 'clio', body: { ...lists, users: [{ clioId: '999001', name: 'Eve Marlow' }], matters: [] }, at });
  const [settings] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
  await on.store.settings.insert({ firm: OTHER, id: '000001', body: settings?.body, by: 'Eve Marlow', at, note: null });
  return { on, stranger, ids };
}

/** Every id by which anything of the first firm is known, also those inside its records. */
async function idsOf(on: Stage): Promise<string[]> {
  const { connections, settings, links, holds, activity, runs, tickets } = on.store;
  const records = (await Promise.all([connections, settings, links, holds, activity, runs, tickets].map((kind) => kind.list(FIRM)))).flat();
  const inside = (await links.list(FIRM)).flatMap((link) => [link.clioId, link.xeroId, link.clientId, ...link.matterIds]);
  return [...new Set([...records.map(({ id }) => id), ...inside])].filter((id) => id !== null);
}

/** A page may repeat what it was asked for, in a field or an address. */
const without = (text: string, id: string) => text.replaceAll(id, '').replaceAll(encodeURIComponent(id), '');
const parametersOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
const pages = (on: Stage) => routesOf(createServer(on.deps)).filter(({ method }) => method === 'GET').map(({ path }) => path);
const everywhere = (path: string, id: string) => example(path, Object.fromEntries(parametersOf(path).map((name) => [name, encodeURIComponent(id)])));

test('the first firm sees on its own pages what the stranger is not to see', async () => {
  const { on } = await twoFirms();
  const own = await signedIn(on);
  for (const path of ['/', '/bills', '/inbox', '/activity', '/tie-out', '/tie-out.csv', '/history', '/settings', '/setup', '/bills/9100456']) expect([path, WORDS.test((await own.get(path)).text)]).toEqual([path, true]);
});

test('every page that names a record answers 404 for each of another firm’s records, by whatever id', async () => {
  const { on, stranger, ids } = await twoFirms();
  const named = pages(on).filter((path) => parametersOf(path).length > 0 && !path.startsWith('/clio/actions/'));
  expect(named).toContain('/bills/:clioBillId');
  expect(ids.length).toBeGreaterThan(40);
  for (const path of named) {
    for (const id of ids) {
      const reply = await stranger.get(everywhere(path, id));
      expect([path, id, reply.status, WORDS.test(reply.text)]).toEqual([path, id, 404, false]);
    }
  }
});

test('no page, list or file shows another firm anything, also when it is asked for by the other firm’s ids', async () => {
  const { on, stranger, ids } = await twoFirms();
  const whole = pages(on).filter((path) => parametersOf(path).length === 0 && !path.startsWith('/oauth/'));
  expect(whole.length).toBeGreaterThan(12);
  for (const path of whole) {
    expect([path, WORDS.test((await stranger.get(path)).text)]).toEqual([path, false]);
    for (const id of ids.filter((_each, index) => index % 5 === 0)) {
      const query = Object.fromEntries(['after', 'matter', 'client', 'search', 'choice', 'run', 'organisation', 'version', 'id'].map((name) => [name, id]));
      const reply = await stranger.get(`${path}?${new URLSearchParams(query).toString()}`);
      expect([path, id, WORDS.test(without(reply.text, id))]).toEqual([path, id, false]);
    }
  }
});

test('no form, sent with the other firm’s ids in its address and its fields, finds or changes anything of that firm', async () => {
  const { on, stranger, ids } = await twoFirms();
  const mine = async () => JSON.stringify([await snapshotOf(on), (await on.store.firms.get('*', FIRM))?.version]);
  const before = await mine();
  for (const path of formsOf(createServer(on.deps)).filter((each) => each !== '/sign-out')) {
    for (const id of parametersOf(path).length > 0 ? ids : ids.filter((_each, index) => index % 8 === 0)) {
      const fields = ['bill', 'choice', 'organisation', 'run', 'hold', 'id', 'matter', 'client', 'version', 'subject'];
      const form = { ...Object.fromEntries(fields.map((name) => [name, id])), startOn: '2026-11-01', mode: 'review', firm: FIRM, [`bankMap.${id}`]: id };
      const reply = await stranger.post(everywhere(path, id), form);
      if (parametersOf(path).length > 0) expect([path, id, reply.status]).toEqual([path, id, 404]);
      expect([path, id, WORDS.test(without(reply.text, id))]).toEqual([path, id, false]);
    }
    expect([path, (await mine()) === before]).toEqual([path, true]);
    if (path === '/xero/disconnect') await connectAgain(on);
  }
});

/** What the store holds of the first firm alone. */
async function snapshotOf(on: Stage): Promise<unknown[]> {
  const all: unknown = JSON.parse(await snapshot(on.store, [FIRM]));
  return z.array(z.tuple([z.string(), z.string(), z.unknown()])).parse(all).filter(([firm]) => firm === FIRM);
}

async function connectAgain(on: Stage): Promise<void> {
  const ended = await on.store.connections.get(OTHER, `xero:${OTHER_BOOKS}`);
  if (ended) await on.store.connections.replace({ ...ended, state: 'live' });
}
