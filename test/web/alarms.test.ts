import { load } from 'cheerio';
import { REASONS, type Reason } from '../../src/core/reasons.js';
import { routeId } from '../../src/store/route-of.js';
import { settingsId } from '../../src/store/settings-of.js';
import { FIRM, giveBooks, giveBusyMonth, giveSettings, TENANT } from './sample-firm.js';
import { connectXeroTo, signedIn, stage, type Browser, type Stage } from './stage.js';

const PAGES = ['/', '/bills', '/bills/9100456', '/inbox', '/tie-out', '/history', '/activity', '/settings', '/setup'];

async function busyFirm(): Promise<{ on: Stage; dana: Browser; bo: Browser }> {
  const on = await stage();
  const dana = await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await giveBusyMonth(on);
  const bo = await signedIn(on, 'bo', { clioId: '71', name: 'Bo Lindqvist', roles: ['billing'] });
  return { on, dana, bo };
}

const connection = async (on: Stage, id: string, changes: { state: 'live' | 'needs-reauth' | 'removed'; stateReason?: string }) => {
  const record = await on.store.connections.get(FIRM, id);
  if (!record) throw new Error(`no connection ${id}`);
  await on.store.connections.replace({ ...record, ...changes });
};
const clio = async (on: Stage, state: 'live' | 'needs-reauth') => {
  for (const id of ['clio:350112', 'clio:71']) await connection(on, id, { state });
};
const xero = (on: Stage, state: 'live' | 'needs-reauth' | 'removed', stateReason = '') => connection(on, `xero:${TENANT}`, { state, stateReason });
const park = (on: Stage, reason: Reason) => on.store.marks.park(FIRM, new Date(on.clock.now() + 3_600_000).toISOString(), reason);
const unpark = async (on: Stage, reason: Reason) => {
  await on.store.marks.unpark(FIRM, [reason], new Date(on.clock.now()).toISOString());
  for (const mark of await on.store.marks.owed(FIRM)) await on.store.marks.finish(mark, 1, new Date(on.clock.now()).toISOString());
};
const costs = (on: Stage, open: boolean) => async () => {
  const id = 'expense:settings:rights';
  const known = await on.store.holds.get(FIRM, id);
  if (known) await on.store.holds.replace({ ...known, open });
  else await on.store.holds.insert({ firm: FIRM, id, billId: 'expense:settings', about: 'rights', reason: 'CONN_XERO_COSTS', facts: {}, choices: [], open, answer: null, answeredBy: null, openedAt: '2026-11-20T08:00:00.000Z', closedAt: null });
};

const webhook = async (on: Stage, state: 'enabled' | 'suspended') => {
  const known = await on.store.subscriptions.get(FIRM, 'bill');
  if (known) await on.store.subscriptions.replace({ ...known, state });
  else await on.store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token: 't'.repeat(43), clioWebhookId: '9', secret: null, previousSecret: null, state, expiresAt: '2026-12-20T08:00:00.000Z', lastDeliveryAt: null });
};

const renewed = async (on: Stage, refreshedAt: string) => {
  const record = await on.store.connections.get(FIRM, `xero:${TENANT}`);
  if (!record) throw new Error('no connection');
  await on.store.connections.replace({ ...record, refreshedAt });
};

/** How each comes about and ends, and the button that mends it. */
const ALARMS: Partial<Record<Reason, { begin: (on: Stage) => Promise<unknown>; end: (on: Stage) => Promise<unknown>; href: string | null; forAll?: boolean }>> = {
  CONN_CLIO_LOST: { begin: (on) => clio(on, 'needs-reauth'), end: (on) => clio(on, 'live'), href: '/oauth/clio/start?region=us', forAll: true },
  CONN_CLIO_RIGHTS: { begin: (on) => park(on, 'CONN_CLIO_RIGHTS'), end: (on) => unpark(on, 'CONN_CLIO_RIGHTS'), href: '/oauth/clio/start?region=us' },
  CONN_XERO_EXPIRED: { begin: (on) => xero(on, 'needs-reauth', 'The refresh token was refused'), end: (on) => xero(on, 'live'), href: '/oauth/xero/start' },
  CONN_XERO_REMOVED: { begin: (on) => xero(on, 'needs-reauth', 'CONN_XERO_REMOVED'), end: (on) => xero(on, 'live'), href: '/oauth/xero/start' },
  CONN_ORG_RESET: { begin: (on) => xero(on, 'needs-reauth', 'CONN_ORG_RESET'), end: (on) => xero(on, 'live'), href: '/oauth/xero/start' },
  CONN_XERO_RIGHTS: { begin: (on) => park(on, 'CONN_XERO_RIGHTS'), end: (on) => unpark(on, 'CONN_XERO_RIGHTS'), href: '/oauth/xero/start' },
  CONN_XERO_UNUSED: { begin: (on) => renewed(on, '2026-10-01T09:00:00.000Z'), end: (on) => renewed(on, '2026-11-20T08:00:00.000Z'), href: '/oauth/xero/start' },
  CONN_XERO_COSTS: { begin: (on) => costs(on, true)(), end: (on) => costs(on, false)(), href: '/oauth/xero/start' },
  NOTICES_LAPSED: { begin: (on) => webhook(on, 'suspended'), end: (on) => webhook(on, 'enabled'), href: null, forAll: true },
  ORG_NOT_CONNECTED: { begin: (on) => xero(on, 'removed'), end: (on) => xero(on, 'live'), href: '/setup' },
};
/** Said on the page a consent ends at (test/web/oauth.test.ts): nothing was connected, so nothing waits. */
const SAID_AT_CONSENT: Reason[] = ['CONN_NO_ORG', 'CONN_WRONG_ORG', 'CONN_ORG_SHARED'];

