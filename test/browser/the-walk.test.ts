import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { findings, overflow } from './findings.js';
import { pathOf, pictures } from './pictures.js';
import { stageWorld } from './stage-world.js';
import { PICTURES, walk, type Picture } from './walk.js';

const NARROW = 390;
const WIDE = 1280;

test('a person installs Tieout from Clio, connects Xero, answers set-up, sees the dry run, sends a bill, and sees it paid on both sides', async () => {
  const stage = await stageWorld();
  if (!stage) return;
  const inTheWay: string[] = [];
  const picture = pictures({ anew: false });
  /** At every stop of the walk: a picture where one is missing, and what would stand in somebody's way. */
  const camera = async (tab: Page, name: Picture, height?: number) => {
    await picture(tab, name, height);
    if (new URL(tab.url()).origin !== stage.world.appUrl) return;
    inTheWay.push(...(await findings(tab)).map((each) => `${name}: ${each}`));
    const wider = await overflow(tab, NARROW);
    await tab.setViewportSize({ width: WIDE, height: 800 });
    if (wider > 0) inTheWay.push(`${name}: wider than ${NARROW} pixels by ${wider}`);
  };
  try {
    expect(await walk(stage.window, stage.world, camera)).toEqual({ reloads: 0 });
    expect(inTheWay).toEqual([]);
    expect(stage.problems).toEqual([]);
  } finally {
    await stage.end();
  }
});

test.each(PICTURES)('the picture %s is there, small enough to load at once', (name) => {
  expect(statSync(pathOf(name)).size).toBeGreaterThan(5_000);
  expect(statSync(pathOf(name)).size).toBeLessThan(200_000);
});
