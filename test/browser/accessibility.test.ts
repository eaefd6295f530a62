import type { Page } from 'playwright-core';
import { z } from 'zod';
import { addToClio, connectXero, setUp, until } from '../../src/demo/acts.js';
import { Visitor } from '../../src/demo/visitor.js';
import { findings, overflow } from './findings.js';
import { stageWorld, type Stage } from './stage-world.js';

/** Every page of Tieout, with the demo's awkward bills in it. */
const PAGES = ['/', '/setup', '/bills', '/bills?status=needs-you', '/bills?search=nobody', '/inbox', '/tie-out', '/costs', '/history', '/settings', '/settings/preview', '/organisations', '/people', '/mail', '/trust', '/setup/clio-sync', '/setup/dry-run', '/setup/go-live', '/activity', '/help', '/privacy', '/nowhere'];
const FIRM = 'us:100234';

let stage: Stage | null = null;
let billPages: string[] = [];
beforeAll(async () => {
  stage = await stageWorld();
  if (!stage) return;
  const { world, app, window } = stage;
  const dana = new Visitor();
  await addToClio(dana, world);
  await connectXero(dana, world);
  await setUp(dana, world, { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260' });
  await until(async () => (await app.store.links.count(FIRM, 'status', 'bill:up-to-date')) >= 20 && (await app.store.holds.count(FIRM, 'open', 'open')) > 0, 'bills that went and bills that wait');
  const [held] = await app.store.holds.list(FIRM, { index: 'open', value: 'open', limit: 1 });
  const [paid] = await app.store.links.list(FIRM, { index: 'kind', value: 'payment', limit: 1 });
  billPages = [held, paid].map((record) => `/bills/${record?.billId ?? ''}`);
  await dana.open(`${world.appUrl}/settings`);
  await dana.press('Save settings', { 'invoice.detail': 'bill' });
  expect(dana.url.pathname).toBe('/settings/preview');
  await signIn(await window.newPage());
});
afterAll(() => stage?.end());

async function signIn(tab: Page): Promise<void> {
  if (!stage) return;
  await tab.goto(`${stage.world.clio.url}/nc/sign_in`);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('heading', { name: 'Good day' }).waitFor();
  await tab.goto(stage.world.appUrl);
  await tab.getByRole('link', { name: 'Sign in with Clio' }).click();
  await tab.getByRole('button', { name: 'Allow access' }).click();
  await tab.getByRole('heading', { name: 'Bills', exact: true }).waitFor();
  await tab.close();
}

const everyPage = async (look: (tab: Page, path: string) => Promise<string[]>) => {
  if (!stage) return [];
  const tab = await stage.window.newPage();
  const found: string[] = [];
  for (const path of [...PAGES, ...billPages]) {
    await tab.goto(`${stage.world.appUrl}${path}`);
    found.push(...(await look(tab, path)).map((each) => `${path}: ${each}`));
  }
  await tab.close();
  return found;
};

test.each(['light', 'dark'] as const)('nothing serious stands in anybody’s way, in %s colours', async (colorScheme) => {
  expect(await everyPage(async (tab) => {
    await tab.emulateMedia({ colorScheme });
    return findings(tab, colorScheme === 'dark' ? 'colours' : 'everything');
  })).toEqual([]);
});

test('the sign-in page is as open to everybody', async () => {
  if (!stage) return;
  const stranger = await stage.window.browser()?.newContext({ reducedMotion: 'reduce' });
  const tab = await stranger?.newPage();
  await tab?.goto(stage.world.appUrl);
  expect(tab && (await findings(tab))).toEqual([]);
  await stranger?.close();
});

test.each([390, 640])('no page is wider than a window of %d pixels: a telephone, or text at twice its size', async (width) => {
  expect(await everyPage(async (tab) => {
    const wider = await overflow(tab, width);
    return wider > 0 ? [`wider by ${wider}`] : [];
  })).toEqual([]);
});

const Focus = z.object({ id: z.string(), name: z.string(), visible: z.boolean(), page: z.boolean() });
/** What has the focus, and whether one can see that it has. */
const FOCUS = `(() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return { id: it.id, name: it.tagName + ' ' + (it.name || it.textContent.trim().slice(0, 40)), page: it === document.body,
    visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0 };
})()`;

const CONTROLS = `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')].filter((each) => !each.disabled)`;

test.each(['/bills', '/settings', '/people', '/setup/go-live'])('the keyboard reaches every control of %s, and shows where it is', async (path) => {
  if (!stage) return;
  const tab = await stage.window.newPage();
  await tab.goto(`${stage.world.appUrl}${path}`);
  const controls = Number(await tab.evaluate(`${CONTROLS}.length`));
  const reached = new Set<unknown>();
  const unseen: string[] = [];
  for (let step = 0; step < controls + 5; step += 1) {
    await tab.keyboard.press('Tab');
    const focus = Focus.parse(await tab.evaluate(FOCUS));
    if (focus.page) break;
    reached.add(await tab.evaluate(`${CONTROLS}.indexOf(document.activeElement)`));
    if (!focus.visible) unseen.push(focus.name);
  }
  expect(unseen).toEqual([]);
  expect(reached.size).toBe(controls);
  await tab.close();
});

test('a bill is sent by keyboard alone, and the focus is still on its button when the page has changed', async () => {
  if (!stage) return;
  const tab = await stage.window.newPage();
  await tab.goto(`${stage.world.appUrl}/bills`);
  const id = await tab.locator('button[id^="sync-"]:not([aria-disabled], #sync-all)').nth(20).getAttribute('id');
  const focused = async () => Focus.parse(await tab.evaluate(FOCUS)).id;
  for (let step = 0; step < 120 && (await focused()) !== id; step += 1) await tab.keyboard.press('Tab');
  await Promise.all([tab.waitForURL(`**/bills#${id ?? ''}`), tab.keyboard.press('Enter')]);
  await tab.locator(`#${id ?? ''}:not([aria-disabled])`).waitFor({ timeout: 40_000 });
  expect(await focused()).toBe(id);
  await tab.close();
});

test('a control without an id keeps the focus when its list is drawn anew, and what takes its place is never another button', async () => {
  if (!stage) return;
  const { world, app, window } = stage;
  const rows = await app.store.links.list(FIRM, { index: 'status', value: 'bill:up-to-date', newestFirst: true, limit: 40 });
  const tab = await window.newPage();
  await tab.goto(`${world.appUrl}/bills`);
  const link = tab.locator('#bill-list tbody a[href^="/bills/"]').nth(3);
  const href = await link.getAttribute('href');
  await tab.evaluate(`document.querySelector('#bill-list').dataset.last = 'as first drawn'`);
  const drawnAnew = () => until(async () => (await tab.evaluate(`document.querySelector('#bill-list').dataset.last !== 'as first drawn'`)) === true, 'a list drawn anew');
  await link.focus();
  await app.store.marks.want([{ firm: FIRM, kind: 'bill', id: rows[0]?.clioId ?? '', priority: 0 }], new Date().toISOString());
  await drawnAnew();
  expect(await tab.evaluate(`document.activeElement.getAttribute('href')`)).toBe(href);

  // Its row is gone: the link before it has the focus, so that Enter opens a page and does nothing.
  await tab.route(/fragment=rows/, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: (await reply.text()).replaceAll(href ?? '', '/elsewhere') });
  });
  await tab.evaluate(`document.querySelector('#bill-list').dataset.last = 'as first drawn'`);
  await drawnAnew();
  expect(await tab.evaluate(`document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('href') !== ${JSON.stringify(href)})`)).toBe('A true');
  await tab.close();
});

test('none of this made a page complain', () => {
  expect(stage?.problems.filter((each) => !each.includes('/nowhere') && !each.includes('404')) ?? []).toEqual([]);
});
