import { ConnectedClio } from './connected-clio.js';
import { HookReceiver } from './hook-receiver.js';

test.each([
  ['post', 1],
  ['get', 1],
  ['none', 0],
] as const)('an app removed inside Clio hears of it by %s', async (form, calls) => {
  const receiver = new HookReceiver();
  const url = await receiver.start();
  const clio = await ConnectedClio.start({ seed: 'empty', switches: { deauthorization: form } });
  clio.control.registerApp({ clientId: 'key', clientSecret: 'shh', name: 'Tieout', redirectUris: [], deauthorizationUrl: url });
  await clio.control.revokeApp('key', clio.userId(0));
  expect(receiver.received).toHaveLength(calls);
  expect((await clio.get('users/who_am_i.json')).status).toBe(401);
  await clio.sandbox.close();
  await receiver.stop();
});
