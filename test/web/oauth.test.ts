import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../src/http/service-error.js';
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

describe.each([['us', 'https://app.clio.com'], ['ca', 'https://ca.app.clio.com'], ['eu', 'https://eu.app.clio.com'], ['au', 'https://au.app.clio.com']] as const)('in region %s', (region, host) => {
  const everywhere = async () => {
    const on = await stage();
    const app = (each: string, baseUrl: string) => ({ baseUrl, clientId: `key-of-${each}`, clientSecret: `secret-of-${each}`, redirectUri: `${on.deps.appUrl}/oauth/clio/callback` });
    Object.assign(on.deps.clio.apps, { us: app('us', 'https://app.clio.com'), ca: app('ca', 'https://ca.app.clio.com'), eu: app('eu', 'https://eu.app.clio.com'), au: app('au', 'https://au.app.clio.com') });
    on.vendors.addUser('dana', { clioId: '350112' });
    return on;
  };

  test('installing asks its own application for consent, makes a firm of its own, and ends where its Clio waits', async () => {
    const on = await everywhere();
    const browser = new Browser(on);
    const start = await browser.get(`/oauth/clio/start?region=${region}&install=1`);
    expect(start.headers['location']).toMatch(new RegExp(`^${host}/oauth/authorize\\?client_id=key-of-${region}&state=`));
    const reply = await browser.get(`/oauth/clio/callback?code=dana&state=${stateOf(start)}`);
    expect(reply.headers['location']).toBe(`${host}/app_integrations_callback`);
    expect(on.vendors.calls).toContain(`clio exchange dana with key-of-${region}`);
    expect((await on.store.firms.list('*')).map(({ id, region: of }) => [id, of])).toEqual([[`${region}:100234`, region]]);
    expect((await browser.get('/bills')).status).toBe(200);
  });

  test('a later visit signs in to the same firm and comes back to where it began', async () => {
    const on = await everywhere();
    await new Browser(on).signIn('dana', region);
    const later = new Browser(on);
    const page = await later.get('/bills?status=needs-you');
    const href = new RegExp(`href="(/oauth/clio/start\\?region=${region}[^"]*)"`).exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const reply = await later.get(`/oauth/clio/callback?code=dana&state=${stateOf(await later.get(href))}`);
    expect([reply.headers['location'], await on.store.firms.count('*')]).toEqual(['/bills?status=needs-you', 1]);
  });

  test('“Sync with Xero” asks its own Clio, and knows nobody of another region', async () => {
    const on = await everywhere();
    const elsewhere = region === 'us' ? 'eu' : 'us';
    await new Browser(on).signIn('dana', elsewhere);
    const query = new URLSearchParams({ user_id: '350112', subject_url: '/api/v4/matters/1500231', custom_action_nonce: 'n0nce' }).toString();
    expect((await new Browser(on).get(`/clio/actions/sync-with-xero-${region}?${query}`)).headers['location']).toMatch(new RegExp(`^${host}/oauth/authorize`));
    on.vendors.nonces.add('matters/1500231/n0nce');
    await new Browser(on).signIn('dana', region);
    expect((await new Browser(on).get(`/clio/actions/sync-with-xero-${region}?${query}`)).headers['location']).toBe('/bills?matter=1500231');
    expect((await on.store.marks.owed(`${region}:100234`)).filter((each) => each.kind === 'matter').map((each) => each.id)).toEqual(['1500231']);
    expect((await on.store.marks.owed(`${elsewhere}:100234`)).filter((each) => each.kind === 'matter')).toEqual([]);
  });
});

describe('a vendor that sends a person back without a permission', () => {
  const ANSWERS: [string, number, string, string?][] = [
    ['error=access_denied', 403, 'was not connected'],
    ['error=server_error', 502, 'has trouble of its own'],
    ['error=temporarily_unavailable', 502, 'has trouble of its own'],
    ['error=invalid_scope', 502, 'refused this application'],
    ['error=unauthorized_client', 502, 'refused this application'],
    ['error=invalid_request', 502, 'refused this application'],
    ['error=something_new', 400, 'did not finish the sign-in'],
    ['nothing', 400, 'did not finish the sign-in', ''],
    ['code=', 400, 'did not finish the sign-in'],
    ['a code too long to be one', 400, 'did not finish the sign-in', `code=${'x'.repeat(5_000)}`],
  ];

  test.each(ANSWERS)('%s: the page says what happened and what to do; nothing is asked of the vendor, and the attempt is over', async (what, status, title, answer = what) => {
    const on = await stage();
    const browser = await signedIn(on);
    const before = on.vendors.calls.length;
    for (const [vendor, name, start] of [['clio', 'Clio', '/oauth/clio/start?region=us'], ['xero', 'Xero', '/oauth/xero/start']] as const) {
      const state = stateOf(await browser.get(start));
      const reply = await browser.get(`/oauth/${vendor}/callback?${answer}&state=${state}`);
      expect([vendor, reply.status, reply.text.includes(`${name} ${title}`), /<main[\s\S]*class="button[^"]*" href="/.test(reply.text)]).toEqual([vendor, status, true, true]);
      expect(reply.text.includes('Reference <code>')).toBe(status >= 500);
      expect((await browser.get(`/oauth/${vendor}/callback?code=dana&state=${state}`)).status).toBe(400);
    }
    expect(on.vendors.calls.slice(before)).toEqual([]);
  });

  test('a secret of ours that a vendor does not know is said as our trouble, not as the person’s', async () => {
    const on = await stage();
    on.deps.clio.oauth.exchangeCode = () => Promise.reject(new ServiceError({ service: 'clio', kind: 'rejected', message: 'clio answered 401 to POST /oauth/token' }));
    const reply = await new Browser(on).signIn('dana');
    expect([reply.status, reply.text.includes('Clio refused this application'), reply.text.includes('Reference <code>')]).toEqual([502, true, true]);
  });
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
