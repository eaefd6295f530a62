import { calendarDateOf, instantOf } from '../../src/xero/dates.js';

test.each([
  ['/Date(1793577600000+0000)/', '2026-11-02'],
  ['/Date(1793577600000)/', '2026-11-02'],
  ['2026-11-02T00:00:00', '2026-11-02'],
  ['2026-11-02', '2026-11-02'],
  ['/Date(0+0000)/', '1970-01-01'],
  ['/Date(-86400000+0000)/', '1969-12-31'],
])('%s is the day %s, whatever the zone of this computer', (text, day) => {
  expect(calendarDateOf(text)).toBe(day);
});

test.each([
  ['/Date(1777031976527)/', '2026-04-24T11:59:36.527Z'],
  ['2026-11-01T18:02:11.4820170', '2026-11-01T18:02:11.482Z'],
  ['2026-11-02T09:14:27Z', '2026-11-02T09:14:27.000Z'],
])('%s is the moment %s', (text, moment) => {
  expect(instantOf(text)).toBe(moment);
});

test.each(['/Date(soon)/', '', 'tomorrow'])('%p is refused instead of becoming an invalid date', (text) => {
  expect(() => calendarDateOf(text)).toThrow();
});
