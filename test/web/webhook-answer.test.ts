import type { Answer } from '../../src/web/webhooks/answer.js';
import { inTime } from '../../src/web/webhooks/answer.js';
import { VirtualClock } from '../virtual-clock.js';

const logged: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`) };

test('a notice that is not durable after four seconds is answered with 503, and not sooner', async () => {
  const clock = new VirtualClock();
  const answers: Answer[] = [];
  void inTime({ clock, log }, new Promise(() => undefined)).then((answer) => answers.push(answer));
  await clock.advance(3_999);
  expect(answers).toEqual([]);
  await clock.advance(1);
  expect(answers).toEqual([{ status: 503 }]);
});

test('what is answered in time is answered as it is, and leaves no timer behind', async () => {
  const clock = new VirtualClock();
  expect(await inTime({ clock, log }, Promise.resolve({ status: 200, hookSecret: 'offered' }))).toEqual({ status: 200, hookSecret: 'offered' });
  expect(clock.asleep).toBe(0);
});

test('a store that fails is told in the log, and the vendor is asked to send again', async () => {
  expect(await inTime({ clock: new VirtualClock(), log }, Promise.reject(new Error('disk full')))).toEqual({ status: 503 });
  expect(logged).toEqual(['a webhook could not be kept {"detail":"Error: disk full"}']);
});
