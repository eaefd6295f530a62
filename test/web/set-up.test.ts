import { changeRecord } from '../../src/connections/change-record.js';
import type { Rehearsed } from '../../src/core/rehearse.js';
import { DRY_RUN_ID, type DryRun } from '../../src/store/dry-run-schema.js';
import { fingerprint, parseSettings } from '../../src/store/settings-schema.js';
import { books, FIRM, giveBooks, giveSettings, lists, TENANT } from './sample-firm.js';
import { connectXeroTo, seedBill, signedIn, stage, type Browser, type Stage } from './stage.js';

const FIELDS: Record<string, Record<string, string>> = {
  'clio-sync': { clioSync: 'never' },
  clio: {},
  organisation: { organisation: TENANT },
  start: { startOn: '2026-11-01' },
  banks: { 'bankMap.41': 'acc-090', 'bankMap.default': 'acc-090', 'bankMap.online:card': '', 'bankMap.online:echeck': '' },
  accounts: { 'income.feeAccount': '200', 'income.interestAccount': '', 'income.discountAccount': '', 'rounding.account': '860', 'credits.badDebtAccount': '' },
  taxes: { 'taxMap.none': 'NONE', 'taxMap.primary:8.25': 'OUTPUT' },
  costs: { 'income.softCostAccount': '210', 'income.hardCostAccount': '620', 'costs.hard': 'off', 'costs.account': '', 'costs.bankAccount': '' },
  trust: {},
  approval: { 'invoice.status': 'authorised', 'invoice.detail': 'category', 'invoice.numberTemplate': '{bill}', editPaid: 'adjust', 'credits.treatment': 'ask', 'contacts.partialMatch': 'ask', 'contacts.direction': 'create', lockPolicy: 'hold' },
  payments: { 'payments.fromXero': 'mark-paid-or-task', 'payments.taskAssigneeId': '350112' },
};
const ALL = Object.keys(FIELDS);

async function ready(): Promise<{ on: Stage; browser: Browser }> {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBooks(on);
  await browser.get('/setup');
  return { on, browser };
}

async function answered(browser: Browser, steps = ALL): Promise<void> {
  for (const step of steps) {
    const reply = await browser.post(`/setup/${step}`, FIELDS[step] ?? {});
    expect([step, reply.status, reply.headers['location']]).toEqual([step, 303, expect.stringMatching(/^\/setup\/[a-z-]+$/)]);
  }
}

/** State of each step as its page says it, in order. */
const states = (text: string): string[] => [...text.matchAll(/class="step">[\s\S]*?class="status-icon"[^>]*>.<\/span>([^<]+)</g)].map((match) => match[1] ?? '');

test('asks for the lists it lacks and shows them arriving, on the page that needs them', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await connectXeroTo(on, FIRM, TENANT);
  expect((await browser.get('/setup/accounts')).text).toContain('is reading accounts');
  const owed = async () => (await on.store.marks.owed(FIRM)).filter((mark) => mark.priority === 0).map((mark) => `${mark.kind}:${mark.wanted}`).sort();
  expect(await owed()).toEqual(['books:1', 'look-alikes:1']);
  expect((await browser.get('/setup/accounts?fragment=step')).headers['x-pending']).toBe('1');
  expect((await browser.get('/setup?fragment=setup')).headers['x-pending']).toBe('1');
  expect(await owed()).toEqual(['books:1', 'look-alikes:1']);
  await on.store.books.insert({ firm: FIRM, id: TENANT, body: books(), at: '2026-11-20T09:00:00Z' });
  await on.store.books.insert({ firm: FIRM, id: 'clio', body: lists, at: '2026-11-20T09:00:00Z' });
  const arrived = await browser.get('/setup/accounts?fragment=step');
  expect([arrived.headers['x-pending'], arrived.text.includes('<html')]).toEqual(['0', false]);
  expect(arrived.text).toContain('value="200" selected>200 Legal fees');
  expect(arrived.text).toContain('Suggested: its name says so.');
  expect(arrived.text).not.toMatch(/Accounts Receivable|IOLTA/);
});

