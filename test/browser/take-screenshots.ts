import { pictures } from './pictures.js';
import { stageWorld } from './stage-world.js';
import { walk } from './walk.js';

/** Makes the README's pictures anew: `npm run screenshots`. */
async function takeScreenshots(): Promise<void> {
  const stage = await stageWorld();
  if (!stage) throw new Error('there is no browser to take pictures with');
  try {
    await walk(stage.window, stage.world, pictures({ anew: true }));
  } finally {
    await stage.end();
  }
}

void takeScreenshots();
