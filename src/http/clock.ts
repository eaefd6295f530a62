/** Time as a parameter: the real one in production, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds since some moment. Never set back or ahead, as `now` can be; may stand still while the machine sleeps. */
  ticks(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
    }),
};

export interface Moment {
  at: number;
  ticks: number;
}

export const momentOf = (clock: Clock): Moment => ({ at: clock.now(), ticks: clock.ticks() });

/** Milliseconds since then, in doubt more: where too long would be a danger, neither a clock set back nor a machine that slept may hide time. */
export const passedSince = (clock: Clock, { at, ticks }: Moment): number => Math.max(clock.now() - at, clock.ticks() - ticks);

export const instantOf = (clock: Pick<Clock, 'now'>): string => new Date(clock.now()).toISOString();