test('every step starts red or open, turns green when it is answered, and is taken up where another person stopped', async () => {
  const { on, browser } = await ready();
  expect(states((await browser.get('/setup')).text)).toEqual(Array<string>(13).fill('To do'));
  await answered(browser, ALL.slice(0, 6));
  const colleague = await signedIn(on, 'ada', { clioId: '9', name: 'Ada Brandt' });
  const page = await colleague.get('/setup');
  expect(states(page.text)).toEqual([...Array<string>(6).fill('Done'), ...Array<string>(7).fill('To do')]);
  expect(page.text).toContain('Continue: Taxes');
  expect(page.text).toContain('Answered by Dana Whitlock.');
  await answered(colleague, ALL.slice(6));
  expect(states((await colleague.get('/setup')).text)).toEqual([...Array<string>(11).fill('Done'), 'To do', 'To do']);
  expect(await on.store.settings.count(FIRM)).toBe(0);
  expect((await on.store.activity.list(FIRM)).filter((line) => line.what === 'set-up-step').map((line) => line.by).sort()).toEqual([...Array<string>(5).fill('Ada Brandt'), ...Array<string>(6).fill('Dana Whitlock')]);
});

test.each([
  ['clio-sync', { clioSync: '' }, 'Say whether it is on.'],
  ['clio-sync', { clioSync: 'perhaps' }, 'Say whether it is on.'],
  ['organisation', { organisation: 'another' }, 'Another organisation was connected meanwhile'],
  ['start', { startOn: '2026-09-30' }, 'locked through'],
  ['start', { startOn: 'soon' }, 'Choose a day'],
  ['banks', { 'bankMap.41': 'acc-200' }, 'no longer there'],
  ['accounts', { 'income.feeAccount': '' }, 'Choose one.'],
  ['accounts', { 'income.feeAccount': '610' }, 'no longer there'],
  ['accounts', { 'income.feeAccount': '999' }, 'no longer there'],
  ['taxes', { 'taxMap.primary:8.25': '' }, 'Choose one.'],
  ['taxes', { 'taxMap.primary:8.25': 'NONE' }, 'The tax rates differ'],
  ['costs', { 'costs.hard': 'bill' }, 'No account for costs'],
])('on the page of %s, %j is refused there, and nothing is kept', async (step, change, says) => {
  const { on, browser } = await ready();
  const before = await on.store.runs.list(FIRM);
  const reply = await browser.post(`/setup/${step}`, { ...FIELDS[step], ...change });
  expect([reply.status, reply.text.includes(says)]).toEqual([422, true]);
  expect(await on.store.runs.list(FIRM)).toEqual(before);
});

test('what stops working in Xero after it was confirmed turns its own step red', async () => {
  const { on, browser } = await ready();
  await answered(browser);
  const without = books({ accounts: books().accounts.filter((account) => account.code !== '200') });
  await changeRecord(on.store.books, FIRM, TENANT, () => ({ body: without }));
  const page = await browser.get('/setup');
  expect(states(page.text).map((state, index) => (state === 'Needs you' ? ALL[index] : null)).filter((each) => each !== null)).toEqual(['accounts']);
  expect(page.text).toContain('Account 200 no longer works. It was archived or removed in Xero. Choose another one for fees in the settings.');
  expect((await browser.get('/setup/go-live')).text).toContain('These steps come first');
  expect((await browser.post('/setup/go-live', { mode: 'review', organisation: 'Harwood Books' })).status).toBe(409);
});

