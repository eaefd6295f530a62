import { mailServer } from '../../src/alerts/mail-server.js';
import { Post } from '../../src/alerts/post.js';
import { changeRecord } from '../../src/connections/change-record.js';
import { discreet } from '../../src/core/discreet.js';
import { REASONS, isReason, sentence } from '../../src/core/reasons.js';
import type { ConnectionRecord, FirmRecord, HoldRecord, MailChoice } from '../../src/store/records.js';
import { FIRM, giveBooks, giveSettings, TENANT } from '../web/sample-firm.js';
import { seedBill, signedIn, stage, type Stage } from '../web/stage.js';
import { Mailbox } from './mailbox.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let box: Mailbox;
beforeEach(async () => {
  box = await new Mailbox().open();
});
afterEach(() => box.close());

const FROM = { name: 'Tieout', address: 'tieout@tieout.example' };
const postOf = ({ store, clock, deps }: Stage) => new Post({ store, clock, log: deps.log, appUrl: deps.appUrl, send: mailServer({ ...box.address, secure: false, onThisMachine: true, auth: null, from: FROM }) });

/** Dana administers, Bo keeps the books, Vi looks on; all three signed in. */
async function firm() {
  const on = await stage();
  const dana = await signedIn(on);
  await signedIn(on, 'bo', { clioId: '71', name: 'Bo Lindqvist', email: 'bo@harwood.example', roles: ['billing'] });
  await signedIn(on, 'vi', { clioId: '72', name: 'Vi', email: 'vi@harwood.example', roles: ['timekeeper'] });
  await giveBooks(on);
  await giveSettings(on);
  return { on, dana, post: postOf(on) };
}

const connection = (on: Stage, changes: { state?: 'live' | 'needs-reauth'; stateReason?: string; refreshedAt?: string }) => changeRecord(on.store.connections, FIRM, `xero:${TENANT}`, () => changes);
const choose = (on: Stage, userId: string, choice: MailChoice) => changeRecord(on.store.firms, '*', FIRM, ({ mail }) => ({ mail: { ...mail, [userId]: choice } }));
const question = (on: Stage, billId: string, reason: string, facts: Record<string, string> = {}, changes: Partial<HoldRecord> = {}) =>
  on.store.holds.insert({ firm: FIRM, id: `${billId}:bill`, billId, about: 'bill', reason, facts, choices: [], open: true, answer: null, answeredBy: null, openedAt: new Date(on.clock.now()).toISOString(), closedAt: null, ...changes });
const answer = (on: Stage, billId: string) => changeRecord(on.store.holds, FIRM, `${billId}:bill`, () => ({ open: false }));
const sent = () => box.received.map(({ to, headers }) => `${to.join()}: ${headers['subject'] ?? ''}`);
const later = async ({ on, post }: { on: Stage; post: Post }, ms: number) => {
  await on.clock.advance(ms);
  await post.round();
};

test('a lost connection is told to administrators once, with all it takes to mend it, and once more when it is over', async () => {
  const { on, post } = await firm();
  await post.round();
  await connection(on, { state: 'needs-reauth', stateReason: 'CONN_XERO_REMOVED' });
  for (let look = 0; look < 3; look += 1) await later({ on, post }, MINUTE);
  expect(sent()).toEqual(['dana@harwood.example: Xero was disconnected on its side · Harwood & Lisle LLP']);
  expect(box.received[0]?.text).toBe(
    [
      'Xero was disconnected on its side', 'Firm: Harwood & Lisle LLP\nOrganisation in Xero: Harwood Books\nSince: 20 November 2026, 09:01',
      'What to do first: Somebody removed the connection in Xero. Connect the same organisation again.', 'http://localhost:3000/setup',
      'What waits is kept and goes on by itself afterwards. Another letter says when this is over.', 'Which of these letters you get is your choice: http://localhost:3000/mail',
    ].join('\n\n') + '\n',
  );
  await connection(on, { state: 'live' });
  for (let look = 0; look < 2; look += 1) await later({ on, post }, HOUR);
  expect(sent().slice(1)).toEqual(['dana@harwood.example: Over: Xero was disconnected on its side · Harwood & Lisle LLP']);
  expect(box.received[1]?.headers['in-reply-to']).toBe(box.received[0]?.headers['message-id']);
  // The same again later is news again.
  await connection(on, { state: 'needs-reauth', stateReason: 'CONN_XERO_REMOVED' });
  await later({ on, post }, MINUTE);
  expect([sent().length, new Set(box.received.map(({ headers }) => headers['message-id'])).size]).toEqual([3, 3]);
});

