import { createClio } from '../../src/clio/client.js';
import type { Clio } from '../../src/clio/clio.js';
import { authorizeUrl, exchangeCode, refresh, revoke, type ClioTokens } from '../../src/clio/oauth.js';
import { clioLimits } from '../../src/clio/rate-limits.js';
import type { Bill } from '../../src/core/bill.js';
import { createBudget } from '../../src/http/budget.js';
import { startClioSandbox, type ClioSandbox } from '../../src/sandbox/clio/start.js';
import type { ClioSwitches } from '../../src/sandbox/clio/switches.js';
import { VirtualClock } from '../virtual-clock.js';
import { failureOf } from './stub.js';

/** Every method of the port over real HTTP, under both answers to what no document settles. */
let sandbox: ClioSandbox;
let clio: Clio;
let tokens: ClioTokens;
let clock: VirtualClock;
let app: { baseUrl: string; clientId: string; clientSecret: string; redirectUri: string };

async function start(switches: Partial<ClioSwitches> = {}): Promise<void> {
  clock = new VirtualClock();
  sandbox = await startClioSandbox({ clock, region: 'ca', switches: { rateLimit: null, ...switches } });
  app = { baseUrl: sandbox.url, clientId: 'app', clientSecret: 'secret', redirectUri: 'https://app.example/back' };
  sandbox.control.registerApp({ ...app, name: 'Tieout', redirectUris: [app.redirectUri] });
  const code = sandbox.control.authorize('app', sandbox.control.users()[0]?.id ?? 0, app.redirectUri);
  tokens = await exchangeCode(app, code, clock);
  clio = clientWith({ ...clioLimits, perMinute: 100_000 });
}

function clientWith(limits: typeof clioLimits): Clio {
  const onUnauthorized = async () => {
    const next = await refresh(app, tokens.refreshToken ?? '', clock);
    tokens = { ...next, refreshToken: next.refreshToken ?? tokens.refreshToken };
    return tokens.accessToken;
  };
  return createClio({ baseUrl: sandbox.url, region: 'ca', token: () => Promise.resolve(tokens.accessToken), onUnauthorized, budget: createBudget(limits, clock), clock });
}

afterEach(() => sandbox.close());

const firstId = (items: { id: number }[]): string => String(items[0]?.id);
const bySubject = (subject: string): number => sandbox.control.bills().find((bill) => bill.subject === subject)?.id ?? 0;
const addsUp = (bill: Bill): boolean =>
  bill.lines.reduce((sum, line) => sum + line.net, 0) - (bill.discount?.amount ?? 0) + bill.totalTax + bill.interest === bill.due;

describe.each<[string, Partial<ClioSwitches>]>([
  ['the first answers', {}],
  ['the other answers', {
    billDiscount: 'in-due-only', taxRounding: 'per-line', secondaryTaxRule: 'of-firm', taxableSubTotals: 'decimal', interest: 'own-bill', voidedBalance: 'as-before',
    deletedBills: 'gone', lineItemsWithoutBill: 'refused', gatedFields: 'absent', allocationKindFilter: false, updatedSince: 'exclusive', encodedBraces: 'refused',
    limitAboveMaximum: 'refused', taxConfigurationsWhenOff: 403,
  }],
  ['Multi-Tax', { multiTax: true }],
  ['an account without split bills and legal aid', { splitInvoices: false, legalAid: false }],
  ['a discount that takes tax off too', { billDiscountTax: 'reduced', billDiscount: 'in-due-only' }],
])('bills under %s', (_, switches) => {
  test('every bill is read as it stands and adds up', async () => {
    await start(switches);
    const truth = sandbox.control.bills().filter(({ state }) => state !== 'deleted');
    const read: Bill[] = [];
    for (let at = 0; at < truth.length; at += 50) read.push(...(await clio.bills(truth.slice(at, at + 50).map(({ id }) => String(id)))));
    expect(read.map(({ clioId }) => Number(clioId)).sort((a, b) => a - b)).toEqual(truth.map(({ id }) => id));
    for (const bill of read) {
      const { sums, subject, state, number } = truth.find(({ id }) => String(id) === bill.clioId) ?? {};
      expect(bill.balance).toBe(state === 'void' ? 0 : sums?.balance);
      // Lines are read where they can matter only.
      if (bill.kind === 'trust' || (state !== 'awaiting_payment' && state !== 'paid')) {
        expect([bill.lines, bill.due]).toEqual([[], sums?.due]);
        continue;
      }
      const asRead = { number: bill.number, state: bill.state, due: bill.due, tax: bill.totalTax, paid: bill.paid, credits: bill.credited, net: bill.lines.reduce((sum, line) => sum + line.net, 0) };
      expect({ subject, ...asRead }).toEqual({ subject, number, state, due: sums?.due, tax: (sums?.tax ?? 0) + (sums?.secondaryTax ?? 0), paid: sums?.paid, credits: sums?.credits, net: sums?.subTotal });
      expect([subject, addsUp(bill)]).toEqual([subject, true]);
    }
    const ids = await clio.allBillIds();
    expect(truth.every(({ id }) => ids.includes(String(id)))).toBe(true);
  });
});

