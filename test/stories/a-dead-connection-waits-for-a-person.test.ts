import { connectXero } from '../../src/demo/acts.js';
import { aBill, IN_STEP, stateOf } from './practice.js';
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
