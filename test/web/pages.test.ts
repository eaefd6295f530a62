import { changeRecord } from '../../src/connections/change-record.js';
import { parsePreview, PREVIEW_ID } from '../../src/store/preview-schema.js';
import { routeId } from '../../src/store/route-of.js';
import { parseSettings } from '../../src/store/settings-schema.js';
import { books, FIRM, giveBooks, giveBusyMonth, giveSettings, lists, TENANT } from './sample-firm.js';
import { connectXeroTo, seedBill, signedIn, stage } from './stage.js';

const PAGES = ['/', '/setup', '/bills', '/bills/9100456', '/bills/9100464', '/inbox', '/tie-out', '/costs', '/history', '/settings', '/activity'];

test.each(PAGES)('%s is drawn for a firm in the middle of its month', async (path) => {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBooks(on);
  await giveSettings(on);
  await giveBusyMonth(on);
  const reply = await browser.get(path);
  expect(reply.status).toBe(200);
  expect(reply.text).toContain('</html>');
  expect(reply.text.match(/<h1/g)).toHaveLength(1);
  expect(reply.text).not.toMatch(/undefined|NaN|\[object/);
  expect(reply.headers['cache-control']).toBe('no-store');
});

test('names out of Clio cannot become part of a page', async () => {
  const on = await stage();
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
  const browser = await signedIn(on, 'eve', { clioId: '350112', name: hostile, account: { clioId: '100234', name: hostile } });
  await giveBooks(on);
  await giveSettings(on);
  await seedBill(on, FIRM, '9100456', { status: 'needs-you', reason: 'CONTACT_PARTIAL', facts: { client: hostile, contact: hostile, same: hostile }, shown: { number: hostile, clientName: hostile, matters: [hostile], xeroNumber: hostile } });
  await on.store.holds.insert({ firm: FIRM, id: `9100456:${hostile}`, billId: '9100456', about: hostile, reason: 'CONTACT_PARTIAL', facts: { client: hostile }, choices: [{ id: hostile, label: hostile }], open: true, answer: null, answeredBy: null, openedAt: '2026-11-20T09:00:00Z', closedAt: null });
  await on.store.activity.insert({ firm: FIRM, id: '2026:x', at: '2026-11-20T09:00:00Z', by: hostile, what: 'x', billId: '9100456', text: hostile, before: hostile, after: hostile, sweepAt: '2030-01-01T00:00:00Z' });
  for (const path of PAGES.filter((each) => !each.endsWith('64'))) {
    const reply = await browser.get(path);
    expect([path, reply.status, /<script>alert|<img src=x/.test(reply.text)]).toEqual([path, 200, false]);
    expect(reply.headers['content-security-policy']).toMatch(/script-src 'nonce-[^' ]+';/);
  }
});

test('pressing “Sync with Xero” on the list wants every unsettled bill sent, and the page keeps looking until it is', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  for (const [id, status] of [['1', 'up-to-date'], ['2', 'ready-for-review'], ['3', 'needs-you'], ['4', 'left-out']] as const) await seedBill(on, FIRM, id, { status, matterIds: id === '3' ? ['8'] : ['9'] });
  expect((await browser.get('/bills?matter=9')).text).not.toContain('/bills/3"');
  const reply = await browser.post('/bills/sync', { matter: '9' });
  expect(reply.headers['location']).toBe('/bills?matter=9');
  const person = async () => (await on.store.marks.owed(FIRM)).filter((mark) => mark.priority === 0);
  expect((await person()).map((mark) => `${mark.kind}:${mark.id}`).sort()).toEqual(['matter:9', 'send:2']);

  const fragment = await browser.get('/bills?matter=9&fragment=rows');
  expect([fragment.headers['x-pending'], fragment.text.includes('<html')]).toEqual(['2', false]);
  expect(fragment.text).toContain('On its way');
  for (const mark of await person()) await on.store.marks.finish(mark, 1, '2026-11-27T09:00:00.000Z');
  expect((await browser.get('/bills?matter=9&fragment=rows')).headers['x-pending']).toBe('0');
});

