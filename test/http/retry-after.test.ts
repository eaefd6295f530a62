import { retryAfterMs } from '../../src/http/retry-after.js';

const now = Date.UTC(2026, 10, 20, 9, 0, 0);

test.each<[string | undefined, number | null]>([
  ['30', 30_000],
  ['0', 0],
  ['0.5', 500],
  ['Fri, 20 Nov 2026 09:00:45 GMT', 45_000],
  ['Fri, 20 Nov 2026 08:00:00 GMT', 0],
  ['99999999999', 7 * 24 * 3_600_000],
  [undefined, null],
  ['', null],
  ['-5', null],
  ['soon', null],
])('%s', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
