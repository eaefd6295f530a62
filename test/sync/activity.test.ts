import { lineOf, tellUntold } from '../../src/sync/activity.js';
import { linkFor, saveLink } from '../../src/sync/link-records.js';
import { LeaseLostError } from '../../src/store/collection.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { VirtualClock } from '../virtual-clock.js';

const FIRM = 'us:100234';
const DAY = 86_400_000;

async function leased() {
  const clock = new VirtualClock();
  const store = await openSqliteStore(':memory:', { now: () => clock.now() });
  let ids = 0;
  let held = true;
  const context = { firm: { id: FIRM }, held: { epoch: 1, signal: new AbortController().signal, inTime: () => held }, store, clock, newId: () => `id-${(ids += 1)}` };
  const link = await linkFor(context, 'org-1', { id: 'contact:41', kind: 'contact', role: 'main', clioId: '41' });
  const lines = async () => (await store.activity.list(FIRM)).map(({ what, link: about }) => [what, about]);
  return { clock, store, context, link, lines, lose: () => { held = false; } };
}

test('a process that stood still for longer than its lease makes no new link: no epoch would refuse it', async () => {
  const { store, context, lose } = await leased();
  lose();
  await expect(linkFor(context, 'org-1', { id: 'contact:42', kind: 'contact', role: 'main', clioId: '42' })).rejects.toThrow(LeaseLostError);
  expect(await store.links.get(FIRM, 'contact:42')).toBeUndefined();
  expect((await linkFor(context, 'org-1', { id: 'contact:41', kind: 'contact', role: 'main', clioId: '41' })).id).toBe('contact:41');
});

test('a change of a link and its line: the line names the link and what it is linked to', async () => {
  const { context, link, lines } = await leased();
  await saveLink(context, link, { xeroId: 'contact-1' }, { what: 'contact-linked', text: 'Client linked' });
  expect(await lines()).toEqual([['contact-linked', { id: 'contact:41', xeroId: 'contact-1' }]]);
});

test('a process that stopped between the two: whoever reads the link next tells the line, once', async () => {
  const { clock, store, context, link, lines } = await leased();
  // Only the first of the two writes.
  const told = lineOf(context, { what: 'contact-linked', text: 'Client linked' }, { id: link.id, xeroId: 'contact-1' });
  await store.links.replace({ ...link, xeroId: 'contact-1', told, updatedAt: told.at }, 1);
  await clock.advance(3 * DAY);
  const read = async () => tellUntold(context, await store.links.list(FIRM));
  expect(await lines()).toEqual([]);
  await read();
  await read();
  expect(await lines()).toEqual([['contact-linked', { id: 'contact:41', xeroId: 'contact-1' }]]);
  expect((await store.activity.list(FIRM))[0]?.at).toBe(told.at);
});