test('a bill nobody has read yet is 404, and arriving once it was asked for', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  expect((await browser.get('/bills/555')).status).toBe(404);
  await browser.post('/bills/sync', { bill: '555', from: 'bill' });
  expect((await browser.get('/bills/555')).text).toContain('Bill is arriving');
});

test('an answer is kept with who gave it, and sets the bill going; a choice that was not offered, or to figures that have changed since, is refused', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBusyMonth(on);
  const page = (await browser.get('/bills/9100464')).text;
  expect(page).toContain('Use Clio’s figures');
  const [, asked = ''] = /name="asked" value="([^"]+)"/.exec(page) ?? [];
  const address = `/inbox/${encodeURIComponent('9100464:bill')}/answer`;
  const answer = async (choice: string) => browser.post(address, { choice, asked, back: '/bills/9100464' });
  expect((await answer('give-me-money')).status).toBe(409);
  const read = await on.store.holds.get(FIRM, '9100464:bill');
  if (!read) throw new Error('no question');
  const other = await on.store.holds.replace({ ...read, facts: { ...read.facts, xero: '1.00' } });
  expect((await answer('accept')).status).toBe(409);
  expect(await on.store.holds.get(FIRM, '9100464:bill')).toEqual(other);
  await on.store.holds.replace({ ...other, facts: read.facts });
  expect((await answer('accept')).headers['location']).toBe('/bills/9100464');
  const hold = await on.store.holds.get(FIRM, '9100464:bill');
  expect([hold?.answer, hold?.answeredBy, hold?.open]).toEqual(['accept', 'Dana Whitlock', true]);
  expect((await on.store.marks.owed(FIRM)).some((mark) => mark.kind === 'send' && mark.id === '9100464' && mark.priority === 0)).toBe(true);
  expect((await on.store.activity.list(FIRM, { index: 'bill', value: '9100464' })).map((line) => line.text)).toEqual(['Dana Whitlock answered “Figures were changed in Xero” with “Accept the difference”.']);
});

test('a bill that somebody left out can be taken in again, by those who may, and by nobody where it was not left out', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await giveBusyMonth(on);
  expect((await browser.get('/bills/9100464')).text).not.toContain('Include again');
  expect((await browser.post('/bills/9100464/include-again', {})).status).toBe(404);
  const main = await on.store.links.get(FIRM, 'bill:9100464:main');
  const hold = await on.store.holds.get(FIRM, '9100464:bill');
  if (!main || !hold) throw new Error('the month has no such bill');
  await on.store.links.replace({ ...main, status: 'left-out', reason: 'LEFT_OUT_BY_PERSON', facts: {} });
  await on.store.holds.replace({ ...hold, reason: 'PAY_BEFORE_CUTOFF', open: false, answer: 'leave-out', answeredBy: 'Dana Whitlock' });
  expect((await browser.get('/bills/9100464')).text).toContain('Include again');
  expect((await browser.post('/bills/9100464/include-again', {})).headers['location']).toBe('/bills/9100464');
  expect(await on.store.holds.get(FIRM, '9100464:bill')).toMatchObject({ answer: null, answeredBy: null });
  expect((await on.store.marks.owed(FIRM)).map(({ kind, id, priority }) => [kind, id, priority])).toContainEqual(['send', '9100464', 0]);
  expect((await on.store.activity.list(FIRM, { index: 'bill', value: '9100464' })).map((line) => line.text)).toEqual(['Dana Whitlock took back that the bill was left out.']);
});

test('a look that nobody asked for does not make a settled bill look unsettled', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await seedBill(on, FIRM, '1');
  await on.store.marks.want([{ firm: FIRM, kind: 'bill', id: '1', priority: 2 }], '2026-11-20T09:00:00Z');
  expect((await browser.get('/bills?fragment=rows')).headers['x-pending']).toBe('0');
  await browser.post('/bills/sync', { bill: '1' });
  expect((await browser.get('/bills?fragment=rows')).headers['x-pending']).toBe('1');
});