test('a batch of bills costs one call for its list, one a bill for lines that may have changed, and few more', async () => {
  await start();
  const ids = sandbox.control.bills().filter(({ state }) => state === 'awaiting_payment').slice(0, 20).map(({ id }) => String(id));
  await clio.whoAmI();
  sandbox.control.forgetRequests();
  await clio.bills(ids);
  const count = (path: string) => sandbox.control.countRequests({ path });
  expect([count('/bills.json'), count('/line_items.json'), count('/matters.json')]).toEqual([1, 20 + 1, 1]);
  expect(count('/activities.json')).toBeLessThanOrEqual(2);
  // What the account refuses (its lines know no Multi-Tax) is found out once; lines are not read again while the bill's etag stands still.
  sandbox.control.forgetRequests();
  await clio.bills(ids);
  expect([count('/bills.json'), count('/line_items.json')]).toEqual([1, 0]);
  sandbox.control.editLine(sandbox.control.bill(Number(ids[0])).lines[0]?.id ?? 0, { price: 1 });
  sandbox.control.forgetRequests();
  await clio.bills(ids);
  expect([count('/bills.json'), count('/line_items.json')]).toEqual([1, 1]);
});

test.each(['shown', 'gone'] as const)('a deleted bill that is %s', async (deletedBills) => {
  await start({ deletedBills });
  const id = String(bySubject('Deleted while a draft'));
  expect((await clio.bills([id])).map(({ state }) => state)).toEqual(deletedBills === 'shown' ? ['deleted'] : []);
});

test.each([['of-bill', 'post'], ['of-firm', 'pre']] as const)('the rule of the second tax is the one %s', async (secondaryTaxRule, rule) => {
  await start({ secondaryTaxRule });
  const [bill] = await clio.bills([String(bySubject('Two taxes, the second on the first'))]);
  expect(bill?.taxes.map(({ key }) => key.split(':').slice(2))).toEqual([[], [rule]]);
});

test('heads of bills come in one call', async () => {
  await start();
  const ids = sandbox.control.bills().slice(0, 20).map(({ id }) => String(id));
  await clio.bills(ids);
  sandbox.control.forgetRequests();
  const heads = await clio.billHeads(ids);
  expect(sandbox.control.countRequests()).toBe(1);
  const due = new Map(sandbox.control.bills().map(({ id, sums }) => [String(id), sums.due]));
  expect(heads.map((bill) => bill.due)).toEqual(heads.map(({ clioId }) => due.get(clioId)));
});

test('bills are found by matter and by client, and by change', async () => {
  await start();
  const [bill] = sandbox.control.bills();
  expect(await clio.billIdsOfMatter(String(bill?.matterIds[0]))).toContain(String(bill?.id));
  expect(await clio.billIdsOfClient(String(bill?.clientId))).toContain(String(bill?.id));
  await clock.advance(3_600_000);
  const since = new Date(clock.now() - 60_000).toISOString();
  sandbox.control.editBill(bill?.id ?? 0, { memo: 'changed' });
  const changed = await clio.billIdsChangedSince(since);
  expect(changed.ids).toEqual([String(bill?.id)]);
  expect(Number.isNaN(Date.parse(changed.asOf))).toBe(false);
});

test('a voided bill is seen by the sweep', async () => {
  await start();
  const id = bySubject('One tax, one line of time');
  await clock.advance(3_600_000);
  sandbox.control.voidBill(id);
  expect((await clio.billIdsChangedSince(new Date(clock.now() - 60_000).toISOString())).ids).toContain(String(id));
});

