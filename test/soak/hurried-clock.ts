import { systemClock, type Clock } from '../../src/http/clock.js';

/** Time that runs `speed` times as fast as the machine's from `epoch` (milliseconds since 1970) on; the same in every process that is given both. */
export function hurriedClock(speed: number, epoch: number): Clock {
  return {
    now: () => Math.floor(epoch + (Date.now() - epoch) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  };
}