test('the tie-out as a file names every bill, and no name becomes a formula', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await seedBill(on, FIRM, '1', { shown: { clientName: '=HYPERLINK("x")', xeroDue: 110_000 } });
  const reply = await browser.get('/tie-out.csv');
  expect(reply.headers['content-disposition']).toContain('attachment; filename=tie-out-');
  expect(reply.text).toContain(`"'=HYPERLINK(""x"")"`);
  expect(reply.text).toContain('1200.00,1100.00,100.00,"Unexplained"');
});

test('the tie-out adds up both ledgers, shows the unexplained first and counts nothing twice', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  await seedBill(on, FIRM, '1');
  await seedBill(on, FIRM, '2', { shown: { xeroDue: 110_000 } });
  await seedBill(on, FIRM, '3', { status: 'left-out', reason: 'ZERO_BILL', shown: { xeroState: null, xeroTotal: null, xeroDue: null } });
  await seedBill(on, FIRM, '4', { shown: { clioState: 'void', clioBalance: 0, xeroState: 'voided' } });
  const text = (await browser.get('/tie-out')).text;
  const numbers = [...text.matchAll(/class="money[^"]*">([^<]+)</g)].map((match) => match[1]);
  expect(numbers.slice(0, 10)).toEqual(['3,600.00', '2,300.00', '1,300.00', '1,200.00', '100.00', '3,600.00', '2,400.00', '1,200.00', '1,200.00', '0.00']);
  expect(text.indexOf('>100.00</p>')).toBeGreaterThan(0);
  expect(text.indexOf('>100.00</p>')).toBeLessThan(text.indexOf('class="money'));
  expect(text.indexOf('Unexplained</span>')).toBeLessThan(text.indexOf('Nothing to pay on this bill'));
  expect(text).not.toContain('/bills/4"');
});

test('with several organisations the tie-out adds up each by itself, on the page and in the file', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const second = '7d1f6c22-9a4b-4f0e-8c3d-2b5a1e6f7a80';
  await giveBooks(on);
  await seedBill(on, FIRM, '1', { organisationId: TENANT });
  await seedBill(on, FIRM, '2', { organisationId: second, shown: { xeroDue: 110_000 } });
  await seedBill(on, FIRM, '3', { organisationId: '', status: 'needs-you', reason: 'ROUTE_UNCLEAR', shown: { xeroState: null, xeroTotal: null, xeroDue: null } });
  const headings = async () => [...(await browser.get('/tie-out')).text.matchAll(/id="sum-\d">([^<]+)</g)].map((match) => match[1]);
  expect(await headings()).toEqual(['USD']);
  expect((await browser.get('/tie-out.csv')).text).not.toContain('Organisation');

  await connectXeroTo(on, FIRM, second, 'Harwood Property');
  await on.store.settings.insert({ firm: FIRM, id: routeId(1), body: { home: TENANT, rules: [], otherwise: null }, by: 'Dana Whitlock', at: '2026-11-20T08:58:00.000Z', note: null });
  expect(await headings()).toEqual(['Harwood Property, USD', 'Harwood Books, USD', 'No organisation yet, USD']);
  const { text } = await browser.get('/tie-out');
  expect(text.match(/Equal to the cent/g)).toHaveLength(1);
  expect(text).toContain('>Harwood Property</td>');
  expect((await browser.get('/tie-out.csv')).text.split('\r\n').map((line) => line.split(',')[0]).slice(0, 4)).toEqual([expect.stringContaining('"Organisation"'), '"Harwood Books"', '"Harwood Property"', '""']);
});

