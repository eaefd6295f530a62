import { createBudget, type Budget, type Headroom, type Priority } from '../../src/http/budget.js';
import { xeroLimits } from '../../src/connections/open-clients.js';
import { ServiceError } from '../../src/http/service-error.js';
import { VirtualClock } from '../virtual-clock.js';

const limits = { service: 'clio', perMinute: 5, inFlight: 2, minuteReserve: 2, dayLimits: [50, 250] } as const;
const nothing: Headroom = { minuteLimit: null, minuteRemaining: null, minuteResetsAt: null, dayRemaining: null };

function setUp(over: Partial<typeof limits> | { inFlight: number } = {}) {
  const clock = new VirtualClock();
  const started: { name: string; at: number }[] = [];
  const begin = clock.now();
  const budget = createBudget({ ...limits, ...over }, clock);
  const call = (priority: Priority, name: string, until: Promise<void> = Promise.resolve()): Promise<void> =>
    budget.run(priority, () => {
      started.push({ name, at: clock.now() - begin });
      return until;
    });
  return { clock, budget, started, call };
}

const refusalOf = async (budget: Budget, priority: Priority): Promise<ServiceError> => {
  const error: unknown = await budget.run(priority, () => Promise.resolve()).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ServiceError)) throw new Error('it was not refused');
  return error;
};

test('no minute holds more calls than allowed, and people keep a reserve', async () => {
  const { clock, started, call } = setUp({ inFlight: 50 });
  const all = [1, 2, 3, 4, 5, 6, 7].map((n) => call('background', `b${n}`));
  await clock.advance(0);
  expect(started.map(({ name }) => name)).toEqual(['b1', 'b2', 'b3']);
  all.push(call('person', 'p1'), call('person', 'p2'), call('person', 'p3'));
  await clock.advance(1_000);
  expect(started.map(({ name }) => name)).toEqual(['b1', 'b2', 'b3', 'p1', 'p2']);
  await clock.advance(180_000);
  await Promise.all(all);
  for (const { at } of started) expect(started.filter((other) => other.at > at - 60_000 && other.at <= at).length).toBeLessThanOrEqual(5);
  expect(started).toHaveLength(10);
});

test('a person overtakes waiting background work', async () => {
  const { clock, started, call } = setUp({ inFlight: 1 });
  let finish: () => void = () => undefined;
  const first = call('background', 'first', new Promise((resolve) => (finish = resolve)));
  const second = call('background', 'second');
  const person = call('person', 'person');
  await clock.advance(0);
  expect(started.map(({ name }) => name)).toEqual(['first']);
  finish();
  await Promise.all([first, second, person]);
  expect(started.map(({ name }) => name)).toEqual(['first', 'person', 'second']);
});

test('of one organisation in Xero never more than five calls are under way, a person\'s included', async () => {
  const clock = new VirtualClock();
  const budget = createBudget(xeroLimits, clock);
  const underWay = { now: 0, most: 0 };
  const ends: (() => void)[] = [];
  const call = (priority: Priority): Promise<void> =>
    budget.run(priority, async () => {
      underWay.now += 1;
      underWay.most = Math.max(underWay.most, underWay.now);
      await new Promise<void>((end) => ends.push(end));
      underWay.now -= 1;
    });
  const all = Array.from({ length: 12 }, (_each, index) => call(index === 11 ? 'person' : 'background'));
  await clock.advance(0);
  expect(underWay).toEqual({ now: 5, most: 5 });
  while (ends.length > 0) {
    ends.shift()?.();
    await clock.advance(0);
  }
  await Promise.all(all);
  expect(underWay).toEqual({ now: 0, most: 5 });
});

