import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { addToClio, connectXero, setUp, until } from '../../src/demo/acts.js';
import { compare } from '../../src/demo/compare.js';
import { Visitor } from '../../src/demo/visitor.js';
import { stageWorld, type Stage } from './stage-world.js';

const FIRM = 'us:100234';
const BOOKS = 'Harwood & Lisle LLP';
const SLOW = { timeout: 30_000 };
/** Where pictures of each message are put, for whoever looks: `MESSAGES=/tmp/messages npm run test:browser`. */
const PICTURES = process.env['MESSAGES'];

let stage: Stage | null = null;
let clio: Page;
let xero: Page;
let tieout: Page;
const made: number[] = [];
let client: { clientId: number; matterId: number } | null = null;

beforeAll(async () => {
  stage = await stageWorld({ clioSeed: 'empty' });
  if (!stage) return;
  const dana = new Visitor();
  await addToClio(dana, stage.world);
  await connectXero(dana, stage.world);
  await setUp(dana, stage.world, { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260' });
  [clio, xero, tieout] = [await stage.window.newPage(), await stage.window.newPage(), await stage.window.newPage()];
  await clio.goto(`${stage.world.clio.url}/nc/sign_in`);
  await clio.getByRole('button', { name: 'Sign in' }).click();
  await clio.getByRole('heading', { name: 'Good day' }).waitFor(SLOW);
  await tieout.goto(stage.world.appUrl);
  await tieout.getByRole('link', { name: 'Sign in with Clio' }).click();
  await tieout.getByRole('button', { name: 'Allow access' }).click();
  await tieout.getByRole('link', { name: 'Bills', exact: true }).waitFor(SLOW);
});
afterAll(() => stage?.end());

const world = () => {
  if (!stage) throw new Error('there is no browser');
  return stage.world;
};
const inXero = (path: string) => `${world().xero.url}/app/${world().xero.control.organisations().find((each) => each.name === BOOKS)?.shortCode ?? ''}/${path}`;
const alarm = () => tieout.locator('.alarm');

/** One client for all bills, so that Xero's sixty calls a minute go into what this is about. */
function aClient(today: string): { clientId: number; matterId: number } {
  const { control } = world().clio;
  const contact = control.addContact({ type: 'Company', name: 'Ashdown Trading Ltd', firstName: null, lastName: null, isClient: true, emails: [{ id: 1, name: 'Work', value: 'ap@ashdown.example', primary: true }], phones: [], addresses: [], salesTaxNumber: null, paymentTermDays: 30, companyId: null });
  const matter = control.addMatter({ number: 701, displayNumber: '00701-Ashdown', description: 'Supply agreement', clientId: contact.id, practiceAreaId: null, responsibleAttorneyId: null, originatingAttorneyId: null, currencyId: 1, status: 'Open', openDate: today, closeDate: null, clientReference: null });
  return { clientId: contact.id, matterId: matter.id };
}

/** A person writes a bill in Clio and approves it there; gives its id. */
async function approveABill(): Promise<number> {
  const { control, url } = world().clio;
  const nth = made.length + 1;
  const today = new Date().toISOString().slice(0, 10);
  const { clientId, matterId } = (client ??= aClient(today));
  const bill = control.createBill({ clientId, matterIds: [matterId], number: `W-${nth}`, lines: [{ price: 250, quantity: 4 }], state: 'draft', issuedAt: today, taxRate: 0, secondaryTaxRate: 0 });
  made.push(bill.id);
  await clio.goto(`${url}/nc/bills/${bill.id}`);
  await clio.getByRole('button', { name: 'Approve' }).click();
  await clio.getByText('awaiting payment', { exact: false }).first().waitFor(SLOW);
  return bill.id;
}

/** Opens the page again and again, as somebody does who wonders where a bill is. */
async function openUntil(path: string, shown: () => Locator): Promise<void> {
  await until(async () => {
    await tieout.goto(`${world().appUrl}${path}`);
    return (await shown().count()) > 0;
  }, `${path} to say it`);
}

const picture = async (name: string) => {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  await tieout.screenshot({ path: join(PICTURES, `${name}.png`) });
};

/** Its page says by itself that both sides agree; both ledgers say so too. */
async function arrives(bill: number): Promise<void> {
  await tieout.goto(`${world().appUrl}/bills/${bill}`);
  await tieout.getByRole('status').filter({ hasText: 'Up to date' }).waitFor(SLOW);
  const { number } = world().clio.control.bill(bill);
  expect(world().xero.control.invoices(BOOKS).filter((each) => each.number === number && each.status === 'AUTHORISED')).toHaveLength(1);
}

const allowXero = async () => {
  await tieout.getByRole('button', { name: 'Sign in' }).click();
  await tieout.getByRole('button', { name: 'Allow access' }).click();
  await tieout.waitForURL(`${world().appUrl}/**`);
};

const inBrowser = (name: string, tell: () => Promise<void>) => test(name, async () => {
  if (stage) await tell();
});

inBrowser('disconnected inside Xero: every page says so, and connecting again brings over what waited', async () => {
  await xero.goto(inXero('connected-apps'));
  await xero.getByRole('button', { name: 'Disconnect' }).click();
  await xero.getByText('No app is connected').waitFor(SLOW);
  const bill = await approveABill();
  await openUntil('/bills', alarm);
  expect(await alarm().textContent()).toMatch(/Xero was disconnected on its side\.\s+Somebody removed the connection in Xero\. Connect the same organisation again\./);
  await picture('1-disconnected');
  await alarm().getByRole('link', { name: 'Connect Xero again' }).click();
  await allowXero();
  expect(await alarm().count()).toBe(0);
  await arrives(bill);
});

inBrowser('a scope taken away: the missing permission is named, and granting it again brings over what waited', async () => {
  await xero.goto(`${world().xero.url}/sandbox`);
  await xero.getByRole('button', { name: 'Take away accounting.invoices' }).click();
  await xero.getByRole('button', { name: 'Take away accounting.payments' }).waitFor(SLOW);
  const bill = await approveABill();
  await openUntil('/', alarm);
  expect(await alarm().textContent()).toMatch(/A Xero permission is missing\./);
  await picture('2-scope');
  await alarm().getByRole('link', { name: 'Connect Xero again' }).click();
  await allowXero();
  expect(await alarm().count()).toBe(0);
  await arrives(bill);
});

inBrowser('an archived account: the bill asks for another, the settings offer those that work, and it goes', async () => {
  const fees = world().xero.control.accounts(BOOKS).find((each) => each.code === '200');
  await xero.goto(inXero('accounts'));
  await xero.getByRole('button', { name: `Archive ${fees?.name ?? ''}`, exact: true }).click();
  await xero.getByRole('button', { name: `Archive ${fees?.name ?? ''}`, exact: true }).waitFor({ ...SLOW, state: 'detached' });
  const bill = await approveABill();
  await openUntil(`/bills/${bill}`, () => tieout.getByText('Account 200 no longer works'));
  expect(await tieout.locator('.hold').textContent()).toContain('It was archived or removed in Xero. Choose another one for');
  await picture('3-archived');
  await tieout.getByRole('link', { name: 'Open settings' }).click();
  const choice = tieout.getByLabel('Fees', { exact: true });
  expect(await choice.locator('option[value="200"]').count()).toBe(0);
  await choice.selectOption({ value: '210' });
  await tieout.getByRole('button', { name: 'Save settings' }).click();
  // Invoices were sent already, so what the change means for them is shown first.
  await tieout.getByRole('button', { name: 'Save these settings' }).click(SLOW);
  await tieout.getByRole('button', { name: 'Save settings' }).waitFor(SLOW);
  await arrives(bill);
});

inBrowser('a moved lock date: the bill waits with the date that stands in its way, and goes once it is moved back', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const lock = async (date: string) => {
    await xero.goto(inXero('lock-dates'));
    await xero.getByLabel('Stop all users except advisers').fill(date);
    await xero.getByRole('button', { name: 'Save' }).click();
    await xero.waitForLoadState('load');
  };
  await lock(today);
  const bill = await approveABill();
  await openUntil('/inbox', () => tieout.getByText('is in a closed period'));
  expect(await tieout.locator('main').textContent()).toMatch(/The books are locked through \d+ \w+ \d{4}\. It goes on when the lock moves, or choose the first open day in the settings\./);
  await picture('4-locked');
  await lock('');
  await tieout.getByRole('button', { name: 'I fixed it, try again' }).click();
  await arrives(bill);
});

inBrowser('afterwards nothing is open, nothing was lost and nothing is there twice', async () => {
  const { app } = stage ?? {};
  await until(async () => (await app?.store.marks.countOwed(FIRM)) === 0, 'the last notices to be looked at');
  expect(await app?.store.holds.count(FIRM, 'open', 'open')).toBe(0);
  expect(made.map((id) => compare(world(), id).differences)).toEqual(made.map(() => []));
  expect(world().xero.control.invoices(BOOKS).filter((each) => each.number.startsWith('W-'))).toHaveLength(made.length);
  expect(stage?.problems).toEqual([]);
});