test('a question that a setting answers leads to the settings of its bill’s organisation', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const second = '7d1f6c22-9a4b-4f0e-8c3d-2b5a1e6f7a80';
  await giveBooks(on);
  const at = '2026-11-20T08:58:00.000Z';
  const ask = async (id: string, organisationId: string) => {
    await seedBill(on, FIRM, id, { organisationId, status: 'needs-you', reason: 'ACCOUNT_UNMAPPED' });
    await on.store.holds.insert({ firm: FIRM, id: `${id}:account`, billId: id, about: 'account', reason: 'ACCOUNT_UNMAPPED', facts: { what: 'Fees' }, choices: [], open: true, answer: null, answeredBy: null, openedAt: at, closedAt: null });
  };
  const buttons = async (path: string) => [...(await browser.get(path)).text.matchAll(/href="([^"]*)">Open settings/g)].map((match) => match[1]);
  await ask('1', TENANT);
  await on.store.settings.insert({ firm: FIRM, id: routeId(1), body: { home: TENANT, rules: [], otherwise: null }, by: 'Dana Whitlock', at, note: null });
  expect(await buttons('/inbox')).toEqual(['/settings']);
  await ask('2', second);
  expect((await buttons('/inbox')).sort()).toEqual([`/organisations/${second}`, '/settings']);
  expect([await buttons('/bills/1'), await buttons('/bills/2')]).toEqual([['/settings'], [`/organisations/${second}`]]);
});