test('a failing call gives its place back', async () => {
  const { budget } = setUp({ inFlight: 1 });
  await expect(budget.run('person', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(budget.run('person', () => Promise.resolve('yes'))).resolves.toBe('yes');
});

test('calls of somebody else on the same token are taken off until the reset the vendor names', async () => {
  const { clock, budget, started, call } = setUp();
  budget.learn({ ...nothing, minuteRemaining: 0, minuteResetsAt: clock.now() + 20_000 });
  const waiting = call('person', 'p');
  await clock.advance(19_000);
  expect(started).toHaveLength(0);
  await clock.advance(1_000);
  await waiting;
  expect(started).toHaveLength(1);
});

test('a higher limit told by the vendor is used', async () => {
  const { clock, budget, started, call } = setUp({ inFlight: 50 });
  budget.learn({ ...nothing, minuteLimit: 12 });
  const all = Array.from({ length: 10 }, (_, n) => call('background', `b${n}`));
  await clock.advance(0);
  expect(started).toHaveLength(10);
  await Promise.all(all);
});

test('a short pause is waited for, a long one is refused with the time to come back', async () => {
  const { clock, budget, started, call } = setUp();
  budget.pause(30_000, 'minute');
  const waiting = call('background', 'b');
  await clock.advance(29_000);
  expect(started).toHaveLength(0);
  await clock.advance(1_000);
  await waiting;
  budget.pause(3_600_000, 'day');
  expect(await refusalOf(budget, 'person')).toMatchObject({ kind: 'rate-limited', scope: 'day', retryAfterMs: 3_600_000 });
});

test('a long pause also turns away those who already wait', async () => {
  const { budget } = setUp();
  budget.pause(30_000, 'minute');
  const waiting = refusalOf(budget, 'background');
  budget.pause(600_000, 'minute');
  expect(await waiting).toMatchObject({ kind: 'rate-limited', retryAfterMs: 600_000 });
});

test('the day reserve is for people, and an old day count is tried again', async () => {
  const { clock, budget, call } = setUp();
  budget.learn({ ...nothing, dayRemaining: 11 });
  await call('background', 'b');
  expect(await refusalOf(budget, 'background')).toMatchObject({ scope: 'day', retryAfterMs: 3_600_000 });
  await call('person', 'p');
  budget.learn({ ...nothing, dayRemaining: 0 });
  expect(await refusalOf(budget, 'person')).toMatchObject({ scope: 'day' });
  await clock.advance(3_600_000);
  await expect(call('background', 'b')).resolves.toBeUndefined();
});

test.each([
  ['the smaller limit', [50], 10],
  ['the larger limit', [250], 50],
  ['the larger limit late in its day', [250, 40], 50],
  ['a plan made larger', [50, 20, 240], 50],
  ['a plan made smaller, from its next day on', [250, 20, 50], 10],
  ['answers that overtook each other', [250, 60, 62], 50],
])('a fifth of the day is kept for people: %s', async (_says, told, reserve) => {
  const { budget, call } = setUp();
  for (const dayRemaining of told) budget.learn({ ...nothing, dayRemaining });
  budget.learn({ ...nothing, dayRemaining: reserve + 1 });
  await call('background', 'b');
  expect(await refusalOf(budget, 'background')).toMatchObject({ kind: 'rate-limited', scope: 'day' });
  await expect(call('person', 'p')).resolves.toBeUndefined();
});

test.each([['ahead', 50_000], ['back', -3_600_000]])('a clock that is set %s neither makes room in a minute nor takes it away', async (_says, ms) => {
  const { clock, started, call } = setUp({ inFlight: 50 });
  const calls = [1, 2, 3, 4].map((n) => call('background', `b${n}`));
  await clock.advance(10_000);
  expect(started).toHaveLength(3);
  clock.set(ms);
  await clock.advance(49_000);
  expect(started).toHaveLength(3);
  await clock.advance(1_500);
  expect(started).toHaveLength(4);
  await Promise.all(calls);
});

test('no timer is left behind when nobody waits any more', async () => {
  let asleep = 0;
  const clock = new VirtualClock();
  const counting = {
    now: () => clock.now(),
    ticks: () => clock.ticks(),
    sleep: async (ms: number, signal?: AbortSignal) => {
      asleep += 1;
      await clock.sleep(ms, signal);
      asleep -= 1;
    },
  };
  const budget = createBudget({ ...limits, inFlight: 10 }, counting);
  for (let n = 0; n < 3; n += 1) await budget.run('background', () => Promise.resolve());
  const background = refusalOf(budget, 'background');
  const person = budget.run('person', () => Promise.resolve());
  await person;
  expect(asleep).toBe(1);
  budget.pause(3_600_000, 'day');
  await background;
  await clock.advance(0);
  expect(asleep).toBe(0);
});

test('what is left of the day for work nobody waits for: as a share, without what is kept for people, and unknown after an hour', async () => {
  const clock = new VirtualClock();
  const budget = createBudget({ service: 'xero', perMinute: 60, inFlight: 5, minuteReserve: 5, dayLimits: [1_000, 5_000] }, clock);
  expect(budget.dayShareLeft()).toBeNull();
  const shareOf = (dayRemaining: number) => (budget.learn({ ...nothing, dayRemaining }), budget.dayShareLeft());
  expect([1_000, 600, 200, 0].map(shareOf)).toEqual([1, 0.5, 0, 0]);
  expect(shareOf(3_000)).toBe(0.5);
  await clock.advance(60 * 60_000);
  expect(budget.dayShareLeft()).toBeNull();
});
