import { restAfter, stormIn } from '../../src/jobs/rest.js';
import { PRIORITY, type Mark } from '../../src/store/store.js';

const at = (time: string): string => `2026-11-20T09:${time}.000Z`;
const looked = (changes: Partial<Mark>, time: string) => restAfter({ priority: PRIORITY.webhook, firstWantedAt: at('00:00'), restUntil: null, restless: 0, ...changes }, Date.parse(at(time)));

test('whoever changes a bill now and then does not wait', () => {
  expect(looked({}, '00:02')).toEqual({ until: at('00:02'), restless: 0 });
  expect(looked({ firstWantedAt: at('00:35'), restUntil: at('00:02') }, '00:37')).toEqual({ until: at('00:37'), restless: 0 });
});

test('what is wanted again during its rest, or within half a minute after, rests longer each time from the third look on, up to two minutes', () => {
  let rest = looked({}, '00:02');
  const ends: string[] = [];
  for (const time of ['00:04', '00:06', '00:11', '01:01', '02:01', '04:01']) {
    rest = looked({ firstWantedAt: at('00:03'), restUntil: rest.until, restless: rest.restless }, time);
    ends.push(rest.until);
  }
  expect(ends).toEqual([at('00:04'), at('00:10'), at('01:00'), at('02:00'), at('04:00'), at('06:00')]);
});

test('a storm that pauses goes on where it was, one that has been over for two minutes is over', () => {
  expect(looked({ firstWantedAt: at('01:04'), restUntil: at('00:05'), restless: 3 }, '01:05')).toEqual({ until: at('02:00'), restless: 3 });
  expect(looked({ firstWantedAt: at('02:05'), restUntil: at('00:05'), restless: 3 }, '02:06')).toEqual({ until: at('02:06'), restless: 0 });
});

test('a person who presses again and again makes no storm', () => {
  expect(looked({ priority: PRIORITY.person, firstWantedAt: at('00:03'), restUntil: at('02:00'), restless: 3 }, '00:04')).toEqual({ until: at('00:04'), restless: 0 });
});

test('a storm lasts as long as the longest rest of what was looked at together, and counts in what was restless within two minutes', () => {
  const [calm, second, third] = [0, 1, 2].map((restless) => ({ restless, until: at(`00:1${restless}`) }));
  expect(stormIn([calm, second, third].flatMap((rest) => rest ?? []), Date.parse(at('03:00')))).toEqual({ until: at('00:12'), since: at('01:00') });
  expect(stormIn([calm, second].flatMap((rest) => rest ?? []), Date.parse(at('03:00')))).toBeNull();
});