describe('settings', () => {
  const ready = async () => {
    const on = await stage();
    const browser = await signedIn(on);
    await giveBooks(on);
    return { on, browser };
  };
  const proposal = { mode: 'review', startOn: '2026-11-01', 'invoice.status': 'authorised', 'invoice.detail': 'category', 'invoice.numberTemplate': '{bill}', 'invoice.markSent': 'on', 'income.feeAccount': '200', 'income.softCostAccount': '210', 'income.hardCostAccount': '620', 'income.interestAccount': '', 'income.discountAccount': '', 'rounding.account': '860', 'taxMap.none': 'NONE', 'taxMap.primary:8.25': 'OUTPUT', 'bankMap.41': 'acc-090', 'bankMap.default': 'acc-090', 'payments.fromXero': 'mark-paid-or-task', 'payments.taskAssigneeId': '350112', 'contacts.partialMatch': 'ask', 'contacts.direction': 'create', 'credits.treatment': 'ask', 'credits.badDebtAccount': '', editPaid: 'adjust', lockPolicy: 'hold', 'costs.hard': 'off', 'costs.account': '', 'costs.bankAccount': '' };

  test('which account a line gets is tried on the saved rules, with the rule that decides', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    const current = await on.store.settings.get(FIRM, '000001');
    const { income, ...rest } = parseSettings(current?.body);
    if (!current) throw new Error('no settings');
    await on.store.settings.insert({ ...current, id: '000002', body: { ...rest, income: { ...income, rules: [{ when: 'timekeeper', value: '350112', accountCode: '210' }, { when: 'office', value: 'Harbour Street', accountCode: '999' }] } } });
    const asked = async (query: string) => /<p class="answer" role="status">([\s\S]*?)<\/p>/.exec((await browser.get(`/settings?${query}`)).text)?.[1]?.replace(/<\/?strong>/g, '');
    expect(await asked('')).toBeUndefined();
    expect(await asked('line.kind=fee')).toBe('200 Legal fees. No rule fits, so it takes the account of its kind.');
    expect(await asked('line.kind=fee&line.timekeeper=timekeeper%3A350112')).toBe('210 Recovered costs. Rule 1 fits: Person who did the work, Dana Whitlock.');
    expect(await asked('line.kind=hard-cost&line.office=office%3AHarbour%20Street')).toBe('No account: the bill would wait. Rule 2 fits: Office, Harbour Street. Account 999 no longer works. It was archived or removed in Xero. Choose another one for hard costs in the settings.');
    expect(await asked('line.kind=fee&line.office=office%3ANowhere')).toBe('200 Legal fees. No rule fits, so it takes the account of its kind.');
    expect((await on.store.settings.list(FIRM)).length).toBe(2);
  });

  test('settings saved by somebody else meanwhile are not overwritten', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await browser.get('/settings');
    const changed = { ...proposal, version: '000001', 'income.feeAccount': '210', 'payments.taskAssigneeId': '', 'credits.badDebtAccount': '404' };
    expect((await browser.post('/settings', { ...changed, note: 'as the accountant asked' })).status).toBe(303);
    const reply = await browser.post('/settings', { ...proposal, version: '000001', 'income.feeAccount': '200', 'credits.badDebtAccount': '404', lockPolicy: 'first-open-day', note: 'locked early' });
    expect(reply.status).toBe(409);
    expect(reply.text).toContain('Dana Whitlock saved the settings while you were changing them.');
    expect(reply.text).toContain('Fees: 200 Legal fees became 210 Recovered costs');
    const chosen = (name: string) => new RegExp(`name="${name.replace('.', '\\.')}"[\\s\\S]*?value="([^"]*)" selected`).exec(reply.text)?.[1];
    expect([chosen('income.feeAccount'), chosen('lockPolicy'), /name="note"[^>]*value="([^"]*)"/.exec(reply.text)?.[1], /name="version" value="(\d+)"/.exec(reply.text)?.[1]]).toEqual(['210', 'first-open-day', 'locked early', '000002']);
    expect((await on.store.settings.list(FIRM)).map((each) => [each.id, each.note])).toEqual([['000001', 'finished set-up for Harwood Books'], ['000002', 'changed Fees: as the accountant asked']]);
  });

  test('a field both changed keeps what the second typed, and says what the first chose', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await browser.get('/settings');
    const first = { ...proposal, version: '000001', 'credits.badDebtAccount': '404', 'payments.taskAssigneeId': '', 'income.feeAccount': '210' };
    await browser.post('/settings', first);
    const reply = await browser.post('/settings', { ...first, 'income.feeAccount': '' });
    expect([reply.status, reply.text.includes('Dana Whitlock chose “210 Recovered costs” meanwhile. Keep yours or take theirs, then save again.')]).toEqual([409, true]);
    expect(await on.store.settings.count(FIRM)).toBe(2);
  });

  test('a change that shapes invoices is previewed before it is saved, and saved by its own press', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await seedBill(on, FIRM, '1', { xeroId: 'inv-1', organisationId: 'org' });
    await browser.get('/settings');
    const changed = { ...proposal, version: '000001', 'credits.badDebtAccount': '404', 'payments.taskAssigneeId': '', 'income.feeAccount': '210' };
    expect((await browser.post('/settings', changed)).headers['location']).toBe('/settings/preview');
    expect(await on.store.settings.count(FIRM)).toBe(1);
    expect((await on.store.marks.owed(FIRM)).filter((mark) => mark.kind === 'dry-run').map((mark) => [mark.id, mark.priority])).toEqual([['preview', 0]]);
    const pending = await browser.get('/settings/preview?fragment=preview');
    expect([pending.headers['x-pending'], pending.text.includes('Nothing is written')]).toEqual(['1', true]);
    await changeRecord(on.store.runs, FIRM, PREVIEW_ID, (run) => ({ result: { ...parsePreview(run.result), effect: { looked: 2, changed: [{ billId: '1', number: '1042', client: 'Oakhurst', says: ['account 200: 10.00 USD would be 0.00 USD'] }] } } }));
    const told = await browser.get('/settings/preview');
    expect(told.text).toContain('1 of 2 open invoices would look different today');
    expect(told.text).toMatch(/200 Legal fees<\/td><td>210 Recovered costs/);
    const other = await signedIn(on, 'ada', { clioId: '9', name: 'Ada' });
    await other.get('/settings');
    expect((await other.post('/settings/preview', {})).status).toBe(409);
    expect((await browser.post('/settings/preview', {})).headers['location']).toBe('/settings');
    expect((await on.store.settings.list(FIRM)).map((each) => each.note)).toEqual(['finished set-up for Harwood Books', 'changed Fees']);
    expect((await browser.post('/settings/preview', {})).status).toBe(409);
  });

  test('the history tells every version in words, and going back is a new version', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await browser.get('/settings');
    await browser.post('/settings', { ...proposal, version: '000001', 'credits.badDebtAccount': '404', 'payments.taskAssigneeId': '', 'income.feeAccount': '210', mode: 'automatic' });
    const page = await browser.get('/history');
    expect(page.text).toMatch(/Fees<\/th><td>200 Legal fees<\/td><td>210 Recovered costs/);
    expect(page.text).not.toMatch(/[{}]"/);
    expect((await browser.post('/settings/restore', { version: '000009' })).status).toBe(404);
    expect((await browser.post('/settings/restore', { version: '000001' })).headers['location']).toBe('/settings/preview');
    await browser.post('/settings/preview', {});
    expect(await on.store.settings.count(FIRM)).toBe(2);
    await changeRecord(on.store.runs, FIRM, PREVIEW_ID, (run) => ({ result: { ...parsePreview(run.result), effect: { looked: 0, changed: [] } } }));
    await browser.post('/settings/preview', {});
    const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
    expect([newest?.id, newest?.note, newest?.body]).toEqual(['000003', 'went back to version 1', expect.objectContaining({ mode: 'automatic', income: expect.objectContaining({ feeAccount: '200' }) as unknown })]);
  });

  test('books locked past the start date do not stand in the way of other changes', async () => {
    const { on, browser } = await ready();
    await giveSettings(on, { startOn: '2026-09-01' });
    await browser.get('/settings');
    expect((await browser.post('/settings', { ...proposal, version: '000001', startOn: '2026-09-01', 'income.feeAccount': '210' })).status).toBe(303);
    expect((await browser.post('/settings', { ...proposal, version: '000002', startOn: '2026-08-01', 'income.feeAccount': '210' })).status).toBe(422);
  });

  test('a tax that came up after set-up may stay open, and does not stand in the way of other changes', async () => {
    const { on, browser } = await ready();
    await giveSettings(on, { taxMap: { none: 'NONE' } });
    expect((await browser.get('/settings')).text).toContain('Ask when a bill has it');
    expect((await browser.post('/settings', { ...proposal, 'taxMap.primary:8.25': '', 'income.feeAccount': '210', version: '000001' })).status).toBe(303);
    const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
    expect(newest?.body).toMatchObject({ taxMap: { none: 'NONE' }, income: { feeAccount: '210' } });
  });

  test('rules are added, moved and removed without a script', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await browser.get('/settings');
    const rules = async () => (await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 })).map((each) => parseSettings(each.body).income.rules.map((rule) => `${rule.when} ${rule.value} → ${rule.accountCode}`))[0];
    const rule = (row: number, on: string, account: string, place = '') => ({ [`income.rules.${row}.on`]: on, [`income.rules.${row}.account`]: account, [`income.rules.${row}.place`]: place });
    expect((await browser.post('/settings', { ...proposal, version: '000001', ...rule(0, 'office:Harbour Street', '210'), ...rule(1, 'category:9005', '620') })).status).toBe(303);
    expect(await rules()).toEqual(['category 9005 → 620', 'office Harbour Street → 210']);
    expect((await browser.post('/settings', { ...proposal, version: '000002', ...rule(0, 'category:9005', '620', '2'), ...rule(1, 'office:Harbour Street', '210', '1'), ...rule(2, '', '') })).status).toBe(303);
    expect(await rules()).toEqual(['office Harbour Street → 210', 'category 9005 → 620']);
    const refused = await browser.post('/settings', { ...proposal, version: '000003', ...rule(0, 'category:9005', ''), ...rule(1, 'utbms:501', '210') });
    expect([refused.status, refused.text.includes('Choose an account for Court fees.'), refused.text.includes('<option value="utbms:501" selected>')]).toEqual([422, true, true]);
    expect((await browser.post('/settings', { ...proposal, version: '000003', ...rule(0, '', '210', '1'), ...rule(1, 'nothing:real', '620') })).status).toBe(422);
    expect((await browser.post('/settings', { ...proposal, version: '000003', ...rule(0, '', '210', '1'), ...rule(1, 'category:9005', '620', '2') })).status).toBe(303);
    expect(await rules()).toEqual(['category 9005 → 620']);
  });

  test('tracking, branding, number and costs are chosen from what Xero has', async () => {
    const { on, browser } = await ready();
    await giveSettings(on);
    await browser.get('/settings');
    const wanted = { ...proposal, version: '000001', 'tracking.tracking-area': 'practice-area', 'invoice.brandingThemeId': 'theme-letterhead', 'invoice.numberTemplate': 'HL-{bill}', 'invoice.timekeepers': 'on' };
    expect((await browser.post('/settings', { ...wanted, 'invoice.numberTemplate': 'HL' })).text).toContain('Write {bill} once');
    expect((await browser.post('/settings', wanted)).status).toBe(303);
    const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
    expect(newest?.body).toMatchObject({ tracking: [{ categoryId: 'tracking-area', from: 'practice-area' }], invoice: { brandingThemeId: 'theme-letterhead', numberTemplate: 'HL-{bill}', timekeepers: true, markSent: true } });
  });

  test('a category seldom a disbursement is doubted on the page, and kept if a person says so', async () => {
    const { on, browser } = await ready();
    const kept = await on.store.books.get(FIRM, TENANT);
    if (kept) await on.store.books.replace({ ...kept, body: books({ organisation: { ...books().organisation, country: 'GB' } }) }, 0);
    const known = await on.store.books.get(FIRM, 'clio');
    if (known) await on.store.books.replace({ ...known, body: { ...lists, costCategories: [{ clioId: '9007', name: 'Courier', xeroCode: null, kind: 'hard' }] } }, 0);
    await giveSettings(on, { costTax: { categories: {}, untagged: 'ask' } });
    const page = (await browser.get('/settings')).text;
    expect(page).toContain('Costs not decided below');
    expect(page).not.toContain('eight conditions');
    expect((await browser.post('/settings', { ...proposal, version: '000001', 'costTax.untagged': 'ask', 'costTax.categories.9007': 'disbursement', 'taxMap.disbursement/none': '' })).status).toBe(303);
    expect((await browser.get('/settings')).text).toContain('eight conditions of VAT Notice 700');
  });

  test('a bookkeeper maps accounts but does not switch the mode', async () => {
    const { on } = await ready();
    await giveSettings(on);
    const browser = await signedIn(on, 'bo', { clioId: '8', name: 'Bo', roles: ['billing'] });
    await browser.get('/settings');
    expect((await browser.post('/settings', { ...proposal, mode: 'automatic', 'income.feeAccount': '210', version: '000001' })).status).toBe(303);
    const [newest] = await on.store.settings.list(FIRM, { newestFirst: true, limit: 1 });
    expect(newest?.body).toMatchObject({ mode: 'review', income: { feeAccount: '210' } });
  });
});