test('a refusal that is tried again is not over until the work is done', async () => {
  const { on, post } = await firm();
  await on.store.marks.want([{ firm: FIRM, kind: 'bill', id: '1', priority: 1 }], new Date(on.clock.now()).toISOString());
  await on.store.marks.park(FIRM, new Date(on.clock.now() + HOUR).toISOString(), 'CONN_XERO_RIGHTS');
  await later({ on, post }, MINUTE);
  await on.store.marks.unpark(FIRM, ['CONN_XERO_RIGHTS'], new Date(on.clock.now()).toISOString());
  await later({ on, post }, MINUTE);
  expect(sent()).toEqual(['dana@harwood.example: A Xero permission is missing · Harwood & Lisle LLP']);
  for (const mark of await on.store.marks.owed(FIRM)) await on.store.marks.finish(mark, 1, new Date(on.clock.now()).toISOString());
  await later({ on, post }, MINUTE);
  expect(sent()).toHaveLength(2);
});

test('wrong totals are one alert however many bills, told to administrators and bookkeepers with the amount', async () => {
  const { on, post } = await firm();
  await seedBill(on, FIRM, '501', { organisationId: TENANT });
  await question(on, '501', 'TOTAL_MISMATCH', { amount: '0.02 USD', clio: '1,200.00 USD', xero: '1,200.02 USD' });
  await post.round();
  await question(on, '502', 'TOTAL_MISMATCH', { amount: '9.00 USD', clio: '1.00 USD', xero: '10.00 USD' });
  await seedBill(on, FIRM, '502', { organisationId: TENANT });
  await later({ on, post }, MINUTE);
  expect(sent().sort()).toEqual(['bo@harwood.example', 'dana@harwood.example'].map((to) => `${to}: Xero differs from the bill by 0.02 USD · Harwood & Lisle LLP`));
  expect(box.received[0]?.text).toContain('Organisation in Xero: Harwood Books\nAmount: 0.02 USD\n');
  expect(box.received[0]?.text).toContain('http://localhost:3000/bills/501');
  await answer(on, '501');
  await later({ on, post }, MINUTE);
  expect(sent()).toHaveLength(2);
  await answer(on, '502');
  await later({ on, post }, MINUTE);
  expect(sent()).toHaveLength(4);
});

test('a Xero sign-in that nothing renews is told after 45 and after 55 days, and when it is renewed', async () => {
  const { on, post } = await firm();
  const unused = (days: number) => connection(on, { refreshedAt: new Date(on.clock.now() - days * 24 * HOUR).toISOString() });
  for (const days of [44, 45, 50, 55, 58]) {
    await unused(days);
    await later({ on, post }, MINUTE);
  }
  expect(sent()).toEqual([45, 55].map((days) => `dana@harwood.example: The Xero sign-in has not been renewed for ${days} days · Harwood & Lisle LLP`));
  // A sign-in that ended has not been renewed: that is another alert, and this one is not over.
  await connection(on, { state: 'needs-reauth' });
  await later({ on, post }, MINUTE);
  expect(sent().slice(2)).toEqual(['dana@harwood.example: The Xero sign-in has expired · Harwood & Lisle LLP']);
  await connection(on, { state: 'live' });
  await unused(0);
  await later({ on, post }, MINUTE);
  expect(sent().slice(3).map((each) => each.includes('Over: '))).toEqual([true, true]);
});

test('what is over before anybody was told is one letter, which says both', async () => {
  const { on, post } = await firm();
  await box.close();
  await connection(on, { state: 'needs-reauth' });
  await later({ on, post }, MINUTE);
  await connection(on, { state: 'live' });
  await later({ on, post }, 3 * HOUR);
  await box.open();
  await later({ on, post }, HOUR);
  expect(sent()).toEqual(['dana@harwood.example: Over: The Xero sign-in has expired · Harwood & Lisle LLP']);
  expect(box.received[0]?.text).toContain('Since: 20 November 2026, 09:01\nOver since: 20 November 2026, 12:01');
});

