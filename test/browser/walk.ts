import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '../../src/demo/acts.js';
import type { World } from '../../src/demo/world.js';

/** Takes a picture of what the person sees now; `height` in pixels from the top of the page. */
export type Camera = (tab: Page, name: Picture, height?: number) => Promise<void>;

/** Pictures that the README shows, and one of each step of set-up. */
export const PICTURES = [
  '01-app-directory', '02-connect-xero', '03-setup', '04-bills', '05-bill', '06-paid', 'set-up-1-clio-sync', 'set-up-2-firm', 'set-up-3-organisation', 'set-up-4-start', 'set-up-5-banks',
  'set-up-6-accounts', 'set-up-7-taxes', 'set-up-8-costs', 'set-up-9-trust', 'set-up-10-approval', 'set-up-11-payments', 'set-up-12-dry-run', 'set-up-13-go-live',
] as const;
export type Picture = (typeof PICTURES)[number];

/** The bill this person cares about, by what the seed calls it. */
const SUBJECT = 'Two taxes, each on the net';
const SLOW = { timeout: 40_000 };

/** From the App Directory to a paid bill, as a person does it, tab by tab. Throws where a page does not offer what they look for. */
export async function walk(window: BrowserContext, world: World, camera: Camera): Promise<{ reloads: number }> {
  const bill = world.clio.control.bills().find((each) => each.subject === SUBJECT);
  if (!bill) throw new Error(`the seed has no bill "${SUBJECT}"`);

  const clio = await window.newPage();
  const tieout = await addToClio(clio, world, camera);
  await connectXero(tieout, camera);
  await setUp(tieout, world, camera);

  const list = await openFromMatter(clio, world, bill.matterIds[0] ?? 0);
  const reloads = await pressSyncAndWatch(list, bill.number, camera);
  await list.getByRole('link', { name: bill.number, exact: true }).click();
  await list.getByRole('heading', { name: `Bill ${bill.number}` }).waitFor(SLOW);
  await camera(list, '05-bill', 1000);

  await payInXero(list, world, bill.number);
  await until(() => world.clio.control.bill(bill.id).state === 'paid', 'the bill to be paid in Clio');
  await clio.goto(`${world.clio.url}/nc/bills/${bill.id}`);
  await clio.getByText('paid', { exact: true }).first().waitFor(SLOW);
  // The page of the bill stayed open in Tieout: it hears of the payment by itself when the person looks at it again.
  await list.bringToFront();
  await list.getByRole('cell', { name: 'Fully paid in Xero' }).waitFor(SLOW);
  await list.getByRole('status').filter({ hasText: 'Up to date' }).waitFor(SLOW);
  await camera(list, '06-paid', 1300);
  return { reloads };
}

/** Signs in to Clio and adds Tieout there; ends in Tieout, opened from Clio in a tab of its own. */
async function addToClio(clio: Page, world: World, camera: Camera): Promise<Page> {
  await clio.goto(`${world.clio.url}/nc/apps`);
  await clio.getByRole('button', { name: 'Sign in' }).click();
  await clio.getByRole('heading', { name: 'App Directory' }).waitFor(SLOW);
  await camera(clio, '01-app-directory', 420);
  const tab = await opened(clio, clio.getByRole('link', { name: 'Add to Clio' }));
  await tab.getByRole('button', { name: 'Allow access' }).click();
  await tab.getByText('installed').waitFor(SLOW);
  await tab.getByRole('link', { name: 'Open', exact: true }).click();
  await tab.getByRole('link', { name: 'Continue set-up' }).waitFor(SLOW);
  return tab;
}

/** Answers the first pages, connects Xero from the third, and ends where the organisation's name stands large. */
async function connectXero(tieout: Page, camera: Camera): Promise<void> {
  await tieout.getByRole('link', { name: 'Continue set-up' }).click();
  await tieout.getByRole('link', { name: 'Begin: Clio’s own Xero sync' }).click();
  await tieout.getByLabel('No, it was never switched on').check();
  await goOn(tieout, camera, 'set-up-1-clio-sync', 'Save and go on', 'Your firm in Clio');
  await goOn(tieout, camera, 'set-up-2-firm', 'This is our firm', 'The Xero organisation');
  await tieout.getByRole('link', { name: 'Connect Xero' }).click();
  await tieout.getByRole('button', { name: 'Sign in' }).click();
  await tieout.getByRole('button', { name: 'Allow access' }).click();
  await tieout.getByRole('link', { name: 'Continue: The Xero organisation' }).click();
  // The lists arrive while the page is open, without a reload.
  await tieout.getByRole('button', { name: 'This is the right organisation' }).waitFor(SLOW);
  await camera(tieout, '02-connect-xero', 560);
}