test('health, readiness and metrics answer without a session and name no firm', async () => {
  const on = await stage();
  await signedIn(on);
  await seedBill(on, FIRM, '1');
  expect((await on.agent.get('/healthz')).text).toBe('ok\n');
  expect((await on.agent.get('/readyz')).status).toBe(200);
  const { text } = await on.agent.get('/metrics');
  expect(text).toContain('tieout_bills{status="up-to-date"} 1');
  expect(text).toContain('tieout_firms_without_notices 0');
  expect(text).not.toContain('100234');
  await on.store.close();
  expect((await on.agent.get('/readyz')).status).toBe(503);
});

test('every page says when Clio has stopped announcing changes, and that nobody need do anything', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  const blank = { firm: FIRM, id: 'bill', model: 'bill', token: 'x'.repeat(32), clioWebhookId: '1', secret: null, previousSecret: null, lastDeliveryAt: null };
  await on.store.subscriptions.insert({ ...blank, state: 'enabled', expiresAt: new Date(on.clock.now() + 3_600_000).toISOString() });
  expect((await browser.get('/bills')).text).not.toContain('stopped announcing');
  await on.clock.advance(3_600_000);
  const { text } = await browser.get('/bills');
  expect(text).toContain('Clio has stopped announcing changes.');
  expect(text).toContain('every ten minutes instead');
  expect((await on.agent.get('/metrics')).text).toContain('tieout_firms_without_notices 1');
});

test('an address nobody knows is a page that leads back', async () => {
  const on = await stage();
  const reply = await on.agent.get('/nowhere');
  expect([reply.status, reply.text.includes('Go to bills')]).toEqual([404, true]);
});
