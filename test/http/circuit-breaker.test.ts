import { createCircuitBreaker } from '../../src/http/circuit-breaker.js';
import { KeptBackError } from '../../src/http/failure.js';
import { ServiceError } from '../../src/http/service-error.js';
import { VirtualClock } from '../virtual-clock.js';

type Kind = ServiceError['kind'];
const SECOND = 1_000;

function breaker() {
  const clock = new VirtualClock();
  const sent: string[] = [];
  const circuit = createCircuitBreaker('xero', clock);
  const call = (kind: Kind | 'ok', status: number | null = null): Promise<string> =>
    circuit
      .run(() => {
        sent.push(kind);
        return kind === 'ok' ? Promise.resolve('ok') : Promise.reject(new ServiceError({ service: 'xero', kind, message: kind, status }));
      })
      .catch((error: unknown) => (error instanceof ServiceError ? `${error.kind} ${error.retryAfterMs ?? '-'}` : 'other'));
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) await call(time % 2 === 0 ? 'unavailable' : 'ambiguous', time % 2 === 0 ? null : 503);
  };
  return { clock, sent, call, fail, circuit };
}

test('after five failures in a row nothing is sent for ten seconds, and callers hear when to come back', async () => {
  const { clock, sent, call, fail } = breaker();
  await fail(5);
  expect(await call('ok')).toBe('unavailable 10000');
  await clock.advance(9 * SECOND);
  expect(await call('ok')).toBe('unavailable 1000');
  expect(sent).toHaveLength(5);
  await clock.advance(1 * SECOND);
  expect(await call('ok')).toBe('ok');
  expect(await call('ok')).toBe('ok');
});

test('one call goes ahead to see; while it is under way the others are refused', async () => {
  const { clock, sent, call, fail, circuit } = breaker();
  await fail(5);
  await clock.advance(10 * SECOND);
  let answer: () => void = () => undefined;
  const probe = circuit.run(() => new Promise<void>((resolve) => (answer = resolve)));
  expect(await call('ok')).toMatch(/^unavailable/);
  answer();
  await probe;
  expect(await call('ok')).toBe('ok');
  expect(sent).toHaveLength(6);
});

test('each failed try doubles the pause, up to five minutes; an answer makes it short again', async () => {
  const { clock, call, fail } = breaker();
  await fail(5);
  const pauses: string[] = [];
  for (let time = 0; time < 7; time += 1) {
    const pause = await call('ok');
    pauses.push(pause.split(' ')[1] ?? '');
    await clock.advance(Number(pause.split(' ')[1]));
    await call('unavailable');
  }
  expect(pauses).toEqual(['10000', '20000', '40000', '80000', '160000', '300000', '300000']);
  await clock.advance(300 * SECOND);
  await call('ok');
  await fail(5);
  expect(await call('ok')).toBe('unavailable 10000');
});

test.each<[string, Kind, number | null]>([
  ['a refusal', 'rejected', 400],
  ['a limit', 'rate-limited', 429],
  ['an answer that cannot be read', 'ambiguous', 200],
])('%s shows that somebody is there', async (_what, kind, status) => {
  const { call, fail } = breaker();
  await fail(4);
  await call(kind, status);
  await fail(4);
  expect(await call('ok')).toBe('ok');
});

test('what was refused or kept back before it was sent says nothing about the vendor', async () => {
  const { call, fail, circuit } = breaker();
  await fail(4);
  await call('rate-limited', null);
  await call('unauthorized', null);
  for (let time = 0; time < 5; time += 1) await expect(circuit.run(() => Promise.reject(new KeptBackError('xero', 'create invoices')))).rejects.toThrow('not sent');
  expect(await call('unauthorized', null)).toBe('unauthorized -');
  await fail(1);
  expect(await call('ok')).toMatch(/^unavailable/);
});
