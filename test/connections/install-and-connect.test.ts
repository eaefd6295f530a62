import { addToClio, connectXero } from '../../src/demo/acts.js';
import { endStories, FIRM, Story } from '../stories/story.js';
import { aBill, IN_STEP, stateOf, writtenAgain } from './a-bill.js';

afterEach(endStories);

const LONGER_THAN_A_RETRY = 70 * 60_000;
const CLIENT = 'demo-clio-app';
const ELSEWHERE = 'Pemberton Shaw Solicitors';
const PAGES = ['/', '/bills', '/inbox', '/tie-out', '/history', '/activity', '/settings', '/setup'];

/** What a person is told, and that the page offers a way on. */
const told = (story: Story) => ({ status: story.person.status, title: story.person.$('h1').text(), wayOn: story.person.$('main a.button').length });
const connection = async (story: Story) => (await story.store.connections.list(FIRM)).find((each) => each.side === 'xero');

async function signedInAtClio(story: Story): Promise<void> {
  await story.person.open(`${story.world.clio.url}/nc/sign_in`);
  await story.person.press('Sign in');
}

/** Goes to Clio's consent page; the address Clio would come back to with this code. */
async function clioAnswer(story: Story, code: string): Promise<string> {
  await story.person.open(`${story.world.appUrl}/oauth/clio/start?region=us`);
  const state = String(story.person.$('input[name=state]').attr('value'));
  return `${story.world.appUrl}/oauth/clio/callback?${new URLSearchParams({ code, state }).toString()}`;
}

const freshClioCode = (story: Story) => story.clio.authorize(CLIENT, story.clio.users()[0]?.id ?? 0, `${story.world.appUrl}/oauth/clio/callback`);

describe('with Clio', () => {
  test('declining lands on our page, with nothing stored and a way to start again', async () => {
    const story = await Story.begin();
    await signedInAtClio(story);
    await story.person.open(`${story.world.clio.url}/nc/apps`);
    await story.person.follow('Add to Clio');
    expect(new URLSearchParams(story.person.url.search).get('redirect_on_decline')).toBe('true');
    await story.person.press('Decline');
    expect(told(story)).toEqual({ status: 403, title: 'Clio was not connected', wayOn: 1 });
    expect(await story.store.firms.count('*')).toBe(0);
  });

  test('a wrong state, an old one, a used one and a used code each say what to do, and store nothing', async () => {
    const story = await Story.begin();
    await signedInAtClio(story);
    const outcomes: Record<string, unknown> = {};
    const at = async (name: string, address: string) => {
      await story.person.open(address);
      outcomes[name] = told(story);
    };
    await at('wrong state', `${story.world.appUrl}/oauth/clio/callback?code=${freshClioCode(story)}&state=${'a'.repeat(43)}`);
    await at('no state', `${story.world.appUrl}/oauth/clio/callback?code=${freshClioCode(story)}`);
    const late = await clioAnswer(story, freshClioCode(story));
    await story.clock.advance(10 * 60_000);
    await at('old state', late);
    await at('unknown code', await clioAnswer(story, 'made-up'));
    expect(await story.store.firms.count('*')).toBe(0);

    const code = freshClioCode(story);
    const good = await clioAnswer(story, code);
    await story.person.open(good);
    expect([story.person.status, story.person.url.pathname, await story.store.firms.count('*')]).toEqual([200, '/', 1]);
    await at('used state', good);
    await at('used code', await clioAnswer(story, code));
    const cannotFinish = { status: 400, title: 'This sign-in cannot be finished', wayOn: 1 };
    const refused = { status: 403, title: 'Clio did not accept the sign-in', wayOn: 1 };
    expect(outcomes).toEqual({
      'wrong state': cannotFinish, 'no state': { status: 400, title: 'Clio did not finish the sign-in', wayOn: 1 }, 'old state': cannotFinish,
      'unknown code': refused, 'used state': cannotFinish, 'used code': refused,
    });
  });

  test('removing Tieout in Clio is noticed and said on every page; installing again finds everything as it was', async () => {
    const story = await Story.begin();
    await story.ready();
    const bill = aBill(story);
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    const before = await story.links();

    await story.clio.revokeApp(CLIENT);
    await story.quiet();
    for (const path of PAGES) {
      await story.person.open(`${story.world.appUrl}${path}`);
      expect([path, story.person.$('.alarm').text().includes('Clio is disconnected'), story.person.$('.alarm a').attr('href')]).toEqual([path, true, '/oauth/clio/start?region=us']);
    }
    await addToClio(story.person, story.world);
    await story.settle();
    await story.person.open(`${story.world.appUrl}/bills`);
    expect(story.person.$('.alarm').length).toBe(0);
    expect((await story.links()).map((link) => [link.id, link.xeroId])).toEqual(before.map((link) => [link.id, link.xeroId]));
    expect(await writtenAgain(story, bill)).toEqual([]);
    expect(story.clio.webhooks()).toHaveLength(4);
  });

  test('a removal told without a word that helps is noticed by the next look, once', async () => {
    const story = await Story.begin({ clioSwitches: { deauthorization: 'get' } });
    await story.ready();
    await story.clio.revokeApp(CLIENT);
    await story.pass(LONGER_THAN_A_RETRY);
    await story.person.open(`${story.world.appUrl}/bills`);
    expect(story.person.$('.alarm').text()).toContain('Clio is disconnected');
    expect((await story.activity()).filter((what) => what === 'connection-lost')).toHaveLength(1);
  });

  test('a removal that was only claimed ends nothing', async () => {
    const story = await Story.begin();
    await story.ready();
    await fetch(`${story.world.appUrl}/clio/deauthorized`, { method: 'POST', body: JSON.stringify({ account_id: 100_234, user_id: story.clio.users()[0]?.id }) });
    await story.settle();
    expect((await story.store.connections.list(FIRM)).map((each) => each.state)).toEqual(['live', 'live']);
  });
});

