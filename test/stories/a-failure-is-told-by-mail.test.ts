import { connectXero } from '../../src/demo/acts.js';
import { Mailbox } from '../alerts/mailbox.js';
import { aBill, IN_STEP, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let box: Mailbox;
beforeEach(async () => {
  box = await new Mailbox().open();
});
afterEach(async () => {
  await endStories();
  await box.close();
});

const subjects = () => box.received.map(({ headers }) => headers['subject']);

test('a dead connection is told by mail once, whatever tries it, and once more when somebody has connected it again', async () => {
  const story = await Story.begin({ mailServer: box.url });
  await story.ready();
  story.xero.endGrants('demo-xero-app');
  const bill = aBill(story);
  // The access that is still good runs out first; then the work is tried again and again.
  await story.pass(70 * MINUTE);
  await box.holding(1);
  await story.pass(70 * MINUTE);
  expect(subjects()).toEqual(['The Xero sign-in has expired · Harwood & Lisle LLP']);
  expect(box.received[0]?.text).toContain(`${story.world.appUrl}/setup`);
  expect(JSON.stringify(await story.store.alerts.list(FIRM))).not.toContain('token');

  await connectXero(story.person, story.world);
  await story.pass(2 * MINUTE);
  await box.holding(2);
  expect(subjects().slice(1)).toEqual(['Over: The Xero sign-in has expired · Harwood & Lisle LLP']);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);

  // Her own choice, on the page every letter leads to.
  await story.person.open(`${story.world.appUrl}/mail`);
  await story.person.press('Save', { choice: 'off' });
  story.xero.endGrants('demo-xero-app');
  aBill(story);
  await story.pass(70 * MINUTE);
  expect(subjects()).toHaveLength(2);
});

test('a mail server that is down for hours holds up no bill, and what it would not take is sent after a restart', async () => {
  const story = await Story.begin({ mailServer: box.url });
  await story.ready();
  await box.close();
  const first = aBill(story);
  await story.settle();
  story.xero.endGrants('demo-xero-app');
  aBill(story);
  await story.pass(70 * MINUTE);
  await connectXero(story.person, story.world);
  await story.pass(MINUTE);
  const second = aBill(story);
  await story.settle();
  expect([await stateOf(story, first), await stateOf(story, second)]).toEqual([IN_STEP, IN_STEP]);
  story.xero.endGrants('demo-xero-app');
  aBill(story);
  await story.pass(70 * MINUTE);

  await story.off(HOUR);
  await box.open();
  await story.on();
  await story.pass(35 * MINUTE);
  await box.holding(1);
  await story.pass(HOUR);
  // The first outage was over before anybody could be told; the second is not.
  expect(subjects()).toEqual(['The Xero sign-in has expired · Harwood & Lisle LLP']);
});
