import { catchUpEveryMs } from '../../src/jobs/catch-up-pace.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('while notices flow we look hourly; after a change nobody announced, and while a webhook is suspended, every ten minutes', () => {
  const now = Date.UTC(2026, 10, 20);
  const well = { state: 'enabled', expiresAt: new Date(now + DAY).toISOString() } as const;
  const minutes = (subscriptions: Parameters<typeof catchUpEveryMs>[0], found?: number) => catchUpEveryMs(subscriptions, found === undefined ? undefined : { at: new Date(found).toISOString() }, undefined, now) / 60_000;
  expect(minutes([well, well])).toBe(60);
  expect(minutes([well, { ...well, state: 'suspended' }])).toBe(10);
  expect(minutes([well, { ...well, expiresAt: new Date(now).toISOString() }])).toBe(10);
  expect(minutes([])).toBe(10);
  expect(minutes([well], now - 5 * HOUR)).toBe(10);
  expect(minutes([well], now - 7 * HOUR)).toBe(60);
});

test('where little is left of the day, looking waits for the bills', () => {
  const now = Date.UTC(2026, 10, 20);
  const well = { state: 'enabled', expiresAt: new Date(now + DAY).toISOString() } as const;
  const minutes = (share: number, seen: number, subscriptions: Parameters<typeof catchUpEveryMs>[0]) => catchUpEveryMs(subscriptions, undefined, { at: new Date(seen).toISOString(), position: String(share) }, now) / 60_000;
  expect([100, 50, 49, 10, 9, 0].map((share) => minutes(share, now, []))).toEqual([10, 10, 30, 30, 120, 120]);
  expect([100, 49, 9].map((share) => minutes(share, now, [well]))).toEqual([60, 60, 120]);
  expect(minutes(0, now - 3 * HOUR, [])).toBe(10);
});