test('a tax that came up after its page was left was confirmed by nobody: it asks once a bill has it', async () => {
  const { on, browser } = await ready();
  await answered(browser);
  await changeRecord(on.store.books, FIRM, 'clio', () => ({ body: { ...lists, taxCombinations: [...lists.taxCombinations, { key: 'primary:0', label: 'Zero rated', rate: '0' }] } }));
  expect((await browser.get('/setup')).text).toContain('Zero rated: asked once a bill has it.');
  expect((await browser.post('/setup/go-live', { mode: 'review', organisation: 'Harwood Books' })).headers['location']).toBe('/bills');
  expect((await on.store.settings.list(FIRM))[0]?.body).toMatchObject({ taxMap: { none: 'NONE', 'primary:8.25': 'OUTPUT' } });
  expect(JSON.stringify((await on.store.settings.list(FIRM))[0]?.body)).not.toContain('primary:0');
});

test('unpaid bills older than the start are counted before the day is confirmed', async () => {
  const { on, browser } = await ready();
  for (const [id, issuedOn] of [['1', '2026-10-30'], ['2', '2026-10-31'], ['3', '2026-11-01']] as const) await seedBill(on, FIRM, id, { shown: { issuedOn } });
  expect((await browser.get('/setup/start')).text).toContain('2 unpaid bills are older than 1 November 2026');
});

test('while Clio’s own sync is on nothing goes live, and its traces are named', async () => {
  const { on, browser } = await ready();
  await answered(browser);
  await browser.post('/setup/clio-sync', { clioSync: 'on' });
  await changeRecord(on.store.books, FIRM, 'clio', () => ({ body: { ...lists, costCategories: [{ clioId: '5', name: 'Filing fees', xeroCode: '320' }] } }));
  await on.store.runs.insert({ firm: FIRM, id: 'look-alikes', kind: 'look-alikes', startedAt: '2026-11-20T09:00:00Z', endedAt: '2026-11-20T09:00:00Z', result: { numbers: ['1042', '1043'], lookedAt: '2026-11-20T09:00:00Z' } });
  const page = await browser.get('/setup/clio-sync');
  expect(page.text).toContain('Filing fees (320)');
  expect(page.text).toContain('1042, 1043');
  expect((await browser.post('/setup/go-live', { mode: 'review', organisation: 'Harwood Books' })).status).toBe(409);
  expect(await on.store.settings.count(FIRM)).toBe(0);
});

test('a demo organisation is marked, and confirmed as one', async () => {
  const { on, browser } = await ready();
  await changeRecord(on.store.books, FIRM, TENANT, () => ({ body: books({ organisation: { ...books().organisation, demo: true } }) }));
  for (const path of ['/setup', '/setup/organisation']) expect((await browser.get(path)).text).toContain('This is a demo organisation.');
  expect((await browser.post('/setup/organisation', { organisation: TENANT })).status).toBe(422);
  expect((await browser.post('/setup/organisation', { organisation: TENANT, demo: 'on' })).status).toBe(303);
  await answered(browser, ALL.filter((step) => step !== 'organisation'));
  expect((await browser.get('/setup/go-live')).text).toContain('This is a demo organisation.');
});

