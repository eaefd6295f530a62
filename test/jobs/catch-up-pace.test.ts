import { catchUpEveryMs } from '../../src/jobs/catch-up-pace.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('while notices flow we look hourly; after a change nobody announced, and while a webhook is suspended, every ten minutes', () => {
  const now = Date.UTC(2026, 10, 20);
  const well = { state: 'enabled', expiresAt: new Date(now + DAY).toISOString() } as const;
  const minutes = (subscriptions: Parameters<typeof catchUpEveryMs>[0], found?: number) => catchUpEveryMs(subscriptions, found === undefined ? undefined : { at: new Date(found).toISOString() }, now) / 60_000;
  expect(minutes([well, well])).toBe(60);
  expect(minutes([well, { ...well, state: 'suspended' }])).toBe(10);
  expect(minutes([well, { ...well, expiresAt: new Date(now).toISOString() }])).toBe(10);
  expect(minutes([])).toBe(10);
  expect(minutes([well], now - 5 * HOUR)).toBe(10);
  expect(minutes([well], now - 7 * HOUR)).toBe(60);
});
