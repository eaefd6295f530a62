import { connectXero } from '../../src/demo/acts.js';
import { aBill, aClient, IN_STEP, ORGANISATION, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

test('a connection that died is told once, parks the work, and lets it go on at once when a person reconnects', async () => {
  const story = await Story.begin();
  await story.ready();
  story.xero.endGrants('demo-xero-app');
  const bill = aBill(story);
  await story.pass(70 * 60_000);
  expect((await story.activity()).filter((what) => what === 'connection-lost')).toHaveLength(1);
  expect(await story.store.leases.holder(FIRM)).toBeUndefined();

  await connectXero(story.person, story.world);
  await story.quiet();
  await story.pass(60_000);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test.each(['a bill that was sent is looked at', 'the books are read'] as const)('an organisation that was reset stops everything at once, when %s; nothing is made again by itself, and new bills go once a person says so', async (when) => {
  const story = await Story.begin();
  await story.ready();
  const sent = [aBill(story), aBill(story), aBill(story)];
  await story.settle();
  // What was sent a moment ago may be missing from lists that lag; this long after, only from books that are gone.
  await story.pass(70 * 60_000);
  const since = story.exchanges.length;
  story.xero.reset(ORGANISATION);
  if (when === 'the books are read') await story.store.marks.want([{ firm: FIRM, kind: 'books', id: 'all', priority: 0 }], new Date(story.clock.now()).toISOString());
  else await story.store.marks.want([{ firm: FIRM, kind: 'send', id: String(sent[0]), priority: 0 }], new Date(story.clock.now()).toISOString());
  const meanwhile = aBill(story);
  await story.quiet();
  expect([story.writes('xero', since), story.xero.invoices(ORGANISATION), await story.holds()]).toEqual([[], [], []]);
  const owed = await story.marks();
  expect([owed.some((each) => each.id === String(meanwhile)), owed.some((each) => each.lastReason === 'CONN_ORG_RESET')]).toEqual([true, true]);
  expect((await story.activity()).filter((what) => what === 'connection-lost')).toHaveLength(1);
  await story.person.open(`${story.world.appUrl}/bills`);
  expect(story.person.$('.alarm').text()).toContain('The organisation seems to have been reset');

  await story.person.follow('Connect Xero again');
  await story.person.press('Sign in');
  await story.person.press('Allow access');
  await story.settle();
  await story.sweep();
  await story.person.open(`${story.world.appUrl}/organisations`);
  expect(story.person.$('.alarm').text()).toBe('');
  expect(story.person.text).toContain('This is a demo organisation.');
  const next = aBill(story, { client: aClient(story) });
  await story.settle();
  expect(await stateOf(story, next)).toEqual(IN_STEP);
  expect(sent.map((bill) => story.invoicesOf(bill))).toEqual(sent.map(() => []));
  await story.person.open(`${story.world.appUrl}/bills/${sent[1]}`);
  await story.person.press('Sync with Xero');
  await story.settle();
  expect(await story.holds(sent[1])).toEqual(['REMOVED_IN_XERO']);
  expect(story.invoicesOf(sent[1] ?? 0)).toEqual([]);
});