test('a letter whose sending was cut off is sent again under the same Message-ID', async () => {
  const { on, post } = await firm();
  await connection(on, { state: 'needs-reauth' });
  box.silent = true;
  post.start();
  await on.clock.advance(30_000);
  await box.holding(1);
  await post.stop();
  box.silent = false;
  const next = postOf(on);
  await later({ on, post: next }, 10_000);
  expect(box.received).toHaveLength(1);
  await later({ on, post: next }, 6 * MINUTE);
  expect(box.received.map(({ headers }) => headers['message-id'])).toEqual([box.received[0]?.headers['message-id'], box.received[0]?.headers['message-id']]);
  await later({ on, post: next }, HOUR);
  expect(box.received).toHaveLength(2);
});

test('two processes tell one person once', async () => {
  const { on, post } = await firm();
  await connection(on, { state: 'needs-reauth' });
  const other = postOf(on);
  await on.clock.advance(MINUTE);
  await Promise.all([post.round(), other.round()]);
  await Promise.all([post.round(), other.round()]);
  expect(box.received).toHaveLength(1);
});

test('a mail server that is off for hours is asked ever less often, and takes everything when it is back', async () => {
  const { on, post } = await firm();
  await box.close();
  await question(on, '501', 'TOTAL_MISMATCH', { amount: '0.02 USD' });
  await connection(on, { state: 'needs-reauth' });
  let looks = 0;
  for (; looks < 300; looks += 1) await later({ on, post }, MINUTE);
  const tries = on.logged.filter(({ message }) => message === 'a letter was not sent').length;
  expect([looks, tries > 10, tries < 60]).toEqual([300, true, true]);
  await box.open();
  for (let look = 0; look < 31; look += 1) await later({ on, post }, MINUTE);
  expect(sent().sort()).toEqual([
    'bo@harwood.example: Xero differs from the bill by 0.02 USD · Harwood & Lisle LLP', 'dana@harwood.example: The Xero sign-in has expired · Harwood & Lisle LLP',
    'dana@harwood.example: Xero differs from the bill by 0.02 USD · Harwood & Lisle LLP',
  ]);
});

test('the daily letter comes at seven by the clock on the wall, also on the day the clock is changed, with what is new and still open', async () => {
  const { on, post } = await firm();
  await changeRecord(on.store.firms, '*', FIRM, () => ({ timeZone: 'Pacific Time (US & Canada)' }));
  // The night of 1 November 2026 has 25 hours in Los Angeles, that of 14 March 2027 has 23.
  const came: string[] = [];
  // Dana hears of the sign-in that nothing renews meanwhile.
  const toBo = () => box.received.filter(({ to }) => to.includes('bo@harwood.example'));
  for (const day of ['2026-10-31', '2026-11-01', '2026-11-02', '2027-03-13', '2027-03-14', '2027-03-15']) {
    await on.clock.advance(Date.parse(`${day}T08:00:00Z`) - on.clock.now());
    await question(on, `a${day}`, 'DRIFT_AMOUNT', { client: 'Oakhurst Foods' });
    for (let half = 0; half < 44; half += 1) {
      const before = toBo().length;
      await later({ on, post }, 30 * MINUTE);
      if (toBo().length > before) came.push(new Date(on.clock.now()).toISOString());
    }
  }
  expect(came).toEqual(['2026-10-31T14:00:00.000Z', '2026-11-01T15:00:00.000Z', '2026-11-02T15:00:00.000Z', '2027-03-13T15:00:00.000Z', '2027-03-14T14:00:00.000Z', '2027-03-15T14:00:00.000Z']);
  expect(toBo()[1]?.text).toContain('- 1 × Figures were changed in Xero\n\nIn all 2 are open; each says what to do: http://localhost:3000/inbox');
});

test('no news, no letter; and what was answered before the morning is no news', async () => {
  const { on, post } = await firm();
  await question(on, '501', 'DRIFT_AMOUNT');
  await answer(on, '501');
  for (let hour = 0; hour < 48; hour += 1) await later({ on, post }, HOUR);
  expect(sent()).toEqual([]);
});

test('a daily letter that could not leave by the evening waits for the morning', async () => {
  const { on, post } = await firm();
  await question(on, '501', 'DRIFT_AMOUNT');
  await box.close();
  await later({ on, post }, 6 * MINUTE);
  for (let hour = 0; hour < 11; hour += 1) await later({ on, post }, HOUR);
  await box.open();
  for (let hour = 0; hour < 10; hour += 1) await later({ on, post }, HOUR);
  expect(sent()).toEqual([]);
  await later({ on, post }, HOUR);
  expect(sent()).toEqual(['bo@harwood.example: One new question waits for you · Harwood & Lisle LLP']);
});

