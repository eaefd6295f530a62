import { statSync } from 'node:fs';
import { pathOf, pictures } from './pictures.js';
import { stageWorld } from './stage-world.js';
import { PICTURES, walk } from './walk.js';

test('a person installs Tieout from Clio, connects Xero, sends a bill, watches it arrive, and sees it paid on both sides', async () => {
  const stage = await stageWorld();
  if (!stage) return;
  try {
    expect(await walk(stage.window, stage.world, pictures({ anew: false }))).toEqual({ reloads: 0 });
    expect(stage.problems).toEqual([]);
  } finally {
    await stage.end();
  }
});

test.each(PICTURES)('the README shows %s, small enough to load at once', (name) => {
  expect(statSync(pathOf(name)).size).toBeGreaterThan(5_000);
  expect(statSync(pathOf(name)).size).toBeLessThan(200_000);
});
