import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Camera, Picture } from './walk.js';

const FOLDER = join(__dirname, '../../docs/screenshots');

/** Pictures for the README. Those that are there already are kept, unless all are wanted anew. */
export function pictures(options: { anew: boolean }): Camera {
  return async (tab, name, height) => {
    const path = pathOf(name);
    if (!options.anew && existsSync(path)) return;
    await mkdir(FOLDER, { recursive: true });
    if (height === undefined) await tab.screenshot({ path });
    else await tab.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1280, height } });
  };
}

export const pathOf = (name: Picture): string => join(FOLDER, `${name}.png`);
