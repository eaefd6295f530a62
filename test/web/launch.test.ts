import { Browser, signedIn, stage, stateOf, type Stage } from './stage.js';

const FIRM = 'us:100234';
const launch = (changes: Record<string, string> = {}, region = 'us') =>
  `/clio/actions/sync-with-xero-${region}?${new URLSearchParams({ custom_action_id: '60551', user_id: '350112', subject_url: '/api/v4/matters/1500231', custom_action_nonce: 'n0nce', ...changes }).toString()}`;
const person = async (on: Stage) => (await on.store.marks.owed(FIRM)).filter((mark) => mark.priority === 0).map((mark) => `${mark.kind}:${mark.id}`);

async function known(): Promise<Stage> {
  const on = await stage();
  await signedIn(on);
  return on;
}

test.each([
  ['/api/v4/matters/1500231', 'matters/1500231', '/bills?matter=1500231', 'matter:1500231'],
  ['/api/v4/contacts/77.json', 'contacts/77', '/bills?client=77', 'contact:77'],
  ['/api/v4/bills/9100451', 'bills/9100451', '/bills/9100451', 'send:9100451'],
])('%s, confirmed by Clio, signs the person in, starts the work and leaves a clean address', async (subject, asked, address, mark) => {
  const on = await known();
  on.vendors.nonces.add(`${asked}/n0nce`);
  const browser = new Browser(on);
  const reply = await browser.get(launch({ subject_url: subject }));
  expect([reply.status, reply.headers['location']]).toEqual([303, address]);
  expect(await person(on)).toEqual([mark]);
  expect((await browser.get('/bills')).status).toBe(200);
  expect(JSON.stringify(on.logged)).not.toContain('n0nce');
});

test('a nonce used before is refused on a page that says what to do', async () => {
  const on = await known();
  on.vendors.nonces.add('matters/1500231/n0nce');
  await new Browser(on).get(launch());
  const thief = new Browser(on);
  const reply = await thief.get(launch());
  expect([reply.status, reply.text.includes('press “Sync with Xero” again')]).toEqual([403, true]);
  expect(thief.cookie('tieout')).toBeUndefined();
});

test('a forged launch signs nobody in and starts nothing', async () => {
  const on = await known();
  const reply = await on.agent.get(launch({ custom_action_nonce: 'guessed' }));
  expect([reply.status, await person(on)]).toEqual([403, []]);
});

test.each(['/api/v4/users/1', '//evil.example/api/v4/matters/1', 'https://evil.example/', '/api/v4/matters/../users/1', '/api/v4/matters/1?fields=id', '/api/v4/matters/'])('the subject %s is never asked of Clio', async (subject) => {
  const on = await known();
  expect((await on.agent.get(launch({ subject_url: subject }))).status).toBe(400);
  expect(on.vendors.calls.filter((call) => call.startsWith('verify'))).toEqual([]);
});

test('a user we do not know goes through the sign-in and finds the work started', async () => {
  const on = await stage();
  on.vendors.addUser('dana', { clioId: '350112' });
  const browser = new Browser(on);
  const start = await browser.get(launch());
  expect(start.headers['location']).toMatch(/^https:\/\/us\.clio\.example\/oauth\/authorize/);
  const reply = await browser.get(`/oauth/clio/callback?code=dana&state=${stateOf(start)}`);
  expect(reply.headers['location']).toBe('/bills?matter=1500231');
  expect(await person(on)).toEqual(['matter:1500231']);
});

test('an unknown action or a region without an application is not there', async () => {
  const on = await known();
  expect((await on.agent.get('/clio/actions/something-else')).status).toBe(404);
  expect((await on.agent.get(launch({}, 'au'))).status).toBe(404);
});

test('word of a removal is a hint: any shape is answered, known firms are looked at, nothing ends', async () => {
  const on = await known();
  await on.store.marks.owed(FIRM);
  for (const reply of [await on.agent.post('/clio/deauthorized').send({ data: { user: { id: 350112 } } }), await on.agent.get('/clio/deauthorized?account_id=100234'), await on.agent.post('/clio/deauthorized').send('nothing useful')]) {
    expect(reply.status).toBe(200);
  }
  const mark = (await on.store.marks.owed(FIRM)).find((each) => each.kind === 'subscriptions');
  expect(mark?.wanted).toBe(3);
  expect((await on.store.connections.findUnique('user', 'us:350112'))?.state).toBe('live');
});