describe('with Xero', () => {
  async function installed(): Promise<Story> {
    const story = await Story.begin();
    await addToClio(story.person, story.world);
    await story.settle();
    return story;
  }
  const consentPage = async (story: Story) => {
    await story.person.open(`${story.world.appUrl}/oauth/xero/start`);
    return story.person.url.href;
  };

  test('denying lands on our page, with nothing stored and a way to start again', async () => {
    const story = await installed();
    await consentPage(story);
    await story.person.press('Sign in');
    await story.person.press('Deny');
    expect(told(story)).toEqual({ status: 403, title: 'Xero was not connected', wayOn: 1 });
    expect(await connection(story)).toBeUndefined();
  });

  test('a wrong state, an old one, a used one and a used code each say what to do', async () => {
    const story = await installed();
    const outcomes: Record<string, unknown> = {};
    const at = async (name: string, address: string) => {
      await story.person.open(address);
      outcomes[name] = told(story);
    };
    const consent = async () => story.xero.consent({ authorizeUrl: await consentPage(story) });
    const withState = (address: string, state: string) => {
      const url = new URL(address);
      url.searchParams.set('state', state);
      return url.href;
    };
    await at('wrong state', withState(await consent(), 'b'.repeat(43)));
    const late = await consent();
    await story.clock.advance(10 * 60_000);
    await at('old state', late);
    expect(await connection(story)).toBeUndefined();

    const good = await consent();
    await story.person.open(good);
    expect([story.person.url.pathname, (await connection(story))?.state]).toEqual(['/setup', 'live']);
    await at('used state', good);
    const fresh = new URL(await consentPage(story)).searchParams.get('state') ?? '';
    await at('used code', withState(good, fresh));
    const cannotFinish = { status: 400, title: 'This sign-in cannot be finished', wayOn: 1 };
    expect(outcomes).toEqual({ 'wrong state': cannotFinish, 'old state': cannotFinish, 'used state': cannotFinish, 'used code': { status: 403, title: 'Xero did not accept the sign-in', wayOn: 1 } });
    expect((await connection(story))?.state).toBe('live');
  });

  test('disconnecting here ends this one connection at Xero; the same person’s other firm keeps its own', async () => {
    const story = await Story.begin();
    await story.ready();
    const bill = aBill(story);
    await story.settle();
    const before = story.xero.connections();
    expect(before).toHaveLength(2);
    const own = (await connection(story))?.xeroConnectionId;

    await story.person.open(`${story.world.appUrl}/setup`);
    await story.person.press('Disconnect Xero');
    expect(story.xero.calls({ method: 'DELETE' }).map((call) => call.path)).toEqual([`/connections/${own ?? ''}`]);
    expect(story.xero.connections()).toEqual(before.filter((each) => each.id !== own));
    expect(await connection(story)).toMatchObject({ state: 'removed', accessToken: '', refreshToken: null, previousRefreshToken: null });

    const invoices = story.xero.invoices().length;
    const later = aBill(story);
    await story.pass(5 * 60_000);
    await story.person.open(`${story.world.appUrl}/bills`);
    expect(story.person.$('.alarm').text()).toContain('No Xero organisation is connected');
    expect((await story.link(bill))?.shown?.xeroNumber).not.toBeNull();
    expect(story.xero.invoices()).toHaveLength(invoices);

    await connectXero(story.person, story.world);
    await story.settle();
    expect([await stateOf(story, bill), await stateOf(story, later)]).toEqual([IN_STEP, IN_STEP]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test.each(['403', '401'] as const)('a disconnect made inside Xero (told by %s) is noticed at the next work and said on every page; the same organisation resumes, another is refused', async (told401) => {
    const story = await Story.begin({ xeroSwitches: { disconnected: told401 === '401' ? 401 : 403 } });
    await story.ready();
    const bill = aBill(story);
    await story.settle();
    const organisation = (await connection(story))?.organisationName ?? '';
    story.xero.disconnect(organisation);
    const later = aBill(story);
    await story.pass(60_000);
    expect(await connection(story)).toMatchObject({ state: 'needs-reauth', stateReason: 'CONN_XERO_REMOVED' });
    expect((await story.activity()).filter((what) => what === 'connection-lost')).toHaveLength(1);
    for (const path of PAGES) {
      await story.person.open(`${story.world.appUrl}${path}`);
      expect([path, story.person.$('.alarm').text().includes('Xero was disconnected on its side'), story.person.$('.alarm a').attr('href')]).toEqual([path, true, '/oauth/xero/start']);
    }
    expect((await story.link(bill))?.shown?.xeroNumber).not.toBeNull();
    // The next look finds the connection ended, and makes not one more refused call.
    const calls = story.xero.calls().length;
    await story.pass(LONGER_THAN_A_RETRY);
    expect(story.xero.calls().length).toBe(calls);

    const person = story.person;
    await person.open(`${story.world.appUrl}/oauth/xero/start`);
    await person.open(story.xero.consent({ authorizeUrl: person.url.href, organisation: ELSEWHERE }));
    expect([person.status, person.$('h1').text()]).toEqual([409, `This is not ${organisation}`]);
    expect((await connection(story))?.state).toBe('needs-reauth');

    await person.open(`${story.world.appUrl}/bills`);
    await person.follow('Connect Xero again');
    await person.open(story.xero.consent({ authorizeUrl: person.url.href, organisation }));
    await story.settle();
    await person.open(`${story.world.appUrl}/bills`);
    expect(person.$('.alarm').length).toBe(0);
    expect([await stateOf(story, bill), await stateOf(story, later)]).toEqual([IN_STEP, IN_STEP]);
    expect(story.doubledPayments()).toEqual([]);
  });
});
