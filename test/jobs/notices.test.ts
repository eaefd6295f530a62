import { noticesLapsed } from '../../src/jobs/notices.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = Date.UTC(2026, 10, 20);
const ago = (ms: number) => new Date(now - ms).toISOString();
const well = { state: 'enabled', expiresAt: new Date(now + HOUR).toISOString(), previousSecret: null, lastDeliveryAt: ago(2 * HOUR) } as const;

test.each<[string, boolean, Parameters<typeof noticesLapsed>[0], number | null]>([
  ['all is well', false, [well, well], null],
  ['nothing is subscribed yet', false, [], null],
  ['the first handshake is on its way', false, [{ ...well, state: 'expecting-handshake', expiresAt: null }], null],
  ['one is suspended', true, [well, { ...well, state: 'suspended' }], null],
  ['one is over', true, [well, { ...well, expiresAt: ago(0) }], null],
  ['one was lost and is not set up again', true, [well, { ...well, state: 'expecting-handshake', previousSecret: 'sealed' }], null],
  ['a change was found that nobody announced, and nothing heard since', true, [well, well], 10 * MINUTE],
  ['the same a moment ago: the notice may be late', false, [well], MINUTE],
  ['the same, but notices came afterwards', false, [well, { ...well, lastDeliveryAt: ago(5 * MINUTE) }], 10 * MINUTE],
  ['the same long ago', false, [well], 7 * HOUR],
])('%s: lapsed %s', (_case, lapsed, subscriptions, unannouncedAgo) => {
  expect(noticesLapsed(subscriptions, unannouncedAgo === null ? undefined : { at: ago(unannouncedAgo) }, now)).toBe(lapsed);
});