describe('marking a bill paid', () => {
  test.each([['settles', 'paid', 0], ['state-only', 'paid', null]] as const)('where it %s', async (patchPaid, state, balance) => {
    await start({ patchPaid, paidOffered: 'yes' });
    const [bill] = await clio.bills([String(bySubject('One tax, one line of time'))]);
    if (!bill) throw new Error('no bill');
    expect(bill.canBecomePaid).toBe(true);
    expect(await clio.markBillPaid(bill.clioId, bill.version)).toEqual({ state, balance: balance ?? bill.balance });
  });

  test('where it is refused, and after somebody else’s change', async () => {
    await start({ patchPaid: 'refused' });
    const id = bySubject('One tax, one line of time');
    const [bill] = await clio.bills([String(id)]);
    expect(await failureOf(clio.markBillPaid(String(id), bill?.version ?? ''))).toMatchObject({ kind: 'rejected' });
    sandbox.control.editBill(id, { memo: 'changed' });
    expect(await failureOf(clio.markBillPaid(String(id), bill?.version ?? ''))).toMatchObject({ kind: 'conflict' });
  });
});

describe('allocations', () => {
  test('of bills, with currency, trust source, voids', async () => {
    await start();
    const ids = ['Paid from trust', 'A payment that was voided', 'Paid in two parts'].map((subject) => String(bySubject(subject)));
    const found = await clio.allocationsOf(ids);
    const truth = ids.flatMap((id) => sandbox.control.allocations(Number(id)));
    expect(found.map(({ clioId, amount, voided }) => [Number(clioId), amount, voided]).sort()).toEqual(truth.map(({ id, amount, voidedAt }) => [id, amount, voidedAt !== null]).sort());
    expect(found.find(({ billId }) => billId === ids[0])?.source?.type).toBe('trust');
    expect(found.some(({ voided }) => voided)).toBe(true);
  });

  test('changed since, in any order of dates', async () => {
    await start();
    await clock.advance(3_600_000);
    const id = bySubject('One tax, one line of time');
    sandbox.control.recordPayment({ billIds: [id], amount: 1_000, date: '2020-01-01' });
    const { allocations } = await clio.allocationsChangedSince(new Date(clock.now() - 60_000).toISOString());
    expect(allocations).toMatchObject([{ billId: String(id), amount: 1_000, date: '2020-01-01', kind: 'payment' }]);
  });

  test.each([[true, ['credit_note', 'write_off']], [false, [null, null]]] as const)('credits told apart: %p', async (allocationKindFilter, kinds) => {
    await start({ allocationKindFilter });
    const id = bySubject('One tax, one line of time');
    sandbox.control.recordCredit({ billId: id, amount: 500, discount: true });
    sandbox.control.writeOff({ billId: id, amount: 700 });
    const found = (await clio.allocationsOf([String(id)])).sort((a, b) => a.amount - b.amount);
    expect(found.map(({ creditKind }) => creditKind)).toEqual(kinds);
    expect(found.map(({ kind, asDiscount }) => [kind, asDiscount])).toEqual([['credit', true], ['credit', false]]);
  });
});

test('people, accounts and lists', async () => {
  await start();
  const me = await clio.whoAmI();
  expect(me).toMatchObject({ clioId: firstId(sandbox.control.users()), roles: ['admin', 'billing', 'accounts'], account: { clioId: '100234' } });
  expect((await clio.users()).map(({ clioId, account }) => [clioId, account.clioId])).toEqual(sandbox.control.users().map(({ id }) => [String(id), '100234']));
  expect((await clio.bankAccounts()).map(({ type, currency }) => [type, currency])).toEqual([['operating', 'CAD'], ['trust', 'CAD']]);
  const { costCategories, workCategories, utbmsCodes } = await clio.categories();
  expect(costCategories.find(({ xeroCode }) => xeroCode === '429')).toMatchObject({ name: 'Court fees', kind: 'hard' });
  expect(workCategories.find(({ xeroCode }) => xeroCode === '260')?.name).toBe('Court hearing');
  expect(utbmsCodes.map(({ name }) => name)).toContain('L430 Written Motions and Submissions');
  expect(await clio.practiceAreas()).toContain('Family');
  sandbox.switches.practiceAreas = 'refused';
  expect(await clio.practiceAreas()).toEqual([]);
  expect((await clio.openMatters()).offices).toContain('Harbour Street');
  const contacts = sandbox.control.contacts().filter(({ isClient }) => isClient);
  const clients = await clio.clients([...contacts.map(({ id }) => String(id)), '999999999']);
  expect(clients.map(({ name }) => name).sort()).toEqual(contacts.map(({ name }) => name).sort());
});

