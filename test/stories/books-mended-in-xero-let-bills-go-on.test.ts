import { aBill, aClient, answer, happened, IN_STEP, ORGANISATION, postings, readBooks, stateOf, writtenAgain, changeSettings } from './practice.js';
import { parseBooks } from '../../src/store/books-schema.js';
import { parseFirmLists } from '../../src/store/firm-lists-schema.js';
import { parseSettings } from '../../src/store/settings-schema.js';
import { endStories, FIRM, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const waiting = (reason: string) => ({ status: 'needs-you', reason, holds: [reason], differences: ['no invoice'] });

test('a bill in a closed period waits, and goes by itself when the lock date moves', async () => {
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('PERIOD_CLOSED'));
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.setLockDates(ORGANISATION, { period: '2026-10-31' });
  await readBooks(story);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await happened(story, bill)).toEqual(['hold-closed', 'hold-opened', 'invoice-created', 'sync-asked']);
  expect(await writtenAgain(story, bill)).toEqual([]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
});

test('a bill in a closed period goes to the first open day as a draft, where the firm wants that, and is approved by a person', async () => {
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  await changeSettings(story, { lockPolicy: 'draft' });
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'STUCK_DRAFT', holds: ['STUCK_DRAFT'] });
  expect(story.invoiceOf(bill)).toMatchObject({ status: 'DRAFT', date: '2026-11-20', total: 100_000 });
  await answer(story, bill, 'Approve invoice');
  expect(story.invoiceOf(bill).status).toBe('AUTHORISED');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await writtenAgain(story, bill)).toEqual([]);
  await changeSettings(story, { lockPolicy: 'hold' });
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
});

test('books locked a moment ago, unknown to us: Xero refuses, the bill waits, says which day is locked, and goes on later', async () => {
  await story.clock.advance(1);
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('PERIOD_CLOSED'));
  expect((await story.openHolds(bill)).map(({ facts }) => facts)).toEqual([{ date: '19 November 2026', lockedThrough: '19 November 2026' }]);
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  await writtenAgain(story, bill);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a payment in a closed period waits while its invoice is in step, and goes when the lock date moves', async () => {
  const bill = aBill(story);
  await story.settle();
  story.xero.setLockDates(ORGANISATION, { period: '2026-11-19' });
  await readBooks(story);
  story.clio.recordPayment({ billIds: [bill], amount: 40_000, date: '2026-11-19' });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual({ ...waiting('PERIOD_CLOSED'), differences: ['open amount'] });
  story.xero.setLockDates(ORGANISATION, {});
  await readBooks(story);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(story.paymentsOn(story.invoiceOf(bill).id)).toHaveLength(1);
});

