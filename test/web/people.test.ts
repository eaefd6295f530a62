import { changeRecord } from '../../src/connections/change-record.js';
import { FIRM, giveBooks, giveSettings } from './sample-firm.js';
import { signedIn, stage } from './stage.js';

async function ready() {
  const on = await stage();
  const dana = await signedIn(on, 'dana', { clioId: '350112', roles: ['admin'] });
  const bo = await signedIn(on, 'bo', { clioId: '8', name: 'Bo Lindqvist', roles: ['timekeeper'] });
  await giveBooks(on);
  await giveSettings(on);
  return { on, dana, bo };
}

test('an administrator gives a role and takes it again; it counts at the next request and stands in the activity', async () => {
  const { on, dana, bo } = await ready();
  expect((await bo.post('/bills/sync', { bill: '1' })).status).toBe(403);
  expect((await dana.post('/people/8', { role: 'bookkeeper' })).headers['location']).toBe('/people#person-8');
  expect((await bo.post('/bills/sync', { bill: '1' })).status).toBe(303);
  await dana.post('/people/8', { role: '' });
  expect((await bo.post('/bills/sync', { bill: '1' })).status).toBe(403);
  const lines = (await on.store.activity.list(FIRM)).filter((line) => line.what === 'rights-given');
  expect(lines.map((line) => [line.by, line.text, line.before, line.after]).sort()).toEqual([
    ['Dana Whitlock', 'Dana Whitlock changed what Bo Lindqvist may do.', 'Bookkeeper, without trust rights', 'as in Clio (Viewer), without trust rights'],
    ['Dana Whitlock', 'Dana Whitlock changed what Bo Lindqvist may do.', 'as in Clio (Viewer), without trust rights', 'Bookkeeper, without trust rights'],
  ]);
});

test('what was given stays when the person signs in again', async () => {
  const { on, dana } = await ready();
  await dana.post('/people/8', { role: 'bookkeeper', trust: 'on' });
  await signedIn(on, 'bo', { clioId: '8', name: 'Bo Lindqvist', roles: ['timekeeper'] });
  expect((await on.store.firms.get('*', FIRM))?.rights).toEqual({ 8: { role: 'bookkeeper', trust: true } });
});

test('trust rights are apart from every role', async () => {
  const { dana, bo } = await ready();
  await dana.post('/people/8', { role: '', trust: 'on' });
  expect((await bo.post('/bills/sync', { bill: '1' })).status).toBe(403);
  expect((await dana.post('/trust/42', { do: 'off' })).status).toBe(403);
  expect((await bo.post('/trust/42', { do: 'off' })).status).toBe(303);
});

test('the last administrator stays one', async () => {
  const { on, dana } = await ready();
  const reply = await dana.post('/people/350112', { role: 'viewer' });
  expect([reply.status, reply.text.includes('Somebody has to administer Tieout')]).toEqual([409, true]);
  expect((await on.store.firms.get('*', FIRM))?.rights).toBeUndefined();
  await dana.post('/people/8', { role: 'admin' });
  expect((await dana.post('/people/350112', { role: 'viewer' })).status).toBe(303);
});

test('nobody else gives rights, and nobody unknown is given any', async () => {
  const { on, dana, bo } = await ready();
  expect((await bo.post('/people/8', { role: 'admin', trust: 'on' })).status).toBe(403);
  expect((await bo.get('/people')).text).not.toContain('<select');
  expect((await dana.post('/people/777', { role: 'admin' })).status).toBe(404);
  expect((await dana.post('/people/8', { role: 'owner' })).status).toBe(404);
  expect((await on.store.firms.get('*', FIRM))?.rights).toBeUndefined();
});

test('a role of Clio that is taken away there counts here too, unless one was given here', async () => {
  const { on, dana } = await ready();
  await dana.post('/people/8', { role: 'admin' });
  await changeRecord(on.store.firms, '*', FIRM, (firm) => ({ people: { ...firm.people, 350112: { name: 'Dana Whitlock', email: null, roles: [], lastSeenAt: '2026-11-20T09:00:00Z' } } }));
  expect((await dana.post('/people/8', { role: 'viewer' })).status).toBe(403);
});

test('each person chooses for themselves what mail to get, whatever their role, and sees who is told what', async () => {
  const { on, dana, bo } = await ready();
  expect((await bo.post('/mail', { choice: 'digest' })).headers['location']).toBe('/mail');
  await dana.post('/mail', { choice: 'off' });
  expect((await on.store.firms.get('*', FIRM))?.mail).toEqual({ 8: 'digest', 350112: 'off' });
  expect((await bo.get('/mail')).text).toContain('A connection is lost, or another sync is at work: <strong>Nobody</strong>');
  await dana.post('/mail', { choice: 'all' });
  const page = (await dana.get('/mail')).text;
  expect(page).toContain('A connection is lost, or another sync is at work: <strong>Dana Whitlock</strong>');
  expect(page).toMatch(/value="all" checked/);
  expect((await dana.post('/mail', { choice: 'loud', user: '8' })).status).toBe(400);
  expect((await on.store.firms.get('*', FIRM))?.mail).toEqual({ 8: 'digest', 350112: 'all' });
});

test('a server without a mail server says so where people choose, and in the settings', async () => {
  for (const sendsMail of [true, false]) {
    const on = await stage({ sendsMail });
    const dana = await signedIn(on, 'dana', { clioId: '350112', roles: ['admin'] });
    await giveBooks(on);
    await giveSettings(on);
    for (const path of ['/mail', '/settings']) expect([path, sendsMail, (await dana.get(path)).text.includes('Nobody is told by mail')]).toEqual([path, sendsMail, !sendsMail]);
  }
});
