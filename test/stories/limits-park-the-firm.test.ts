import { PRIORITY } from '../../src/store/store.js';
import { mark } from '../../src/jobs/mark-kinds.js';
import { aBill, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

const xeroCalls = (story: Story) => story.xero.calls({ path: /api\.xro/ }).length;

test("a full day parks the firm's work with its reason, holds no worker, and asks Xero nothing until the hour Xero named", async () => {
  const story = await Story.begin();
  await story.ready();
  story.xero.setDayLimit(0);
  const bill = aBill(story);
  await story.pass(60_000);
  expect((await story.marks()).map(({ kind, lastReason }) => [kind, lastReason])).toContainEqual(['bill', 'XERO_DAY_FULL']);
  expect(await story.store.leases.holder(FIRM)).toBeUndefined();
  const calls = xeroCalls(story);
  const [owed] = await story.marks();
  expect(Date.parse(owed?.notBefore ?? '') - story.clock.now()).toBeGreaterThan(20 * 60_000);
  await story.pass(10 * 60_000);
  expect(xeroCalls(story)).toBe(calls);
  expect((await stateOf(story, bill)).differences).toEqual(['no invoice']);
});

test('the last fifth of the calls of a day is kept for people', async () => {
  const story = await Story.begin();
  await story.ready();
  story.xero.setDayLimit(xeroCalls(story) + 60);
  const byNotice = aBill(story);
  await story.pass(2 * 60_000);
  await story.pass(2 * 60_000);
  const byPerson = aBill(story);
  await story.store.marks.want([mark(FIRM, 'send', String(byPerson), PRIORITY.person)], new Date(story.clock.now()).toISOString());
  await story.pass(2 * 60_000);
  expect((await stateOf(story, byPerson)).differences).toEqual([]);
  expect((await story.marks()).map(({ kind }) => kind)).not.toContain('send');
  expect((await story.marks()).map(({ id, lastReason }) => [id, lastReason])).toContainEqual([String(byNotice), 'XERO_DAY_FULL']);
  expect((await stateOf(story, byNotice)).differences).toEqual(['no invoice']);
});