test.each([[false, ['primary:5', 'secondary:7:pre', 'primary:5+secondary:7:pre']], [true, null]] as const)('tax combinations with Multi-Tax %p', async (multiTax, keys) => {
  await start({ multiTax });
  const combinations = await clio.taxCombinations();
  if (keys) expect(combinations.map(({ key }) => key)).toEqual(keys);
  else expect(combinations.some(({ key }) => key.startsWith('cfg:'))).toBe(true);
  expect(combinations.find(({ key }) => key === 'primary:5+secondary:7:pre')).toEqual({ key: 'primary:5+secondary:7:pre', label: 'GST 5% + PST 7%', rate: '12' });
});

test('a task is made once for its marker, and completed once', async () => {
  await start();
  const me = await clio.whoAmI();
  const matterId = String(sandbox.control.bills()[0]?.matterIds[0]);
  const task = { name: 'Record a payment', description: 'CAD 900.00 [tieout:p:1]', marker: '[tieout:p:1]', assigneeId: me.clioId, matterId, dueOn: '2026-12-01' };
  const before = sandbox.control.tasks().length;
  const made = await clio.ensureTask(task);
  expect(await clio.ensureTask(task)).toEqual(made);
  expect(sandbox.control.tasks()).toHaveLength(before + 1);
  expect(await clio.task(made.clioId)).toEqual({ clioId: made.clioId, done: false });
  await clio.completeTask(made.clioId, 'Found in Clio.');
  await clio.completeTask(made.clioId, 'Found in Clio.');
  expect(await clio.task(made.clioId)).toEqual({ clioId: made.clioId, done: true });
  expect(sandbox.control.tasks().at(-1)?.description).toBe('CAD 900.00 [tieout:p:1]\n\nFound in Clio.');
  expect(await clio.task('999999999')).toBeNull();
  await expect(clio.completeTask('999999999', null)).resolves.toBeUndefined();
});

test('a task whose answer was lost is found again, not made twice', async () => {
  await start();
  const me = await clio.whoAmI();
  const task = { name: 'n', description: 'd', marker: '[tieout:p:2]', assigneeId: me.clioId, matterId: null, dueOn: '2026-12-01' };
  sandbox.control.injectFault({ kind: 'drop-after-commit', method: 'POST', path: '/tasks' });
  expect(await failureOf(clio.ensureTask(task))).toMatchObject({ kind: 'ambiguous' });
  const count = sandbox.control.tasks().length;
  await clio.ensureTask(task);
  expect(sandbox.control.tasks()).toHaveLength(count);
});

test('webhooks are made, activated late, renewed and removed', async () => {
  await start();
  const inDays = (days: number) => new Date(clock.now() + days * 86_400_000).toISOString();
  const made = await clio.createWebhook({ url: 'http://127.0.0.1:9/webhooks/clio/x', model: 'bill', expiresAt: inDays(20) });
  expect(made).toMatchObject({ model: 'bill', state: 'pending', expiresAt: inDays(20) });
  await sandbox.control.settled();
  await clio.activateWebhook(made.clioId, made.sharedSecret ?? '');
  expect(await clio.webhooks()).toMatchObject([{ clioId: made.clioId, state: 'enabled' }]);
  expect(await clio.renewWebhook(made.clioId, inDays(30))).toMatchObject({ state: 'enabled', expiresAt: inDays(30) });
  for (const model of ['contact', 'matter', 'activity', 'task'] as const) await clio.createWebhook({ url: 'http://127.0.0.1:9/x', model, expiresAt: inDays(20) });
  await clio.deleteWebhook(made.clioId);
  await clio.deleteWebhook(made.clioId);
  expect((await clio.webhooks()).map(({ model }) => model)).toEqual(['contact', 'matter', 'activity', 'task']);
  await sandbox.control.settled();
});