test('a person who added the currency and presses the button at once is believed', async () => {
  const bill = aBill(story, { currencyId: 3 });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('CURRENCY_NOT_ENABLED'));
  await story.clock.advance(1);
  story.xero.addCurrency(ORGANISATION, { code: 'GBP', description: 'British Pound', rate: 0.78 });
  await writtenAgain(story, bill);
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('an account archived a moment ago, unknown to us: Xero refuses, and the bill names the account', async () => {
  await story.clock.advance(1);
  const costs = story.xero.accounts(ORGANISATION).find((account) => account.code === '260');
  const bill = aBill(story, { lines: [{ price: 40, quantity: 1, kind: 'Expense', cost: 'soft' }] });
  story.xero.archiveAccount(costs?.id ?? '');
  await story.settle();
  expect([await stateOf(story, bill), (await story.openHolds(bill)).map(({ facts }) => facts['code'])]).toEqual([waiting('ACCOUNT_GONE'), ['260']]);
  await changeSettings(story, { 'income.softCostAccount': '210' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

describe('coded as the firm wants', () => {
  const inOffice = (location: string) => {
    const client = aClient(story);
    const matter = story.clio.addMatter({ number: 990, displayNumber: `00990-${location}`, description: 'Custody', clientId: client.clientId, practiceAreaId: story.clio.practiceAreas().find((area) => area.name === 'Family')?.id ?? null, responsibleAttorneyId: null, originatingAttorneyId: null, currencyId: 1, status: 'Open', openDate: '2026-01-05', closeDate: null, clientReference: null, location });
    return { clientId: client.clientId, matterId: matter.id };
  };
  const lists = async () => parseFirmLists((await story.store.books.get(FIRM, 'clio'))?.body);
  const books = async () => (await story.store.books.list(FIRM)).filter((each) => each.id !== 'clio').map((each) => parseBooks(each.body))[0];
  const optionsOf = async (bill: number) => {
    const categories = (await books())?.tracking ?? [];
    return (story.invoiceOf(bill).lines[0]?.tracking ?? []).map(({ categoryId, optionId }) => categories.find((each) => each.xeroId === categoryId)?.options.find((each) => each.xeroId === optionId)?.name);
  };
  const taxCode = async (key: string) => parseSettings((await story.store.settings.list(FIRM, { newestFirst: true, limit: 1 }))[0]?.body).taxMap[key] ?? '';

  test('a UTBMS rule gives the account, the matter its tracking, and theme and number are the firm’s', async () => {
    const [area, office] = (await books())?.tracking ?? [];
    const theme = (await books())?.brandingThemes.find((each) => each.name === 'Litigation');
    const code = (await lists()).utbmsCodes.find((each) => each.name.startsWith('L430'));
    const drafting = (await lists()).workCategories.find((each) => each.name === 'Drafting');
    await changeSettings(story, { 'income.rules.0.on': `utbms:${code?.clioId ?? ''}`, 'income.rules.0.account': '210', [`tracking.${area?.xeroId ?? ''}`]: 'practice-area', [`tracking.${office?.xeroId ?? ''}`]: 'office', 'invoice.brandingThemeId': theme?.xeroId ?? '', 'invoice.numberTemplate': 'HL-{bill}' });
    const bill = aBill(story, { client: inOffice('Boston'), lines: [{ price: 300, activityDescriptionId: Number(drafting?.clioId) }, { price: 100 }] });
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(postings(story, bill)).toEqual(['210: 30000 + 0', '200: 10000 + 0']);
    expect(await optionsOf(bill)).toEqual(['Family', 'Boston']);
    const { brandingThemeId, number } = story.invoiceOf(bill);
    expect([brandingThemeId, number.startsWith('HL-A-')]).toEqual([theme?.xeroId, true]);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('an office that Xero has no option for keeps the bill back until somebody adds it', async () => {
    const bill = aBill(story, { client: inOffice('Salem') });
    await story.settle();
    expect([await stateOf(story, bill), (await story.openHolds(bill)).map(({ facts }) => facts['option'])]).toEqual([waiting('TRACKING_OPTION'), ['Salem']]);
    story.xero.addTrackingOption(ORGANISATION, { category: 'Office', name: 'Salem' });
    await readBooks(story);
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(await optionsOf(bill)).toEqual(['Family', 'Salem']);
  });

  test('an option archived a moment ago, unknown to us: Xero refuses, and the bill names it', async () => {
    await story.clock.advance(1);
    const bill = aBill(story, { client: inOffice('Portland') });
    story.xero.setTrackingOption(ORGANISATION, { category: 'Office', name: 'Portland', status: 'ARCHIVED' });
    await story.settle();
    expect([await stateOf(story, bill), (await story.openHolds(bill)).map(({ facts }) => facts['option'])]).toEqual([waiting('TRACKING_OPTION'), ['Portland']]);
    story.xero.setTrackingOption(ORGANISATION, { category: 'Office', name: 'Portland', status: 'ACTIVE' });
    await readBooks(story);
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
  });

  test('the same in words we do not know: the bill waits with them, and goes when somebody tries again', async () => {
    await story.clock.advance(1);
    const bill = aBill(story, { client: inOffice('Portland') });
    story.xero.setTrackingOption(ORGANISATION, { category: 'Office', name: 'Portland', status: 'ARCHIVED' });
    story.world.xero.switches.trackingRefusal = 'other-words';
    await story.settle();
    expect((await story.openHolds(bill)).map(({ reason, facts }) => [reason, Object.values(facts).join()])).toEqual([['UNEXPECTED', expect.stringContaining('A dimension of the line cannot be used.')]]);
    story.xero.setTrackingOption(ORGANISATION, { category: 'Office', name: 'Portland', status: 'ACTIVE' });
    story.world.xero.switches.trackingRefusal = 'names-it';
    await writtenAgain(story, bill);
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
  });

  test('a tax rate archived in Xero keeps the bill back and is named', async () => {
    story.xero.archiveTaxRate(ORGANISATION, await taxCode('primary:8.25'));
    await readBooks(story);
    const bill = aBill(story, { client: inOffice('Boston'), taxRate: 8.25, lines: [{ price: 100, taxable: true }] });
    await story.settle();
    expect(await stateOf(story, bill)).toEqual(waiting('TAX_GONE'));
  });
});

test('an archived account keeps the bill back until the settings choose another', async () => {
  const fees = story.xero.accounts(ORGANISATION).find((account) => account.code === '200');
  story.xero.archiveAccount(fees?.id ?? '');
  await readBooks(story);
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(waiting('ACCOUNT_GONE'));
  await changeSettings(story, { 'income.feeAccount': '210' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(postings(story, bill)).toEqual(['210: 100000 + 0']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});
