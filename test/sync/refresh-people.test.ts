import { mark } from '../../src/jobs/mark-kinds.js';
import { changeRecord } from '../../src/connections/change-record.js';
import { endStories, FIRM, Story } from '../stories/story.js';

afterEach(endStories);

test('who may use Clio is known from when its lists are read, and later by two calls; a role lost there is lost here', async () => {
  const story = await Story.begin();
  await story.ready();
  const [dana, other] = story.clio.users();
  if (!dana || !other) throw new Error('Clio has too few users');
  const firm = () => story.store.firms.get('*', FIRM);
  expect((await firm())?.inClio?.userIds).toEqual(expect.arrayContaining([String(dana.id), String(other.id)]));

  const person = { name: 'Somebody', email: null, roles: ['admin'], lastSeenAt: '2026-11-20T08:00:00.000Z' };
  await changeRecord(story.store.firms, '*', FIRM, ({ people }) => ({ people: { ...people, [String(other.id)]: person } }));
  story.clio.setRoles(other.id, ['billing']);
  story.clio.disableUser(other.id);
  const since = story.exchanges.length;
  await story.store.marks.want([mark(FIRM, 'people', 'clio')], new Date(story.clock.now()).toISOString());
  await story.settle();
  expect((await firm())?.inClio?.userIds).not.toContain(String(other.id));
  expect((await firm())?.people[String(other.id)]).toEqual({ ...person, roles: ['billing'] });
  expect(story.exchanges.slice(since).map((each) => each.path.replace(/^.*v4\//, ''))).toEqual(['users/who_am_i.json', 'users.json']);
});