test('custom actions, and the proof of a press', async () => {
  await start();
  const action = { label: 'Open in Tieout', targetUrl: 'https://app.example/clio/actions/open', place: 'matters/show' } as const;
  expect(await clio.createCustomAction(action)).toBe(true);
  expect(await clio.createCustomAction({ ...action, place: 'bills/show' })).toBe(false);
  const [made] = await clio.customActions();
  expect(made).toMatchObject({ label: 'Open in Tieout', place: 'matters/show' });
  await clio.moveCustomAction(made?.clioId ?? '', 'https://moved.example/');
  expect(await clio.customActions()).toMatchObject([{ targetUrl: 'https://moved.example/' }]);
  await clio.deleteCustomAction(made?.clioId ?? '');
  expect(await clio.customActions()).toEqual([]);

  const matterId = firstId(sandbox.control.matters());
  const nonce = sandbox.control.mintNonce(sandbox.control.users()[0]?.id ?? 0, `/api/v4/matters/${matterId}`);
  const subject = { kind: 'matters', clioId: matterId } as const;
  expect(await clio.verifyLaunch(subject, nonce)).toBe(true);
  expect(await clio.verifyLaunch(subject, nonce)).toBe(false);
  expect(await clio.verifyLaunch(subject, 'forged')).toBe(false);
});

describe('tokens', () => {
  test.each([true, false])('an expired one is renewed in passing (rotation: %p)', async (refreshTokenRotates) => {
    await start({ refreshTokenRotates });
    const old = tokens.refreshToken;
    sandbox.control.expireTokens();
    await clio.bills(sandbox.control.bills().slice(0, 8).map(({ id }) => String(id)));
    expect(tokens.refreshToken === old).toBe(!refreshTokenRotates);
  });

  test('a withdrawn consent is unauthorized, a forgotten secret is not', async () => {
    await start();
    expect(await failureOf(refresh({ ...app, clientSecret: 'wrong' }, tokens.refreshToken ?? '', clock))).toMatchObject({ kind: 'rejected' });
    await revoke(app, tokens.accessToken, clock);
    await revoke(app, tokens.accessToken, clock);
    expect(await failureOf(clio.whoAmI())).toMatchObject({ kind: 'unauthorized' });
    expect(await failureOf(exchangeCode(app, 'used', clock))).toMatchObject({ kind: 'unauthorized' });
  });

  test('the consent page answers our address', async () => {
    await start();
    const page = await fetch(authorizeUrl(app, 'state'), { redirect: 'manual' });
    expect(page.status).toBeLessThan(400);
  });
});

test.each(['seconds', 'http-date'] as const)('the limit of a token is never exceeded, and a 429 is waited for (%s)', async (retryAfter) => {
  await start({ rateLimit: 50, retryAfter });
  clio = clientWith(clioLimits);
  const ids = sandbox.control.bills().slice(0, 40).map(({ id }) => String(id));
  let read = 0;
  const reading = clio.bills(ids).then((bills) => (read = bills.length));
  for (let turn = 0; turn < 3_000 && read === 0; turn += 1) await clock.advance(100);
  await reading;
  expect(read).toBe(40);
  expect(sandbox.control.listRequests().filter(({ status }) => status === 429)).toEqual([]);
  sandbox.control.injectFault({ kind: '429', retryAfterSeconds: 7, retryAfterAs: retryAfter });
  const found: unknown[] = [];
  const asking = clio.bankAccounts().then((accounts) => found.push(...accounts));
  for (let turn = 0; turn < 3_000 && found.length === 0; turn += 1) await clock.advance(100);
  await asking;
  expect(sandbox.control.countRequests({ path: '/bank_accounts' })).toBe(2);
});

test.each([
  ['status-500-before', 'unavailable'],
  ['html-502', 'unavailable'],
  ['drop-before', 'unavailable'],
] as const)('a read that meets %s is %s', async (kind, expected) => {
  await start();
  sandbox.control.injectFault({ kind, path: '/bank_accounts' });
  expect(await failureOf(clio.bankAccounts())).toMatchObject({ kind: expected });
});

test('a user without the role is told so', async () => {
  await start();
  const [bill] = await clio.bills([String(bySubject('One tax, one line of time'))]);
  const [, , reader] = sandbox.control.users();
  tokens = await exchangeCode(app, sandbox.control.authorize('app', reader?.id ?? 0, app.redirectUri), clock);
  expect(await failureOf(clio.markBillPaid(bill?.clioId ?? '', bill?.version ?? ''))).toMatchObject({ kind: 'forbidden' });
});
