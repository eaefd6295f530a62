import { tellStory } from '../../src/demo/story.js';
import { checkExchanges } from '../conformance/check-exchanges.js';
import { filesAreHere } from '../conformance/described.js';
import { endStories, Story } from './story.js';

afterEach(endStories);

test('from the App Directory to both payments: every bill one invoice equal to the cent, nothing doubled, nothing silent', async () => {
  const story = await Story.begin({ clioSeed: 'law-firm' });
  const stop = story.letTimeRun();
  const { rows, problems } = await tellStory(story.world, story.app, () => undefined);
  await stop();
  expect(problems).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.filter((row) => row.differences.length > 0)).toEqual([]);
  // With the vendors' own descriptions at hand, every request sent and every answer given is held against them.
  if (filesAreHere) expect(checkExchanges(story.exchanges).faults).toEqual([]);
}, 180_000);