describe('going live', () => {
  const tried = async (on: Stage, settings: string, endedAt = '2026-11-20T09:00:00.000Z') => {
    const result: DryRun = { bills: 0, done: 0, rows: [], unplaced: [], settings };
    await on.store.runs.insert({ firm: FIRM, id: DRY_RUN_ID, kind: 'dry-run', startedAt: endedAt, endedAt, result });
  };

  test('the dry run is asked of the worker with what set-up holds, before anything is in force', async () => {
    const { on, browser } = await ready();
    expect((await browser.post('/setup/dry-run', {})).status).toBe(409);
    await answered(browser);
    expect((await browser.get('/setup/dry-run')).text).toContain('Start the dry run');
    expect((await browser.post('/setup/dry-run', {})).status).toBe(303);
    const fragment = await browser.get('/setup/dry-run?fragment=dry-run');
    expect([fragment.headers['x-pending'], fragment.text.includes('Tieout is reading both sides')]).toEqual(['1', true]);
    expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'dry-run').map((mark) => mark.priority)).toEqual([0]);
    expect(parseSettings((await on.store.runs.get(FIRM, 'trial'))?.result)).toMatchObject({ startOn: '2026-11-01', income: { feeAccount: '200', softCostAccount: '210' } });
    expect(await on.store.settings.count(FIRM)).toBe(0);
  });

  test('the organisation is typed; what set-up held is version 1, and every bill is asked for', async () => {
    const { on, browser } = await ready();
    await answered(browser);
    const wrong = await browser.post('/setup/go-live', { mode: 'review', organisation: 'Harwood' });
    expect([wrong.status, wrong.text.includes('Type Harwood Books')]).toEqual([422, true]);
    expect(await on.store.settings.count(FIRM)).toBe(0);
    expect((await browser.post('/setup/go-live', { mode: 'review', organisation: ' harwood books ' })).headers['location']).toBe('/bills');
    const [record, ...others] = await on.store.settings.list(FIRM);
    expect([record?.id, record?.by, record?.note, others]).toEqual(['000001', 'Dana Whitlock', 'finished set-up for Harwood Books and chose Review first', []]);
    expect(record?.body).toMatchObject({ mode: 'review', startOn: '2026-11-01', income: { feeAccount: '200', interestAccount: null }, taxMap: { none: 'NONE', 'primary:8.25': 'OUTPUT' }, bankMap: { '41': 'acc-090', default: 'acc-090' }, payments: { taskAssigneeId: '350112' } });
    expect((await on.store.marks.owed(FIRM)).find((mark) => mark.kind === 'catch-up' && mark.id === 'everything')?.priority).toBe(0);
    expect((await browser.get('/setup')).text).toContain('Set-up is finished');
    expect((await browser.get('/setup/taxes')).headers['location']).toBe('/settings');
    expect((await browser.post('/setup/taxes', FIELDS['taxes'] ?? {})).status).toBe(409);
  });

  test('Automatic takes a dry run of just these choices that is less than a day old', async () => {
    const { on, browser } = await ready();
    await answered(browser);
    await browser.post('/setup/dry-run', {});
    const automatic = () => browser.post('/setup/go-live', { mode: 'automatic', organisation: 'Harwood Books' });
    expect((await automatic()).status).toBe(422);
    const settings = fingerprint(parseSettings((await on.store.runs.get(FIRM, 'trial'))?.result));
    await tried(on, 'of other choices');
    expect((await automatic()).status).toBe(422);
    await changeRecord(on.store.runs, FIRM, DRY_RUN_ID, () => ({ endedAt: '2026-11-19T08:59:00.000Z', result: { bills: 0, done: 0, rows: [], unplaced: [], settings } }));
    expect((await automatic()).text).toContain('less than a day old');
    await changeRecord(on.store.runs, FIRM, DRY_RUN_ID, () => ({ endedAt: '2026-11-20T09:00:00.000Z' }));
    expect((await automatic()).headers['location']).toBe('/bills');
    expect((await on.store.settings.list(FIRM)).map((each) => each.note)).toEqual(['finished set-up for Harwood Books and chose Automatic']);
  });

  test('Automatic waits for every bill that needs somebody, until each is left to wait by name; it then asks in the inbox like any other', async () => {
    const { on, browser } = await ready();
    await answered(browser);
    await browser.post('/setup/dry-run', {});
    const row = (billId: string, changes: Partial<Rehearsed> = {}): Rehearsed => ({ billId, number: `N${billId}`, client: 'Oakhurst Foods Ltd', currency: 'USD', issuedOn: '2026-11-03', due: 10_000, balance: 10_000, outcome: 'needs-you', reason: 'CONTACT_PARTIAL', facts: { client: 'Oakhurst Foods Ltd', contact: 'Oakhurst Foods', same: 'e-mail' }, contact: { how: 'ask', name: 'Oakhurst Foods Ltd' }, invoiceNumber: null, postings: [], thenAsked: null, xeroDue: null, ...changes });
    const rows = [row('1'), row('2', { reason: 'ACCOUNT_UNMAPPED', facts: { what: 'interest' } }), row('3', { outcome: 'create', reason: null, facts: {} })];
    const settings = fingerprint(parseSettings((await on.store.runs.get(FIRM, 'trial'))?.result));
    await tried(on, settings);
    for (const mark of await on.store.marks.owed(FIRM)) await on.store.marks.finish(mark, 1, '2026-11-20T09:00:00.000Z');
    const become = (changed: Rehearsed[]) => changeRecord(on.store.runs, FIRM, DRY_RUN_ID, () => ({ result: { bills: changed.length, done: changed.length, rows: changed, unplaced: [], settings } }));
    await become(rows);
    const automatic = async () => (await browser.post('/setup/go-live', { mode: 'automatic', organisation: 'Harwood Books' })).status;
    expect([await automatic(), (await browser.get('/setup')).text.includes('2 bills need you.')]).toEqual([422, true]);

    expect((await browser.post('/setup/dry-run/park', {})).status).toBe(400);
    expect((await browser.post('/setup/dry-run/park', { bill: '3' })).status).toBe(400);
    await browser.post('/setup/dry-run/park', { bill: '1' });
    const page = (await browser.get('/setup/dry-run')).text;
    expect([page.includes('One bill needs you'), page.includes('Left to wait by Dana Whitlock'), await automatic()]).toEqual([true, true, 422]);
    await browser.post('/setup/dry-run/park', { bill: '2' });
    // It was left to wait for what it asked then, and for nothing else.
    await become([row('1', { reason: 'BILL_NEGATIVE', facts: { amount: '-1.00 USD' } }), ...rows.slice(1)]);
    expect(await automatic()).toBe(422);
    await become(rows);
    expect(await automatic()).toBe(303);
    const lines = (await on.store.activity.list(FIRM)).filter(({ what }) => what === 'row-parked').map(({ by, text, billId }) => [by, text, billId]).sort();
    expect(lines).toEqual([
      ['Dana Whitlock', 'Dana Whitlock let bill N1 wait, to go live without it: “Is this the same client?”.', '1'],
      ['Dana Whitlock', 'Dana Whitlock let bill N2 wait, to go live without it: “No account for …”.', '2'],
    ]);
    expect([await on.store.holds.count(FIRM), (await on.store.marks.owed(FIRM)).filter(({ kind }) => kind === 'bill' || kind === 'send')]).toEqual([0, []]);
  });

  test('after set-up the mode is chosen again as a version of its own', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    const [first] = await on.store.settings.list(FIRM);
    await tried(on, fingerprint(parseSettings(first?.body)));
    expect((await browser.post('/setup/go-live', { mode: 'paused', organisation: 'Harwood Books' })).status).toBe(409);
    expect((await browser.post('/setup/go-live', { mode: 'automatic', organisation: 'Harwood Books' })).headers['location']).toBe('/bills');
    const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
    expect([newest?.id, newest?.by, newest?.note, newest?.body]).toEqual(['000002', 'Dana Whitlock', 'chose Automatic after the dry run', expect.objectContaining({ mode: 'automatic' })]);
  });
});

test('a bookkeeper sees every step and answers none', async () => {
  const { on } = await ready();
  const browser = await signedIn(on, 'bo', { clioId: '8', name: 'Bo', roles: ['billing'] });
  for (const step of [...ALL, 'dry-run', 'go-live']) {
    const page = await browser.get(`/setup/${step}`);
    expect([step, page.status, /<button[^>]*>(Save|This is|Review first|Start)/.test(page.text)]).toEqual([step, 200, false]);
    expect([step, (await browser.post(`/setup/${step}`, FIELDS[step] ?? {})).status]).toEqual([step, 403]);
  }
});

test('a step nobody knows is not found', async () => {
  const { browser } = await ready();
  expect([(await browser.get('/setup/nowhere')).status, (await browser.post('/setup/nowhere', {})).status]).toEqual([404, 404]);
});
