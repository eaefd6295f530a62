import { load } from 'cheerio';
import type { Express } from 'express';
import { createServer } from '../../src/web/server.js';
import { FIRM, giveBooks, giveBusyMonth, giveSettings } from '../web/sample-firm.js';
import { Browser, connectXeroTo, setCookies, signedIn, stage, type Stage } from '../web/stage.js';
import { example, formsOf } from './routes.js';
import { snapshot } from './snapshot.js';

const HOLD = '9100464:bill';
const FORM = { bill: '9100462', choice: 'clio', startOn: '2026-11-01', organisation: 'x', version: '000001' };

/** Browsers say where a form comes from; each of these is somewhere else, or does not say. */
const FOREIGN: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'a neighbour of the same domain': { 'sec-fetch-site': 'same-site', origin: 'https://other.tieout.example' },
  'another site in an old browser': { origin: 'https://evil.example' },
  'a sandboxed frame': { origin: 'null' },
  'an address typed in': { 'sec-fetch-site': 'none' },
  'a page that hides where it is': {},
};

async function busyFirm(): Promise<{ on: Stage; server: Express }> {
  const on = await stage();
  await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await giveBusyMonth(on);
  return { on, server: createServer(on.deps) };
}

test('every form of the program is known to these proofs', async () => {
  const { server } = await busyFirm();
  expect(formsOf(server)).toEqual(expect.arrayContaining(['/xero/organisation', '/xero/disconnect', '/setup/:step', '/bills/sync', '/inbox/:id/answer', '/history', '/settings', '/sign-out']));
});

test('no form is taken from elsewhere, even with the right token: it is refused and nothing changes', async () => {
  const { on, server } = await busyFirm();
  const browser = await signedIn(on);
  const before = await snapshot(on.store, [FIRM]);
  for (const path of formsOf(server)) {
    for (const [where, headers] of Object.entries(FOREIGN)) {
      const reply = await browser.post(example(path, { id: HOLD }), FORM, headers);
      expect([path, where, reply.status, setCookies(reply)]).toEqual([path, where, 403, []]);
    }
  }
  expect(await snapshot(on.store, [FIRM])).toBe(before);
  expect(on.vendors.calls.filter((call) => call.startsWith('xero'))).toEqual([]);
});

test("no form is taken without this session's own token: it is refused and nothing changes", async () => {
  const { on, server } = await busyFirm();
  const browser = await signedIn(on);
  const elsewhere = await signedIn(on);
  const theirs = /name="csrf" value="([^"]+)"/.exec((await elsewhere.get('/bills')).text)?.[1] ?? '';
  expect(theirs).not.toBe('');
  const before = await snapshot(on.store, [FIRM]);
  for (const path of formsOf(server)) {
    for (const csrf of ['', 'x'.repeat(32), theirs]) {
      const reply = await browser.post(example(path, { id: HOLD }), { ...FORM, csrf });
      expect([path, csrf, reply.status, setCookies(reply)]).toEqual([path, csrf, 403, []]);
    }
  }
  expect(await snapshot(on.store, [FIRM])).toBe(before);
});

test('no form works without a session, or as an address to open', async () => {
  const { on, server } = await busyFirm();
  const browser = await signedIn(on);
  const before = await snapshot(on.store, [FIRM]);
  for (const path of formsOf(server)) {
    expect([path, (await new Browser(on).post(example(path, { id: HOLD }), FORM)).status]).toEqual([path, 401]);
    await browser.get(`${example(path, { id: HOLD })}?${new URLSearchParams(FORM).toString()}`);
  }
  expect(await snapshot(on.store, [FIRM])).toBe(before);
});

/** The least role that may post each form. A form that is missing here fails the test. */
const NEEDED: Record<string, 'viewer' | 'bookkeeper' | 'admin' | 'trust rights'> = {
  '/people/:user': 'admin',
  '/trust/:account': 'trust rights',
  '/organisations': 'admin',
  '/organisations/:organisation': 'bookkeeper',
  '/xero/organisation': 'admin',
  '/xero/disconnect': 'admin',
  '/setup/:step': 'admin',
  '/setup/dry-run': 'admin',
  '/setup/dry-run/park': 'admin',
  '/setup/go-live': 'admin',
  '/history': 'admin',
  '/bills/sync': 'bookkeeper',
  '/bills/:clioBillId/include-again': 'bookkeeper',
  '/inbox/:id/answer': 'bookkeeper',
  '/settings': 'bookkeeper',
  '/settings/preview': 'bookkeeper',
  '/settings/check': 'bookkeeper',
  '/settings/restore': 'admin',
  '/sign-out': 'viewer',
  '/mail': 'viewer',
};
const RANK = ['viewer', 'bookkeeper', 'admin'] as const;
const CLIO_ROLES = { viewer: ['timekeeper'], bookkeeper: ['billing'], admin: ['admin'] };

test.each(RANK)('as %s, exactly the forms of that role are taken', async (role) => {
  const { on, server } = await busyFirm();
  for (const path of formsOf(server)) {
    const browser = await signedIn(on, role, { clioId: `7${RANK.indexOf(role)}`, name: role, roles: CLIO_ROLES[role] });
    const before = await snapshot(on.store, [FIRM]);
    const reply = await browser.post(example(path, { id: HOLD }), FORM);
    const needed = NEEDED[path] ?? 'admin';
    const allowed = needed !== 'trust rights' && RANK.indexOf(role) >= RANK.indexOf(needed);
    expect([path, NEEDED[path] !== undefined, reply.status !== 403]).toEqual([path, true, allowed]);
    if (!allowed) expect(await snapshot(on.store, [FIRM])).toBe(before);
  }
});

test("a bookkeeper's settings form changes nothing that takes an administrator", async () => {
  const { on } = await busyFirm();
  const browser = await signedIn(on, 'bo', { clioId: '71', name: 'Bo', roles: ['billing'] });
  const page = await browser.get('/settings');
  expect(page.text).toContain('Only administrators change this.');
  const fields = Object.fromEntries(load(page.text)('form[action="/settings"]').serializeArray().map(({ name, value }) => [name, value]));
  await browser.post('/settings', { ...fields, version: '000001', mode: 'automatic', startOn: '2020-01-01', lockPolicy: 'first-open-day' });
  const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
  expect(newest?.body).toMatchObject({ mode: 'review', lockPolicy: 'first-open-day' });
  expect([newest?.by, newest?.note]).toEqual(['Bo', expect.stringContaining('Bills in a closed period')]);
});

test('a role taken away in Clio counts at the next request, not at the next sign-in', async () => {
  const { on } = await busyFirm();
  await connectXeroTo(on, 'us:999', 'another-organisation');
  const browser = await signedIn(on);
  const firm = await on.store.firms.get('*', FIRM);
  if (!firm) throw new Error('the firm is missing');
  const dana = firm.people['350112'];
  if (!dana) throw new Error('Dana is missing');
  await on.store.firms.replace({ ...firm, people: { ...firm.people, 8: { ...dana, roles: ['admin'] }, 350112: { ...dana, roles: ['timekeeper'] } } });
  expect((await browser.post('/bills/sync', { bill: '9100462' })).status).toBe(403);
});
