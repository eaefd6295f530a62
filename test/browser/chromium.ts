import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian, Ubuntu, Fedora, Alpine and macOS put it. */
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `--no-sandbox` because build machines run as root in containers, where Chromium's own sandbox cannot start; the rest keeps it offline and quiet. */
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];

export const findChromium = (preferred?: string): string | null =>
  [...(preferred ? [preferred] : []), ...USUAL_PATHS].find((path) => existsSync(path)) ?? null;

/** The system's Chromium, headless; null where none is installed, said loudly, so that a test can leave itself out. */
export async function launchChromium(preferred = process.env.CHROMIUM_PATH): Promise<Browser | null> {
  const executablePath = findChromium(preferred);
  if (executablePath === null) {
    console.warn('NO BROWSER: pages are not tested in one. Install chromium, or set CHROMIUM_PATH.');
    return null;
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
