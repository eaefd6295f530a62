import * as clioOAuth from '../../src/clio/oauth.js';
import { loadConfig } from '../../src/config.js';
import { createFreshToken } from '../../src/connections/fresh-token.js';
import type { ConnectionDeps } from '../../src/connections/ports.js';
import { openToken } from '../../src/connections/sealed-tokens.js';
import { connectXero } from '../../src/demo/acts.js';
import { createSealer } from '../../src/store/seal.js';
import * as xeroOAuth from '../../src/xero/oauth.js';
import { aBill, IN_STEP, stateOf } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

/** The same thing with some of its methods in other hands. */
const but = <T extends object>(whole: T, changes: Partial<T>): T =>
  new Proxy(whole, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in changes ? changes : target, name);
      return typeof value === 'function' ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
  });

/** Another process on the same store, killed when it has the vendor's answer to a refresh and has not stored it: nothing comes after that, and its turn is not given back. */
async function killedWithTheAnswerInHand(story: Story, side: 'clio' | 'xero'): Promise<void> {
  const config = loadConfig(story.world.env);
  const sealer = createSealer(config.secretKeys);
  const { clock, store } = story;
  const [us] = [config.clio.us];
  if (!us) throw new Error('no American Clio');
  let killed: () => void = () => undefined;
  const storing = new Promise<void>((resolve) => (killed = resolve));
  const neverStored = () => {
    killed();
    return new Promise<never>(() => undefined);
  };
  const deps: ConnectionDeps = {
    clock, sealer,
    store: { ...store, connections: but(store.connections, { replace: neverStored }) },
    clio: { apps: { us: { baseUrl: us.url, clientId: us.clientId, clientSecret: us.clientSecret, redirectUri: `${story.world.appUrl}/oauth/clio/callback` } }, oauth: clioOAuth, clientFor: () => { throw new Error('nobody asks Clio here'); } },
    xero: { app: { ...config.xero, clock, redirectUri: `${story.world.appUrl}/oauth/xero/callback`, scopes: [] }, oauth: xeroOAuth },
  };
  const connection = (await store.connections.list(FIRM)).find((each) => each.side === side);
  if (!connection) throw new Error(`no connection with ${side}`);
  // Storing comes after the vendor's answer, so a new pair was given out; nothing of it is kept.
  void createFreshToken(deps)(FIRM, connection.id, openToken(sealer, connection, 'accessToken') ?? '');
  await storing;
  expect((await store.connections.get(FIRM, connection.id))?.refreshToken).toBe(connection.refreshToken);
}

const lost = async (story: Story) => (await story.activity()).filter((what) => what === 'connection-lost').length;

test.each(['new-pair', 'same-pair'] as const)('a process killed between the answer of Xero’s token endpoint and storing it: the token before is taken for half an hour (%s)', async (repeatedRefresh) => {
  const story = await Story.begin({ xeroSwitches: { repeatedRefresh } });
  await story.ready();
  await killedWithTheAnswerInHand(story, 'xero');
  // Until four fifths of the token's life are over and it has to be renewed, which is within the half hour.
  await story.pass(25 * 60_000);
  const bill = aBill(story);
  await story.pass(60_000);
  expect([await stateOf(story, bill), await lost(story)]).toEqual([IN_STEP, 0]);
});

test('it is renewed within minutes, although there is no work in which anybody would need it', async () => {
  const story = await Story.begin();
  await story.ready();
  const [before] = (await story.store.connections.list(FIRM)).filter((each) => each.side === 'xero');
  await killedWithTheAnswerInHand(story, 'xero');
  await story.pass(4 * 60_000);
  const [after] = (await story.store.connections.list(FIRM)).filter((each) => each.side === 'xero');
  expect([after?.state, after?.refreshToken === before?.refreshToken]).toEqual(['live', false]);
  await story.pass(60 * 60_000);
  const bill = aBill(story);
  await story.pass(60_000);
  expect([await stateOf(story, bill), await lost(story)]).toEqual([IN_STEP, 0]);
});

test('where nobody renews it within that half hour, a person is asked to connect again, and then nothing is missing', async () => {
  const story = await Story.begin();
  await story.ready();
  await killedWithTheAnswerInHand(story, 'xero');
  await story.off(31 * 60_000);
  const bill = aBill(story);
  await story.on();
  await story.pass(2 * 60_000);
  expect([(await stateOf(story, bill)).differences, await lost(story)]).toEqual([['no invoice'], 1]);
  await connectXero(story.person, story.world);
  await story.pass(60_000);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('the same with Clio, whose refresh tokens are not exchanged: the stored one goes on working', async () => {
  const story = await Story.begin();
  await story.ready();
  await killedWithTheAnswerInHand(story, 'clio');
  story.clio.expireTokens();
  const bill = aBill(story);
  await story.pass(3 * 60_000);
  expect([await stateOf(story, bill), await lost(story)]).toEqual([IN_STEP, 0]);
});
