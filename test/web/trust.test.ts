import { changeRecord } from '../../src/connections/change-record.js';
import { parseSettings } from '../../src/store/settings-schema.js';
import { books, FIRM, giveBooks, giveSettings, lists, TENANT } from './sample-firm.js';
import { signedIn, stage, type Browser, type Stage } from './stage.js';

const ASK = { do: 'ask', bankAccount: 'acc-091', liabilityAccount: '820' };
const TWO = [{ clioId: '350112', name: 'Dana Whitlock' }, { clioId: '9', name: 'Ada Brandt' }];

/** A firm with a trust bank, a liability account, and two people with trust rights. */
async function ready({ users = TWO, live = true } = {}): Promise<{ on: Stage; dana: Browser; ada: Browser }> {
  const on = await stage();
  const dana = await signedIn(on);
  const ada = await signedIn(on, 'ada', { clioId: '9', name: 'Ada Brandt' });
  await giveBooks(on);
  const like = (code: string, name: string, kind: 'asset' | 'liability', isBank: boolean) => ({ xeroId: `acc-${code}`, code, name, class: kind, isBank, currency: isBank ? 'USD' : null, active: true, system: null, takesPayments: false, taxType: null });
  await changeRecord(on.store.books, FIRM, TENANT, () => ({ body: books({ accounts: [...books().accounts, like('091', 'IOLTA Trust', 'asset', true), like('820', 'Held for clients', 'liability', false)] }) }));
  await changeRecord(on.store.books, FIRM, 'clio', () => ({ body: { ...lists, users } }));
  if (live) await giveSettings(on);
  for (const id of ['350112', '9']) await dana.post(`/people/${id}`, { role: '', trust: 'on' });
  return { on, dana, ada };
}

const inForce = async (on: Stage) => parseSettings((await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 }))[0]?.body).trust;
const IOLTA = { 42: { name: 'IOLTA Trust', bankAccount: 'acc-091', liabilityAccount: '820' } };

test('off until one person asks for it and another confirms; then it is a version of the settings with both names', async () => {
  const { on, dana, ada } = await ready();
  expect((await dana.get('/trust')).text).toContain('Suggested: its name says so.');
  expect((await dana.post('/trust/42', ASK)).status).toBe(303);
  expect(await inForce(on)).toEqual({});
  const own = await dana.post('/trust/42', { do: 'confirm', name: 'IOLTA Trust' });
  expect([own.status, own.text.includes('another person with trust rights has to confirm')]).toEqual([422, true]);
  expect((await ada.get('/trust')).text).toContain('Dana Whitlock asked for');
  expect((await ada.post('/trust/42', { do: 'confirm' })).status).toBe(303);
  expect(await inForce(on)).toEqual(IOLTA);
  const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
  expect([newest?.id, newest?.by, newest?.note]).toEqual(['000002', 'Ada Brandt', 'switched on trust account IOLTA Trust, first asked for by Dana Whitlock']);
  expect((await ada.post('/trust/42', { do: 'confirm' })).status).toBe(422);
  expect((await dana.post('/trust/42', { do: 'off' })).status).toBe(303);
  expect(await inForce(on)).toEqual({});
  const trusted = (await on.store.activity.list(FIRM)).map((line) => line.text).filter((text) => /trust account/.test(text));
  expect(trusted.sort()).toEqual(['Ada Brandt switched on trust account IOLTA Trust, first asked for by Dana Whitlock (version 2).', 'Dana Whitlock asked to set up trust account IOLTA Trust; a second consent is needed.', 'Dana Whitlock switched off trust account IOLTA Trust (version 3).']);
});

test.each([
  ['the operating bank', { bankAccount: 'acc-090' }, 'is used for other money'],
  ['an income account', { liabilityAccount: '200' }, 'no active liability account'],
  ['a clearing account', { bankAccount: 'acc-495' }, 'no active bank account'],
  ['nothing', { bankAccount: '', liabilityAccount: '' }, 'no active bank account'],
])('%s can never hold money for clients', async (_, change, says) => {
  const { on, dana } = await ready();
  const reply = await dana.post('/trust/42', { ...ASK, ...change });
  expect([reply.status, reply.text.includes(says)]).toEqual([422, true]);
  expect([await inForce(on), await on.store.runs.get(FIRM, 'trust:42')]).toEqual([{}, undefined]);
});

test('the rules are looked at again at the second consent', async () => {
  const { on, dana, ada } = await ready();
  await dana.post('/trust/42', ASK);
  await changeRecord(on.store.books, FIRM, TENANT, () => ({ body: books() }));
  expect((await ada.post('/trust/42', { do: 'confirm' })).status).toBe(422);
  expect(await inForce(on)).toEqual({});
});

test('an operating account of Clio is no trust account, whatever is posted', async () => {
  const { on, dana } = await ready();
  expect((await dana.post('/trust/41', ASK)).status).toBe(404);
  expect(await inForce(on)).toEqual({});
});

test('the only person of a firm confirms an hour later, by the account’s name', async () => {
  const { on, dana } = await ready({ users: [{ clioId: '350112', name: 'Dana Whitlock' }] });
  await dana.post('/trust/42', ASK);
  expect((await dana.post('/trust/42', { do: 'confirm', name: 'IOLTA Trust' })).text).toContain('an hour after you asked');
  await on.clock.advance(3_600_000);
  expect((await dana.post('/trust/42', { do: 'confirm', name: 'IOLTA' })).text).toContain('Type the account’s name');
  expect((await dana.post('/trust/42', { do: 'confirm', name: 'IOLTA Trust' })).status).toBe(303);
  expect(await inForce(on)).toEqual(IOLTA);
});

test('no role includes trust rights, and they are gone as soon as they are taken', async () => {
  const { on, dana } = await ready();
  await dana.post('/people/350112', { role: '' });
  const reply = await dana.post('/trust/42', ASK);
  expect([reply.status, reply.text.includes('It takes trust rights')]).toEqual([403, true]);
  expect(await on.store.runs.get(FIRM, 'trust:42')).toBeUndefined();
});

test('agreed on during set-up it is in force when the firm goes live, and not before', async () => {
  const { on, dana, ada } = await ready({ live: false });
  expect((await dana.get('/setup/trust')).text).toContain('Set up trust accounts');
  await dana.post('/trust/42', ASK);
  await ada.post('/trust/42', { do: 'confirm' });
  expect((await dana.get('/trust')).text).toContain('Done');
  const answers: [string, Record<string, string>][] = [['clio-sync', { clioSync: 'never' }], ['clio', {}], ['organisation', { organisation: TENANT }], ['start', { startOn: '2026-11-01' }]];
  for (const [step, fields] of answers) expect((await dana.post(`/setup/${step}`, fields)).status).toBe(303);
  const banks = await dana.post('/setup/banks', { 'bankMap.41': 'acc-091', 'bankMap.default': '', 'bankMap.online:card': '', 'bankMap.online:echeck': '' });
  expect([banks.status, banks.text.includes('holds money for clients')]).toEqual([422, true]);
  expect(await on.store.settings.count(FIRM)).toBe(0);
});