const alarms = async (browser: Browser, path: string) => {
  const reply = await browser.get(path);
  const onwards = reply.headers['location'];
  const $ = load((onwards === undefined ? reply : await browser.get(onwards)).text);
  return $('.alarm').map((_index, each) => ({ text: $(each).text().replace(/\s+/g, ' '), href: $(each).find('a').attr('href') ?? null })).get();
};

test('whatever can be wrong with a connection is said somewhere', () => {
  const known = [...Object.keys(ALARMS), ...SAID_AT_CONSENT];
  expect(Object.keys(REASONS).filter((reason) => reason.startsWith('CONN_') && !known.includes(reason))).toEqual([]);
});

test.each(Object.entries(ALARMS))('%s stands once on every page, with what to do and the button for it, and goes when it is over', async (name, { begin, end, href, forAll }) => {
  const { on, dana, bo } = await busyFirm();
  const { title, whatToDo } = Object.entries(REASONS).find(([reason]) => reason === name)?.[1] ?? { title: '', whatToDo: '' };
  expect(await alarms(dana, '/bills')).toEqual([]);
  await begin(on);
  for (const path of PAGES) {
    const [told, ...more] = await alarms(dana, path);
    expect([path, more, told?.href, told?.text.includes(`${title.replace('{days}', '50')}. ${whatToDo}`)]).toEqual([path, [], href, true]);
    const [toBo] = await alarms(bo, path);
    expect([path, toBo?.href, toBo?.text.includes('ask Dana Whitlock')]).toEqual([path, forAll ? href : null, !forAll]);
  }
  await end(on);
  for (const path of PAGES) expect([path, await alarms(dana, path)]).toEqual([path, []]);
});

test('the start page does not say that work is on its way while nothing goes on', async () => {
  for (const [reason, { begin, end }] of Object.entries(ALARMS)) {
    const { on, dana } = await busyFirm();
    const stops = !['NOTICES_LAPSED', 'CONN_XERO_COSTS', 'CONN_XERO_UNUSED', 'ORG_NOT_CONNECTED'].includes(reason);
    await begin(on);
    const page = (await dana.get('/')).text;
    expect([reason, page.includes('Nothing goes on for now'), page.includes('Work is on its way')]).toEqual([reason, stops, false]);
    await end(on);
    expect([reason, (await dana.get('/')).text.includes('Nothing goes on for now')]).toEqual([reason, false]);
  }
});

test('of several organisations the one that was lost is named, and the others go on', async () => {
  const { on, dana } = await busyFirm();
  await connectXeroTo(on, FIRM, '7d1f6c22-9a4b-4f0e-8c3d-2b5a1e6f7a80', 'Harwood Property');
  await xero(on, 'needs-reauth', 'CONN_XERO_REMOVED');
  expect((await alarms(dana, '/')).map(({ text }) => text.includes('Harwood Books: Xero was disconnected on its side.'))).toEqual([true]);
  expect((await dana.get('/')).text).not.toContain('Nothing goes on for now');
});

test('of several organisations the one that Tieout paused is named, with the way to its own settings', async () => {
  const { on, dana } = await busyFirm();
  const second = '7d1f6c22-9a4b-4f0e-8c3d-2b5a1e6f7a80';
  await connectXeroTo(on, FIRM, second, 'Harwood Property');
  const at = '2026-11-20T08:58:00.000Z';
  await on.store.settings.insert({ firm: FIRM, id: routeId(1), body: { home: TENANT, rules: [], otherwise: second }, by: 'Dana Whitlock', at, note: null });
  const settings = (await on.store.settings.get(FIRM, '000001'))?.body;
  const pause = (id: string) => on.store.settings.insert({ firm: FIRM, id, body: Object.assign({}, settings, { mode: 'paused' }), by: 'Tieout', at, note: null });
  expect(await alarms(dana, '/bills')).toEqual([]);
  await pause(settingsId(second, 1));
  expect((await alarms(dana, '/bills')).map(({ href, text }) => [href, text.includes('Harwood Property: Clio’s own Xero sync seems to be on.')])).toEqual([[`/organisations/${second}`, true]]);
  expect((await dana.get('/')).text).not.toContain('Nothing goes on for now');
  await pause('000002');
  expect((await alarms(dana, '/bills')).map(({ href, text }) => [href, text.includes('Harwood Books: ')])).toEqual([['/setup/clio-sync', true], [`/organisations/${second}`, false]]);
});

test('two causes are two messages; work that waits for a lost connection adds none', async () => {
  const { on, dana } = await busyFirm();
  await park(on, 'CONN_XERO_RIGHTS');
  await costs(on, true)();
  expect((await alarms(dana, '/')).length).toBe(2);
  await xero(on, 'needs-reauth', 'CONN_XERO_REMOVED');
  expect((await alarms(dana, '/')).map(({ text }) => text.includes('disconnected on its side'))).toEqual([true]);
  await clio(on, 'needs-reauth');
  expect((await alarms(dana, '/')).length).toBe(2);
});
