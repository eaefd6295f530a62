import type { Config } from './config.js';
import { rotateKeys } from './connections/rotate-keys.js';
import { systemClock } from './http/clock.js';
import { openStore } from './store/open-store.js';
import { createSealer } from './store/seal.js';

/** `tieout rotate-keys`: reseals what earlier keys sealed, and says what may be done next. Returns the exit code. */
export async function rotateKeysOnce(config: Pick<Config, 'storeUrl' | 'secretKeys'>, say: (line: string) => void): Promise<number> {
  const store = await openStore(config.storeUrl);
  try {
    const resealed = await rotateKeys({ store, sealer: createSealer(config.secretKeys), clock: systemClock });
    say(`${resealed} record(s) sealed again with the first key of SECRET_KEYS.`);
    say('Run it once more after every server has been restarted with the new list; when it says 0, take the earlier keys out. People signed in with a cookie of an earlier key sign in again then.');
    return 0;
  } finally {
    await store.close();
  }
}
