import { burst } from '../soak/burst.js';
import { STORES, tellWhatIsMissing } from '../soak/story-stores.js';
import { seeded } from './seeded.js';

const SEED = Number(process.env.STORY_SEED ?? 20261127);

tellWhatIsMissing();

/** The whole of it, a thousand notices and a hundred kills: `npm run soak -- --burst`. */
test.each(STORES)(`on %s: two hundred notices about twenty bills, while receiver and workers are killed four times (STORY_SEED=${SEED})`, async (_name, makeStore) => {
  const { storeUrl, remove } = await makeStore();
  try {
    const seen = await burst({ storeUrl, events: 200, kills: 4, random: seeded(SEED), clioPerMinute: 10_000, speed: 5 });
    expect(seen.wrong).toEqual([]);
    expect(seen).toMatchObject({ kills: 4, events: 200 });
    expect(seen.acknowledged).toBeGreaterThanOrEqual(200);
    expect(seen.repeated).toBeGreaterThan(0);
  } finally {
    await remove();
  }
}, 240_000);
