import type { BrowserContext } from 'playwright-core';
import type { App } from '../../src/app.js';
import { startTieout, startWorld, temporaryStore, type World, type WorldOptions } from '../../src/demo/world.js';
import { launchChromium } from './chromium.js';
import { watched } from './watched.js';

export interface Stage {
  window: BrowserContext;
  world: World;
  app: App;
  /** What any tab complained about, in words. */
  problems: string[];
  end(): Promise<void>;
}

/** The demo's world and a browser window beside it; null where no browser is installed. */
export async function stageWorld(options: Pick<WorldOptions, 'clioSeed'> = {}): Promise<Stage | null> {
  const browser = await launchChromium();
  if (!browser) return null;
  const { storeUrl, remove } = await temporaryStore();
  const world = await startWorld({ storeUrl, ...options });
  const { app } = await startTieout(world);
  const window = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  return {
    window,
    world,
    app,
    problems: watched(window, [world.appUrl, world.clio.url, world.xero.url]),
    async end() {
      await browser.close();
      await app.stop();
      await world.close();
      await remove();
    },
  };
}