/** Confirms what is proposed; chooses the one account nobody could guess, and a start date before the oldest bill. Then the dry run, and live. */
async function setUp(tieout: Page, world: World, camera: Camera): Promise<void> {
  await goOn(tieout, camera, 'set-up-3-organisation', 'This is the right organisation', 'Start date');
  await tieout.getByLabel('Start date').fill('2020-01-01');
  await goOn(tieout, camera, 'set-up-4-start', 'Save and go on', 'Bank accounts');
  await goOn(tieout, camera, 'set-up-5-banks', 'Save and go on', 'Fees and expenses');
  await camera(tieout, '03-setup');
  await goOn(tieout, camera, 'set-up-6-accounts', 'Save and go on', 'Taxes');
  await goOn(tieout, camera, 'set-up-7-taxes', 'Save and go on', 'Costs charged to clients');
  await tieout.getByLabel('Soft costs', { exact: true }).selectOption({ value: '260' });
  await goOn(tieout, camera, 'set-up-8-costs', 'Save and go on', 'Money held for clients');
  await goOn(tieout, camera, 'set-up-9-trust', 'Save and go on', 'Approval and later changes');
  await goOn(tieout, camera, 'set-up-10-approval', 'Save and go on', 'Payments back to Clio');
  await goOn(tieout, camera, 'set-up-11-payments', 'Save and go on', 'Dry run');
  const before = written(world);
  await tieout.getByRole('button', { name: 'Start the dry run' }).click();
  await tieout.getByRole('heading', { name: 'Bill by bill' }).waitFor(SLOW);
  await camera(tieout, 'set-up-12-dry-run');
  if (written(world) !== before) throw new Error('the dry run wrote to Xero');
  await tieout.getByRole('link', { name: 'Go on: Go live' }).click();
  await tieout.getByLabel('Type its name').fill(await tieout.locator('.big-name').innerText());
  await camera(tieout, 'set-up-13-go-live');
  await tieout.getByRole('button', { name: 'Review first' }).click();
  await tieout.getByRole('heading', { name: 'Bills', exact: true }).waitFor(SLOW);
  await tieout.getByText('Ready for review').first().waitFor(SLOW);
}

/** Takes the page's picture, presses the button and waits for the page after it. */
async function goOn(tieout: Page, camera: Camera, picture: Picture, button: string, next: string): Promise<void> {
  await camera(tieout, picture);
  await tieout.getByRole('button', { name: button }).click();
  await tieout.getByRole('heading', { name: next, level: 1 }).waitFor(SLOW);
}

const written = (world: World): number => world.xero.control.invoices().length + world.xero.control.contacts().length + world.xero.control.payments().length;

/** The custom action on a matter opens Tieout in another tab, signed in, at the bills of that matter. */
async function openFromMatter(clio: Page, world: World, matterId: number): Promise<Page> {
  await clio.goto(`${world.clio.url}/nc/matters/${matterId}`);
  const list = await opened(clio, clio.getByRole('link', { name: 'Sync with Xero' }));
  await list.getByRole('heading', { name: 'Bills of' }).waitFor(SLOW);
  return list;
}

/** Presses "Sync with Xero" on one bill, and waits until the page says by itself that both sides agree. Counts the page loads since the press. */
async function pressSyncAndWatch(list: Page, number: string, camera: Camera): Promise<number> {
  const row = list.getByRole('row').filter({ has: list.getByRole('link', { name: number, exact: true }) });
  await row.filter({ hasText: 'Ready for review' }).waitFor(SLOW);
  await row.getByRole('button', { name: 'Sync with Xero' }).click();
  await list.waitForLoadState('load');
  let loads = 0;
  list.on('load', () => (loads += 1));
  await row.filter({ hasText: 'Up to date' }).waitFor(SLOW);
  await list.getByText('Everything shown is settled').waitFor(SLOW);
  await camera(list, '04-bills');
  return loads;
}

/** Follows the link to the invoice, and records there that all of it was paid today, as the form proposes. */
async function payInXero(tieout: Page, world: World, number: string): Promise<void> {
  const xero = await opened(tieout, tieout.getByRole('link', { name: 'Open invoice in Xero' }));
  if (new URL(xero.url()).origin !== world.xero.url) throw new Error(`the link to the invoice leads to ${xero.url()}`);
  await xero.getByRole('heading', { name: number }).first().waitFor(SLOW);
  await xero.getByRole('button', { name: 'Record payment' }).click();
  await xero.getByRole('button', { name: 'Remove payment' }).waitFor(SLOW);
  await xero.close();
}

/** What a link opens in a tab of its own. */
async function opened(from: Page, link: Locator): Promise<Page> {
  const [tab] = await Promise.all([from.context().waitForEvent('page', SLOW), link.click()]);
  await tab.waitForLoadState('load');
  return tab;
}
