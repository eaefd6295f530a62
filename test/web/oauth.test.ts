import { randomUUID } from 'node:crypto';
import { Browser, connectXeroTo, setCookies, signedIn, stage, stateOf } from './stage.js';

const FIRM = 'us:100234';

test('signing in with Clio makes the firm, its connection with sealed tokens, the marks and a line of activity', async () => {
  const on = await stage();
  on.vendors.addUser('dana', { clioId: '350112' });
  const reply = await new Browser(on).signIn('dana');
  expect([reply.status, reply.headers['location']]).toEqual([302, '/']);
  expect((await on.store.firms.get('*', FIRM))?.name).toBe('Harwood & Lisle LLP');
  const connection = await on.store.connections.findUnique('user', 'us:350112');
  expect([connection?.firm, connection?.state]).toEqual([FIRM, 'live']);
  expect(JSON.stringify(connection)).not.toMatch(/clio-access-dana|refresh-1/);
  expect((await on.store.marks.owed(FIRM)).map((mark) => `${mark.kind}:${mark.id}`)).toContain('subscriptions:clio');
  expect((await on.store.activity.list(FIRM)).map((each) => each.text)).toEqual(['Dana Whitlock connected Clio for Harwood & Lisle LLP.']);
});

test('an installation begun in Clio ends at the address Clio waits at, in the same region', async () => {
  const on = await stage();
  on.vendors.addUser('dana', { clioId: '350112' });
  const browser = new Browser(on);
  const start = await browser.get('/oauth/clio/start?region=eu&install=1');
  expect(start.headers['location']).toMatch(/^https:\/\/eu\.clio\.example\/oauth\/authorize/);
  const reply = await browser.get(`/oauth/clio/callback?code=dana&state=${stateOf(start)}`);
  expect(reply.headers['location']).toBe('https://eu.clio.example/app_integrations_callback');
  expect((await on.store.firms.get('*', 'eu:100234'))?.region).toBe('eu');
});

describe('a state', () => {
  const begin = async () => {
    const on = await stage();
    on.vendors.addUser('dana', { clioId: '350112' });
    const browser = new Browser(on);
    return { on, browser, state: stateOf(await browser.get('/oauth/clio/start?region=us')) };
  };
  const exchanges = (calls: string[]) => calls.filter((call) => call.includes('exchange')).length;

  test('works once', async () => {
    const { on, browser, state } = await begin();
    expect((await browser.get(`/oauth/clio/callback?code=dana&state=${state}`)).status).toBe(302);
    expect((await browser.get(`/oauth/clio/callback?code=dana&state=${state}`)).status).toBe(400);
    expect(exchanges(on.vendors.calls)).toBe(1);
  });

  test('works in the browser it was made for only', async () => {
    const { on, state } = await begin();
    const victim = new Browser(on);
    await victim.get('/oauth/clio/start?region=us');
    const reply = await victim.get(`/oauth/clio/callback?code=dana&state=${state}`);
    expect([reply.status, setCookies(reply), exchanges(on.vendors.calls)]).toEqual([400, [], 0]);
  });

  test('ends after ten minutes', async () => {
    const { on, browser, state } = await begin();
    await on.clock.advance(10 * 60_000);
    expect((await browser.get(`/oauth/clio/callback?code=dana&state=${state}`)).status).toBe(400);
  });

  test('that we never made is refused', async () => {
    const { on, browser } = await begin();
    expect((await browser.get(`/oauth/clio/callback?code=dana&state=${'a'.repeat(43)}`)).status).toBe(400);
    expect((await browser.get('/oauth/clio/callback?code=dana')).status).toBe(400);
    expect(exchanges(on.vendors.calls)).toBe(0);
  });

  test("of one vendor is not taken for the other's", async () => {
    const on = await stage();
    const browser = await signedIn(on);
    const clio = stateOf(await browser.get('/oauth/clio/start?region=us'));
    expect((await browser.get(`/oauth/xero/callback?code=c&state=${clio}`)).status).toBe(400);
    const xero = stateOf(await browser.get('/oauth/xero/start'));
    expect((await browser.get(`/oauth/clio/callback?code=dana&state=${xero}`)).status).toBe(400);
  });
});

