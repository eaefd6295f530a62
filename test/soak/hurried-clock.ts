import { systemClock, type Clock } from '../../src/http/clock.js';

/** Time that runs `speed` times as fast as the machine's from `epoch` (milliseconds since 1970) on; the same in every process that is given both. */
export function hurriedClock(speed: number, epoch: number): Clock {
  const now = (): number => Math.floor(epoch + (Date.now() - epoch) * speed);
  return {
    now,
    ticks: now,
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  };
}
