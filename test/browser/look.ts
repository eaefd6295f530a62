import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer as listen } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from '../../src/web/server.js';
import { STEPS } from '../../src/web/setup/steps.js';
import { giveBooks, giveBusyMonth, giveSettings } from '../web/sample-firm.js';
import { signedIn, stage } from '../web/stage.js';

/** Takes a picture of every page, wide and narrow, light and dark: `npx tsx test/browser/look.ts FOLDER`. */
const PAGES = { home: '/', bills: '/bills', bill: '/bills/9100456', drift: '/bills/9100464', inbox: '/inbox', 'tie-out': '/tie-out', costs: '/costs', history: '/history', settings: '/settings', organisations: '/organisations', people: '/people', mail: '/mail', trust: '/trust', activity: '/activity', help: '/help', privacy: '/privacy', missing: '/nowhere' };

async function look(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const fresh = await stage();
  const busy = await stage();
  const newcomer = await signedIn(fresh);
  await giveBooks(fresh);
  const person = await signedIn(busy);
  await giveBooks(busy);
  await giveSettings(busy);
  await giveBusyMonth(busy);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    for (const [name, on, cookie, pages] of [['new', fresh, newcomer.cookie('tieout'), { 'sign-in': '', setup: '/setup', ...Object.fromEntries(STEPS.map(({ name }) => [`setup-${name}`, `/setup/${name}`])) }], ['busy', busy, person.cookie('tieout'), PAGES]] as const) {
      const server = listen(createServer(on.deps)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
      for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const) {
        const context = await browser.newContext({ viewport: { width, height: 850 }, colorScheme: scheme });
        for (const [page, path] of Object.entries(pages)) {
          if (path !== '') await context.addCookies([{ name: 'tieout', value: cookie ?? '', url: origin }]);
          else await context.clearCookies();
          const tab = await context.newPage();
          await tab.goto(`${origin}${path || '/'}`, { waitUntil: 'load' });
          const overflow = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          if (overflow !== 0) console.log(`${name} ${page} ${width}: wider than the window by ${String(overflow)}`);
          await tab.screenshot({ path: join(folder, `${page}-${width}-${scheme}.png`), fullPage: true });
          await tab.close();
        }
        await context.close();
      }
      server.closeAllConnections();
      server.close();
    }
  } finally {
    await browser.close();
  }
}

void look(process.argv[2] ?? 'shots');
