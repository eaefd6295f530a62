import { ConnectedClio, one } from './connected-clio.js';
import { someText } from './matchers.js';

let clio: ConnectedClio;
let matter: number;
beforeEach(async () => {
  clio = await ConnectedClio.start();
  matter = clio.control.matters()[0]?.id ?? 0;
});
afterEach(() => clio.sandbox.close());

const ACTION = { label: 'Open in Tieout', target_url: 'http://127.0.0.1:9/clio/actions/open', ui_reference: 'matters/show' };
const verify = (nonce: string, token = clio.token, id = matter) => clio.get(`/api/v4/matters/${id}?custom_action_nonce=${nonce}`, {}, token);

async function launched(userIndex = 0): Promise<URL> {
  const action = one(await clio.write('POST', 'custom_actions.json', ACTION))['id'];
  const signIn = await clio.send('/nc/sign_in', { method: 'POST', body: new URLSearchParams({ user_id: String(clio.userId(userIndex)) }) });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const shown = await clio.send(`/nc/matters/${matter}`, { headers: { Cookie: cookie } });
  expect(shown.body).toContain('Open in Tieout');
  const pressed = await clio.send(`/nc/custom_actions/${String(action)}/launch/matters/${matter}`, { headers: { Cookie: cookie } });
  return new URL(pressed.headers.get('location') ?? '');
}

test('pressing the link opens the target with the four parameters, and the nonce works once', async () => {
  const target = await launched();
  expect(Object.fromEntries(target.searchParams)).toEqual({ custom_action_id: someText, user_id: String(clio.userId(0)), subject_url: `/api/v4/matters/${matter}`, custom_action_nonce: someText });
  const nonce = target.searchParams.get('custom_action_nonce') ?? '';
  expect((await verify(nonce)).status).toBe(200);
  expect((await verify(nonce)).status).toBe(403);
});

test('a nonce is good for sixty seconds, for its user, and for its record', async () => {
  const other = await clio.tokensFor(1);
  const mint = () => clio.control.mintNonce(clio.userId(0), `/api/v4/matters/${matter}`);
  expect((await verify(mint(), other.access_token)).status).toBe(403);
  expect((await verify(mint(), clio.token, matter + 1)).status).toBe(403);
  const late = mint();
  await clio.clock.advance(60_000);
  expect((await verify(late)).status).toBe(403);
  expect((await verify('made-up')).status).toBe(403);
  expect((await clio.get(`matters/${matter}`)).status).toBe(200);
});

test('places are those of the enum; bills only with the switch; the same action twice is refused', async () => {
  expect((await clio.write('POST', 'custom_actions.json', ACTION)).status).toBe(201);
  expect((await clio.write('POST', 'custom_actions.json', ACTION)).status).toBe(422);
  const onBills = { ...ACTION, ui_reference: 'bills/show' };
  expect((await clio.write('POST', 'custom_actions.json', onBills)).status).toBe(422);
  clio.sandbox.switches.billCustomActions = true;
  expect((await clio.write('POST', 'custom_actions.json', onBills)).status).toBe(201);
});

test('nobody else sees a user\'s actions', async () => {
  const id = String(one(await clio.write('POST', 'custom_actions.json', ACTION))['id']);
  const other = await clio.tokensFor(1);
  expect((await clio.get(`custom_actions/${id}.json`, {}, other.access_token)).status).toBe(404);
});
