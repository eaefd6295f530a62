import { books, FIRM, giveBooks, giveSettings, lists, TENANT } from './sample-firm.js';
import { connectXeroTo, signedIn, stage } from './stage.js';

test('a demo organisation is marked before anything is sent to it', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await connectXeroTo(on, FIRM, TENANT);
  const at = '2026-11-20T08:58:00.000Z';
  await on.store.books.insert({ firm: FIRM, id: TENANT, body: books({ organisation: { ...books().organisation, demo: true } }), at });
  await on.store.books.insert({ firm: FIRM, id: 'clio', body: lists, at });
  expect((await browser.get('/setup')).text).toContain('This is a demo organisation.');
});

test('the dry run is offered once there are settings to plan with, and is asked of the worker', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBooks(on);
  expect((await browser.get('/setup')).text).not.toContain('href="/setup/dry-run"');
  expect((await browser.post('/setup/dry-run', {})).status).toBe(409);
  await giveSettings(on);
  expect((await browser.get('/setup')).text).toContain('href="/setup/dry-run"');
  expect((await browser.get('/setup/dry-run')).text).toContain('Start the dry run');
  expect((await browser.post('/setup/dry-run', {})).status).toBe(303);
  const fragment = await browser.get('/setup/dry-run?fragment=dry-run');
  expect([fragment.headers['x-pending'], fragment.text.includes('Tieout is reading both sides')]).toEqual(['1', true]);
  expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'dry-run').map((mark) => mark.priority)).toEqual([0]);
});

test('how to go on is chosen by an administrator and kept as a version of the settings', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await browser.get('/setup/dry-run');
  expect((await browser.post('/setup/go-live', { mode: 'paused' })).status).toBe(409);
  expect((await browser.post('/setup/go-live', { mode: 'automatic' })).headers['location']).toBe('/bills');
  const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
  expect([newest?.id, newest?.by, newest?.note]).toEqual(['000002', 'Dana Whitlock', 'chose Automatic after the dry run']);
  expect(newest?.body).toMatchObject({ mode: 'automatic' });
});