test('declining lands on a page that says nothing was changed', async () => {
  const on = await stage();
  const browser = new Browser(on);
  const state = stateOf(await browser.get('/oauth/clio/start?region=us'));
  const reply = await browser.get(`/oauth/clio/callback?error=access_denied&state=${state}`);
  expect([reply.status, reply.text.includes('nothing was changed')]).toEqual([403, true]);
  expect(await on.store.firms.count('*')).toBe(0);
});

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])('%s is no place to return to', async (back) => {
  const on = await stage();
  on.vendors.addUser('dana', { clioId: '350112' });
  const browser = new Browser(on);
  const start = await browser.get(`/oauth/clio/start?region=us&back=${encodeURIComponent(back)}`);
  expect((await browser.get(`/oauth/clio/callback?code=dana&state=${stateOf(start)}`)).headers['location']).toBe('/');
});

describe('connecting Xero', () => {
  const consent = async (browser: Browser) => browser.get(`/oauth/xero/callback?code=c&state=${stateOf(await browser.get('/oauth/xero/start'))}`);
  const wanted = async (on: Awaited<ReturnType<typeof stage>>) => (await on.store.marks.owed(FIRM)).map((mark) => `${mark.kind}:${mark.id}`);

  test('takes the one organisation of this consent and asks for its books', async () => {
    const on = await stage();
    const browser = await signedIn(on);
    on.vendors.addOrganisation("Another customer's books", randomUUID(), 'older-consent');
    const tenant = on.vendors.addOrganisation('Harwood Books');
    expect((await consent(browser)).headers['location']).toBe('/setup');
    const connection = await on.store.connections.findUnique('organisation', tenant);
    expect([connection?.firm, connection?.organisationName, connection?.state]).toEqual([FIRM, 'Harwood Books', 'live']);
    expect(await wanted(on)).toEqual(expect.arrayContaining([`books:${tenant}`, 'catch-up:all']));
  });

  test('lets a person choose when the consent covers several', async () => {
    const on = await stage();
    const browser = await signedIn(on);
    on.vendors.addOrganisation('Old Books');
    const tenant = on.vendors.addOrganisation('Harwood Books');
    const reply = await consent(browser);
    const choice = new URL(String(reply.headers['location']), 'http://x').searchParams.get('choice') ?? '';
    expect((await browser.get(`/setup?choice=${choice}`)).text).toMatch(/Old Books[\s\S]*Harwood Books/);
    expect((await browser.post('/xero/organisation', { choice, organisation: randomUUID() })).status).toBe(400);
    expect((await browser.post('/xero/organisation', { choice, organisation: tenant })).status).toBe(303);
    expect((await on.store.connections.findUnique('organisation', tenant))?.organisationName).toBe('Harwood Books');
    expect((await browser.post('/xero/organisation', { choice, organisation: tenant })).status).toBe(400);
  });

  test('refuses another organisation than before, and gives it back', async () => {
    const on = await stage();
    const browser = await signedIn(on);
    await connectXeroTo(on, FIRM, randomUUID(), 'Harwood Books');
    const wrong = on.vendors.addOrganisation('Demo Company');
    const reply = await consent(browser);
    expect([reply.status, reply.text.includes('Harwood Books')]).toEqual([409, true]);
    expect(await on.store.connections.findUnique('organisation', wrong)).toBeUndefined();
    expect(on.vendors.calls.some((call) => call.startsWith('xero disconnect'))).toBe(true);
  });

  test('refuses an organisation another firm works with, and leaves it alone', async () => {
    const on = await stage();
    const browser = await signedIn(on);
    const tenant = on.vendors.addOrganisation('Shared Books');
    await connectXeroTo(on, 'us:999', tenant, 'Shared Books');
    expect((await consent(browser)).status).toBe(409);
    expect((await on.store.connections.findUnique('organisation', tenant))?.firm).toBe('us:999');
    expect(on.vendors.calls.some((call) => call.startsWith('xero disconnect'))).toBe(false);
  });

  test('disconnecting ends this one connection and keeps the record without tokens', async () => {
    const on = await stage();
    const browser = await signedIn(on);
    const tenant = randomUUID();
    await connectXeroTo(on, FIRM, tenant);
    expect((await browser.post('/xero/disconnect', {})).status).toBe(303);
    expect(on.vendors.calls).toContain('xero disconnect xc-1');
    const record = await on.store.connections.get(FIRM, `xero:${tenant}`);
    expect([record?.state, record?.accessToken, record?.refreshToken]).toEqual(['removed', '', null]);
  });
});