test('whoever chose the daily letter is not written to at once, and finds it there; whoever chose none gets none', async () => {
  const { on, post } = await firm();
  await choose(on, '350112', 'digest');
  await choose(on, '71', 'off');
  await connection(on, { state: 'needs-reauth' });
  await question(on, '501', 'DRIFT_AMOUNT');
  await later({ on, post }, MINUTE);
  expect(sent()).toEqual([]);
  for (let hour = 0; hour < 24; hour += 1) await later({ on, post }, HOUR);
  expect(sent()).toEqual(['dana@harwood.example: 2 new questions wait for you · Harwood & Lisle LLP']);
  expect(box.received[0]?.text).toContain('- 1 × The Xero sign-in has expired\n- 1 × Figures were changed in Xero');
});

test('a letter that waits is not sent to somebody who left, or chose otherwise, meanwhile', async () => {
  const { on, post } = await firm();
  await box.close();
  await question(on, '501', 'TOTAL_MISMATCH', { amount: '0.02 USD' });
  await later({ on, post }, MINUTE);
  await changeRecord<FirmRecord>(on.store.firms, '*', FIRM, () => ({ mail: { 71: 'off' }, inClio: { userIds: ['71', '72'], readAt: new Date(on.clock.now()).toISOString() } }));
  await box.open();
  for (let hour = 0; hour < 3; hour += 1) await later({ on, post }, HOUR);
  expect([sent(), (await on.store.alerts.list(FIRM, { index: 'owed' })).length]).toEqual([[], 0]);
});

test('a firm that cannot be looked at keeps nobody else from being told', async () => {
  const { on, post } = await firm();
  const record = await on.store.firms.get('*', FIRM);
  if (!record) throw new Error('no firm');
  await on.store.firms.insert({ ...record, id: 'us:100', clioAccountId: '100' });
  await on.store.settings.insert({ firm: 'us:100', id: '000001', body: { mode: 'nonsense' }, by: 'Tieout', at: '2026-11-20T08:58:00.000Z', note: null });
  await connection(on, { state: 'needs-reauth' });
  await later({ on, post }, MINUTE);
  expect(sent()).toHaveLength(1);
  expect(on.logged.map(({ message }) => message)).toContain('the people of a firm could not be told by mail');
});

test('a name cannot write headers or lines of its own', async () => {
  const { on, post } = await firm();
  await changeRecord(on.store.firms, '*', FIRM, () => ({ name: 'Harwood\r\nBcc: eve@evil.example\r\n\r\nPay here: https://evil.example' }));
  await changeRecord<ConnectionRecord>(on.store.connections, FIRM, `xero:${TENANT}`, () => ({ organisationName: 'Books\u2028\r\nWhat to do first: pay Eve', state: 'needs-reauth' }));
  await later({ on, post }, MINUTE);
  const [letter] = box.received;
  expect([letter?.to, letter?.headers['bcc']]).toEqual([['dana@harwood.example'], undefined]);
  expect(letter?.text.split('\n').filter((line) => /^(Bcc|Pay here)/.test(line))).toEqual([]);
  expect(letter?.text.match(/^What to do first/gm)).toHaveLength(1);
});

test('whatever a question says of a client or a matter, no letter says it', async () => {
  const facts = Object.fromEntries([...JSON.stringify(REASONS).matchAll(/\{(\w+)\}/g)].map((match) => [match[1] ?? '', 'Canary v. Estate of 12 May']));
  for (const reason of Object.keys(REASONS).filter(isReason)) expect([reason, sentence(reason, discreet(facts)).includes('Canary')]).toEqual([reason, false]);
  expect(discreet({ amount: '-1,250.00 USD', date: '12 May 2026', count: '3', currency: 'AUD', client: 'Ann Lee', number: 'LEE-0042', why: '12 May 2026 meeting' })).toEqual({ amount: '-1,250.00 USD', date: '12 May 2026', count: '3', currency: 'AUD' });
  const { on, post } = await firm();
  await question(on, '501', 'TRUST_NOT_SET_UP', { account: 'Canary trust', amount: '12.00 USD' });
  await question(on, '502', 'CONTACT_PARTIAL', { client: 'Canary', contact: 'Canary', same: 'Canary' });
  for (let hour = 0; hour < 24; hour += 1) await later({ on, post }, HOUR);
  expect(box.received.length).toBeGreaterThan(1);
  expect(JSON.stringify(box.received)).not.toContain('Canary');
  expect(JSON.stringify(await on.store.alerts.list(FIRM))).not.toContain('Canary');
});
