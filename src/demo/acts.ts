import { Visitor } from './visitor.js';
import type { World } from './world.js';

/** What people do in the story, each as they would in a browser. All throw when a page does not offer what they look for. */

/** Signs in to Clio as the firm's administrator, and adds Tieout from the App Directory. */
export async function addToClio(visitor: Visitor, world: World): Promise<void> {
  await visitor.open(`${world.clio.url}/nc/sign_in`);
  await visitor.press('Sign in');
  await visitor.open(`${world.clio.url}/nc/apps`);
  await visitor.follow('Add to Clio');
  await visitor.press('Allow access');
  expectPage(visitor, visitor.url.pathname === '/app_integrations_callback' && visitor.text.includes('installed'), 'Clio to list Tieout as installed');
}

/** Opens Tieout and connects the first organisation Xero offers. */
export async function connectXero(visitor: Visitor, world: World): Promise<void> {
  await visitor.open(`${world.appUrl}/setup`);
  await visitor.follow('Connect');
  await visitor.press('Sign in');
  await visitor.press('Allow access');
  expectPage(visitor, visitor.url.origin === world.appUrl && visitor.status === 200, 'to come back to Tieout');
}

/**
 * Set up and live: what is proposed is confirmed except for `choices`. It begins with Review first; what set-up does not ask, and Automatic, is
 * chosen in the settings afterwards.
 */
export async function setUp(visitor: Visitor, world: World, choices: Record<string, string>): Promise<void> {
  const { mode, ...others } = choices;
  const left = await answerSetUp(visitor, world, others);
  await visitor.open(`${world.appUrl}/setup/go-live`);
  await visitor.press('Review first', { organisation: visitor.$('.big-name').text() });
  expectPage(visitor, visitor.url.pathname === '/bills', 'to be live');
  if (Object.keys(left).length === 0 && mode !== 'automatic') return;
  await visitor.open(`${world.appUrl}/settings`);
  await visitor.press('Save settings', { ...left, ...(mode === 'automatic' ? { mode } : {}) });
  expectPage(visitor, visitor.status === 200, 'the settings to be saved');
  await visitor.open(`${world.appUrl}/bills`);
}

/** Walks through set-up page by page once the organisation's books are here, up to the dry run. Gives the choices that no page asked for. */
export async function answerSetUp(visitor: Visitor, world: World, choices: Record<string, string>): Promise<Record<string, string>> {
  const left = new Map(Object.entries({ clioSync: 'never', ...choices }));
  await until(async () => (await visitor.open(`${world.appUrl}/setup/accounts`)).$('form[action="/setup/accounts"] select').length > 0, 'the lists of set-up');
  await visitor.open(`${world.appUrl}/setup/clio-sync`);
  for (let here = visitor.url.pathname; here !== '/setup/dry-run'; here = visitor.url.pathname) {
    const form = `form[action="${here}"]`;
    const asked = Object.fromEntries([...left].filter(([name]) => visitor.$(form).find(`[name="${name}"]`).length > 0));
    for (const name of Object.keys(asked)) left.delete(name);
    await visitor.press(here === '/setup/clio' || here === '/setup/organisation' ? 'This is' : 'Save and go on', asked, form);
    expectPage(visitor, visitor.status === 200 && visitor.url.pathname !== here, `the step after ${here}`);
  }
  return Object.fromEntries(left);
}

/** Presses "Sync with Xero" above the list of all bills. */
export async function pressSyncAll(visitor: Visitor, world: World): Promise<void> {
  await visitor.open(`${world.appUrl}/bills`);
  await visitor.press('Sync with Xero');
}

/** Presses "Sync with Xero" on one bill of the list. */
export async function pressSync(visitor: Visitor, world: World, billId: number): Promise<void> {
  await visitor.open(`${world.appUrl}/bills/${billId}`);
  await visitor.press('Sync with Xero');
}

/** From a client in Clio, through the custom action, into the list of the client's bills, and "Sync with Xero" on the whole list. */
export async function syncBillsOfClient(visitor: Visitor, world: World, contactId: number): Promise<void> {
  await visitor.open(`${world.clio.url}/nc/contacts/${contactId}`);
  await visitor.follow('Sync with Xero');
  expectPage(visitor, visitor.url.pathname === '/bills' && visitor.url.searchParams.get('client') === String(contactId), 'the list of bills of the client');
  await visitor.press('Sync with Xero');
}

/** From a matter in Clio, through the custom action, into Tieout's list of its bills. */
export async function openFromMatter(visitor: Visitor, world: World, matterId: number): Promise<void> {
  await visitor.open(`${world.clio.url}/nc/matters/${matterId}`);
  await visitor.follow('Sync with Xero');
  expectPage(visitor, visitor.url.pathname === '/bills' && visitor.url.searchParams.get('matter') === String(matterId), 'the list of bills of the matter');
}

export async function approveInClio(visitor: Visitor, world: World, billId: number): Promise<void> {
  await visitor.open(`${world.clio.url}/nc/bills/${billId}`);
  await visitor.press('Approve');
}

/** Records a payment on a bill, as the biller does. `amount` in decimal text. */
export async function payInClio(visitor: Visitor, world: World, billId: number, amount?: string): Promise<void> {
  await visitor.open(`${world.clio.url}/nc/bills/${billId}`);
  await visitor.press('Record payment', amount === undefined ? {} : { amount });
}

/** Records a payment on an invoice, as the bookkeeper does. `amount` in decimal text; all that is due when left out. */
export async function payInXero(visitor: Visitor, world: World, invoiceId: string, shortCode: string, amount?: string): Promise<void> {
  await visitor.open(`${world.xero.url}/app/${shortCode}/invoicing/view/${invoiceId}`);
  await visitor.press('Record payment', amount === undefined ? {} : { amount });
}

const TRIES = 1_900;
const PAUSE_MS = 100;

/** Looks again until it is so; gives up after three minutes: a record wanted again and again rests for up to two (jobs/rest.ts), and a vendor's minute limit can hold work up for one. */
export async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`waited in vain for ${what}`);
}

function expectPage(visitor: Visitor, isSo: boolean, what: string): void {
  if (isSo) return;
  const wrong = visitor.$('.wrong').map((_index, each) => visitor.$(each).parent().text().replace(/\s+/g, ' ')).get().join('; ');
  throw new Error(`expected ${what}, but ${visitor.url.href} says (${visitor.status}): ${wrong || visitor.text.slice(0, 400)}`);
}
