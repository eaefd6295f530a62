import { LeaseLostError, StaleError, TakenError, UnreadableError } from '../../src/store/collection.js';
import { clioKey, userKey, xeroKey } from '../../src/store/keys.js';
import { newestRoute, routeId } from '../../src/store/route-of.js';
import { newestSettings, settingsId, settingsVersions } from '../../src/store/settings-of.js';
import { dueAt, PRIORITY, type Mark, type MarkRequest, type Store } from '../../src/store/store.js';
import {
  activity, alert, AT, books, connection, cursor, delivery, firm, FIRM, hold, INTENT, link, OTHER_FIRM, run, settings, SHOWN, subscription, ticket,
} from './sample-records.js';

/** An empty store, and the means to look at the same data through another connection. */
export interface Subject {
  store: Store;
  another: () => Promise<Store>;
  close: () => Promise<void>;
}

const ids = (records: { id: string }[]): string[] => records.map(({ id }) => id);

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected something, found nothing');
  return value;
}

/** How many of the promises were kept; the others must have failed with `refusal`. */
async function winners(attempts: Promise<unknown>[], refusal: new (...args: never[]) => Error): Promise<number> {
  const settled = await Promise.allSettled(attempts);
  for (const each of settled) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(refusal);
  return settled.filter((each) => each.status === 'fulfilled').length;
}

/** What every store must do. Each adapter's test file runs the whole of it. */
export function storeContract(name: string, openSubject: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    let store: Store;

    beforeEach(async () => {
      subject = await openSubject();
      store = subject.store;
    });

    afterEach(async () => {
      await subject.close();
    });

    describe('a record', () => {
      test('of any kind reads back as it was written', async () => {
        const full = link('bill:9:main', {
          clioId: '9', xeroId: 'x-9', billId: '9', clientId: '4', matterIds: ['1', '2'], facts: { 'a.b': '$1' }, shown: SHOWN, intent: INTENT,
          base: { bill: { total: 1005 }, lines: [], empty: {} }, elsewhere: 'org-2',
        });
        const filed = { version: 1, epoch: 0 };
        expect(await store.links.insert(full)).toEqual({ ...full, ...filed });
        expect(await store.links.get(FIRM, full.id)).toEqual({ ...full, ...filed });
        await store.firms.insert(firm(FIRM));
        expect(await store.firms.get('*', FIRM)).toEqual({ ...firm(FIRM), ...filed });
        await store.connections.insert(connection('xero:org-1'));
        expect(await store.connections.get(FIRM, 'xero:org-1')).toEqual({ ...connection('xero:org-1'), ...filed });
        await store.settings.insert(settings('000001'));
        expect(await store.settings.get(FIRM, '000001')).toEqual({ ...settings('000001'), ...filed });
        await store.books.insert(books('org-1'));
        expect(await store.books.get(FIRM, 'org-1')).toEqual({ ...books('org-1'), ...filed });
        await store.holds.insert(hold('9:bill'));
        expect(await store.holds.get(FIRM, '9:bill')).toEqual({ ...hold('9:bill'), ...filed });
        await store.subscriptions.insert(subscription('bill', 't'.repeat(43)));
        expect(await store.subscriptions.get(FIRM, 'bill')).toEqual({ ...subscription('bill', 't'.repeat(43)), ...filed });
        await store.deliveries.insert(delivery('d1'));
        expect(await store.deliveries.get(FIRM, 'd1')).toEqual({ ...delivery('d1'), ...filed });
        await store.activity.insert(activity('a1'));
        expect(await store.activity.get(FIRM, 'a1')).toEqual({ ...activity('a1'), ...filed });
        await store.cursors.insert(cursor('bills'));
        expect(await store.cursors.get(FIRM, 'bills')).toEqual({ ...cursor('bills'), ...filed });
        await store.runs.insert(run('r1'));
        expect(await store.runs.get(FIRM, 'r1')).toEqual({ ...run('r1'), ...filed });
        await store.alerts.insert(alert('CONN_XERO_REMOVED'));
        expect(await store.alerts.get(FIRM, 'CONN_XERO_REMOVED')).toEqual({ ...alert('CONN_XERO_REMOVED'), ...filed });
        await store.tickets.insert(ticket('s1', AT));
        expect(await store.tickets.get('*', 's1')).toEqual({ ...ticket('s1', AT), ...filed });
      });

      test('is found by firm and id only', async () => {
        await store.links.insert(link('a'));
        expect(await store.links.get(OTHER_FIRM, 'a')).toBeUndefined();
        expect(await store.links.get(FIRM, 'b')).toBeUndefined();
        await store.links.insert(link('b'));
        expect(ids(await store.links.getMany(FIRM, ['b', 'none', 'a', 'a']))).toEqual(['a', 'b']);
        expect(await store.links.getMany(OTHER_FIRM, ['a'])).toEqual([]);
        expect(await store.links.getMany(FIRM, [])).toEqual([]);
      });

      test('cannot be inserted twice', async () => {
        await store.links.insert(link('a', { reason: 'first' }), 5);
        await expect(store.links.insert(link('a'))).rejects.toThrow(TakenError);
        await expect(store.links.insert(link('a'), 5)).rejects.toThrow(TakenError);
        await expect(store.links.insert(link('a'), 4)).rejects.toThrow(StaleError);
        expect(await store.links.get(FIRM, 'a')).toMatchObject({ reason: 'first', version: 1, epoch: 5 });
      });

      test('is replaced only as last read', async () => {
        const first = await store.links.insert(link('a'));
        const second = await store.links.replace({ ...first, reason: 'second' });
        expect(second).toMatchObject({ reason: 'second', version: 2, epoch: 0 });
        await expect(store.links.replace({ ...first, reason: 'stale' })).rejects.toThrow(StaleError);
        expect(await store.links.get(FIRM, 'a')).toEqual(second);
      });

      test('that is not there cannot be replaced', async () => {
        const gone = await store.links.insert(link('a'));
        expect(await store.links.remove(FIRM, 'a')).toBe(true);
        expect(await store.links.remove(FIRM, 'a')).toBe(false);
        await expect(store.links.replace(gone)).rejects.toThrow(StaleError);
        expect(await store.links.get(FIRM, 'a')).toBeUndefined();
      });

      test('refuses a worker whose lease has passed on, and lets people write', async () => {
        const first = await store.links.insert(link('a'), 3);
        const byNewer = await store.links.replace({ ...first, reason: 'newer' }, 4);
        expect(byNewer.epoch).toBe(4);
        await expect(store.links.replace({ ...byNewer, reason: 'older' }, 3)).rejects.toThrow(StaleError);
        const byPerson = await store.links.replace({ ...byNewer, reason: 'person' });
        expect(byPerson).toMatchObject({ reason: 'person', version: 3, epoch: 4 });
        await expect(store.links.replace({ ...byPerson, reason: 'older' }, 3)).rejects.toThrow(StaleError);
        expect(await store.links.get(FIRM, 'a')).toEqual(byPerson);
      });

      test('that nobody could read back is not written', async () => {
        await expect(store.links.insert(link('a', { shown: { ...SHOWN, clioTotal: 10.05 } }))).rejects.toThrow(UnreadableError);
        expect(await store.links.count(FIRM)).toBe(0);
      });
    });

    describe('a unique key', () => {
      test('holds for a Clio record within its firm, kind and role', async () => {
        const first = await store.links.insert(link('a', { clioId: '9' }));
        await expect(store.links.insert(link('b', { clioId: '9' }))).rejects.toThrow(TakenError);
        expect(await store.links.get(FIRM, 'b')).toBeUndefined();
        await store.links.insert(link('c', { clioId: '9', role: 'adj-1' }));
        await store.links.insert(link('d', { clioId: '9', kind: 'payment' }));
        await store.links.insert(link('a', { clioId: '9', firm: OTHER_FIRM }));
        expect(await store.links.findUnique('clio', clioKey({ firm: FIRM, kind: 'bill', role: 'main', clioId: '9' }))).toEqual(first);
      });

      test('lets one client be a contact in each of two organisations', async () => {
        const contact = { kind: 'contact', clioId: '4' } as const;
        await store.links.insert(link('contact:4', { ...contact, xeroId: 'c-1' }));
        await store.links.insert(link('contact:4@org-2', { ...contact, role: 'org-2', xeroId: 'c-2', organisationId: 'org-2' }));
        await expect(store.links.insert(link('contact:4@twice', { ...contact, role: 'org-2', xeroId: 'c-3', organisationId: 'org-2' }))).rejects.toThrow(TakenError);
        expect((await store.links.findUnique('xero', xeroKey({ organisationId: 'org-2', kind: 'contact', xeroId: 'c-2' })))?.id).toBe('contact:4@org-2');
      });

      test('holds for a Xero record across firms', async () => {
        await store.links.insert(link('a', { xeroId: 'x1' }));
        await expect(store.links.insert(link('a', { xeroId: 'x1', firm: OTHER_FIRM }))).rejects.toThrow(TakenError);
        await store.links.insert(link('b', { xeroId: 'x1', organisationId: 'org-2' }));
        const found = await store.links.findUnique('xero', xeroKey({ organisationId: 'org-2', kind: 'bill', xeroId: 'x1' }));
        expect(found?.id).toBe('b');
      });

      test('does not bind records that have none', async () => {
        await store.links.insert(link('a'));
        await store.links.insert(link('b'));
        expect(await store.links.count(FIRM)).toBe(2);
      });

      test('cannot be taken over by replacing, and is free again after its holder let go', async () => {
        const holder = await store.links.insert(link('a', { xeroId: 'x1' }));
        const other = await store.links.insert(link('b', { matterIds: ['7'] }));
        await expect(store.links.replace({ ...other, xeroId: 'x1', matterIds: [] })).rejects.toThrow(TakenError);
        expect(await store.links.get(FIRM, 'b')).toEqual(other);
        expect(ids(await store.links.list(FIRM, { index: 'matter', value: '7' }))).toEqual(['b']);
        await store.links.replace({ ...holder, xeroId: null });
        expect((await store.links.replace({ ...other, xeroId: 'x1' })).xeroId).toBe('x1');
        await store.links.remove(FIRM, 'b');
        await store.links.insert(link('c', { xeroId: 'x1' }));
        expect((await store.links.findUnique('xero', xeroKey({ organisationId: 'org-1', kind: 'bill', xeroId: 'x1' })))?.id).toBe('c');
      });

      test('lets one firm have an organisation, until it is removed', async () => {
        const first = await store.connections.insert(connection('xero:org-1'));
        await expect(store.connections.insert(connection('xero:org-1', { firm: OTHER_FIRM }))).rejects.toThrow(TakenError);
        const waiting = await store.connections.replace({ ...first, state: 'needs-reauth' });
        expect((await store.connections.findUnique('organisation', 'org-1'))?.firm).toBe(FIRM);
        await store.connections.replace({ ...waiting, state: 'removed' });
        await store.connections.insert(connection('xero:org-1', { firm: OTHER_FIRM }));
        expect((await store.connections.findUnique('organisation', 'org-1'))?.firm).toBe(OTHER_FIRM);
      });

      test('finds the firm of a Clio user of a region, and a webhook by its token', async () => {
        await store.connections.insert(connection('clio:5', { side: 'clio', userId: '5', organisationId: null }));
        expect((await store.connections.findUnique('user', userKey({ firm: FIRM, userId: '5' })))?.id).toBe('clio:5');
        expect(await store.connections.findUnique('user', 'eu:5')).toBeUndefined();
        await store.subscriptions.insert(subscription('bill', 'a'.repeat(43)));
        await expect(store.subscriptions.insert(subscription('contact', 'a'.repeat(43)))).rejects.toThrow(TakenError);
        expect((await store.subscriptions.findUnique('token', 'a'.repeat(43)))?.id).toBe('bill');
        expect(await store.subscriptions.findUnique('token', 'b'.repeat(43))).toBeUndefined();
      });

      test('is asked for only where there is one', async () => {
        await expect(store.links.findUnique('bill', '9')).rejects.toThrow('not a unique key');
      });
    });

    describe('a list', () => {
      test('is by id, in pages, in both directions', async () => {
        for (const id of ['c', 'a', 'e', 'b', 'd']) await store.links.insert(link(id));
        await store.links.insert(link('f', { firm: OTHER_FIRM }));
        expect(ids(await store.links.list(FIRM))).toEqual(['a', 'b', 'c', 'd', 'e']);
        expect(ids(await store.links.list(FIRM, { limit: 2 }))).toEqual(['a', 'b']);
        expect(ids(await store.links.list(FIRM, { after: 'b', limit: 2 }))).toEqual(['c', 'd']);
        expect(ids(await store.links.list(FIRM, { newestFirst: true, limit: 2 }))).toEqual(['e', 'd']);
        expect(ids(await store.links.list(FIRM, { newestFirst: true, after: 'd', limit: 9 }))).toEqual(['c', 'b', 'a']);
        expect(await store.links.list(FIRM, { limit: 0 })).toEqual([]);
      });

      test('of settings keeps each organisation\'s versions apart, and the route between them', async () => {
        const other = '0c4d7b1e-0000-4000-8000-00000000000a';
        for (const id of ['000001', '000002', settingsId(other, 1), settingsId(other, 11), settingsId('ffff', 3), routeId(1)]) await store.settings.insert(settings(id));
        const route = { home: 'org-1', rules: [{ when: 'office', value: 'Reno', organisationId: other }], otherwise: null };
        await store.settings.insert({ ...settings(routeId(2)), body: route });
        expect(ids(await settingsVersions(store, FIRM, null, 10))).toEqual(['000002', '000001']);
        expect(ids(await settingsVersions(store, FIRM, other, 10))).toEqual([settingsId(other, 11), settingsId(other, 1)]);
        expect(await newestSettings(store, FIRM, 'org-9')).toBeUndefined();
        expect(await newestSettings(store, OTHER_FIRM, null)).toBeUndefined();
        expect((await newestRoute(store, FIRM))?.route).toEqual(route);
        expect(await newestRoute(store, OTHER_FIRM)).toBeUndefined();
        // As every reader did who knew of one organisation only.
        expect(ids(await store.settings.list(FIRM, { newestFirst: true, limit: 1 }))).toEqual(['000002']);
      });

      test('by an index holds the firm\'s records with the value', async () => {
        await store.links.insert(link('a', { billId: '9', clientId: '4', matterIds: ['1', '2'], status: 'needs-you', intent: INTENT }));
        await store.links.insert(link('b', { billId: '9', kind: 'payment', matterIds: ['2', '2'] }));
        await store.links.insert(link('c', { billId: '8' }));
        await store.links.insert(link('a', { billId: '9', matterIds: ['2'], firm: OTHER_FIRM }));
        expect(ids(await store.links.list(FIRM, { index: 'bill', value: '9' }))).toEqual(['a', 'b']);
        expect(ids(await store.links.list(FIRM, { index: 'bill', value: '9', after: 'a', limit: 1 }))).toEqual(['b']);
        expect(ids(await store.links.list(FIRM, { index: 'client', value: '4' }))).toEqual(['a']);
        expect(ids(await store.links.list(FIRM, { index: 'matter', value: '1' }))).toEqual(['a']);
        expect(ids(await store.links.list(FIRM, { index: 'matter', value: '2', newestFirst: true }))).toEqual(['b', 'a']);
        expect(ids(await store.links.list(FIRM, { index: 'matter' }))).toEqual(['a', 'b']);
        expect(ids(await store.links.list(FIRM, { index: 'client' }))).toEqual(['a']);
        expect(ids(await store.links.list(FIRM, { index: 'kind', value: 'payment' }))).toEqual(['b']);
        expect(ids(await store.links.list(FIRM, { index: 'status', value: 'bill:needs-you' }))).toEqual(['a']);
        expect(ids(await store.links.list(FIRM, { index: 'intent', value: 'open' }))).toEqual(['a']);
        expect(await store.links.count(FIRM, 'bill', '9')).toBe(2);
        expect(await store.links.count(FIRM, 'matter', '2')).toBe(2);
        expect(await store.links.count(FIRM, 'intent')).toBe(1);
        expect(await store.links.count(FIRM)).toBe(3);
      });

      test('follows what a record becomes', async () => {
        const first = await store.links.insert(link('a', { matterIds: ['1', '2'], intent: INTENT, billId: '9' }));
        await store.links.replace({ ...first, matterIds: ['2', '3'], intent: null, billId: null });
        expect(await store.links.count(FIRM, 'matter', '1')).toBe(0);
        expect(await store.links.count(FIRM, 'matter', '3')).toBe(1);
        expect(await store.links.count(FIRM, 'intent')).toBe(0);
        expect(await store.links.count(FIRM, 'bill')).toBe(0);
        await store.links.remove(FIRM, 'a');
        expect(await store.links.count(FIRM, 'matter', '3')).toBe(0);
        const asked = await store.holds.insert(hold('9:bill'));
        await store.holds.insert(hold('8:bill', { billId: '8' }));
        await store.holds.replace({ ...asked, open: false, answer: 'wait', closedAt: AT });
        expect(ids(await store.holds.list(FIRM, { index: 'open', value: 'open' }))).toEqual(['8:bill']);
        expect(ids(await store.holds.list(FIRM, { index: 'bill', value: '9' }))).toEqual(['9:bill']);
        const told = await store.alerts.insert(alert('CONN_CLIO_LOST'));
        await store.alerts.insert(alert('digest:2026-11-20', { kind: 'digest', reason: null }));
        await store.alerts.replace({ ...told, solvedAt: AT, letters: told.letters.map((letter) => ({ ...letter, state: 'sent' as const, sentAt: AT })) });
        expect(ids(await store.alerts.list(FIRM, { index: 'owed', value: 'owed' }))).toEqual(['digest:2026-11-20']);
        expect(ids(await store.alerts.list(FIRM, { index: 'kind', value: 'cause' }))).toEqual(['CONN_CLIO_LOST']);
        expect(await store.alerts.count(FIRM, 'open')).toBe(0);
      });
    });

    test('sweeping removes what is past its end, of every firm, and nothing else', async () => {
      await store.deliveries.insert(delivery('old', { sweepAt: '2026-11-20T08:59:59Z' }));
      await store.deliveries.insert(delivery('old', { sweepAt: '2026-11-20T08:59:59.999Z', firm: OTHER_FIRM }));
      await store.deliveries.insert(delivery('now', { sweepAt: '2026-11-20T09:00:00Z' }));
      await store.links.insert(link('a'));
      expect(await store.deliveries.removeBefore('2026-11-20T09:00:00.000Z')).toBe(2);
      expect(ids(await store.deliveries.list(FIRM))).toEqual(['now']);
      expect(await store.links.removeBefore('2099-01-01T00:00:00Z')).toBe(0);
      expect(await store.links.count(FIRM)).toBe(1);
    });

    describe('a mark', () => {
      const bill = (id: string, changes: Partial<MarkRequest> = {}): MarkRequest => ({ firm: FIRM, kind: 'bill', id, priority: PRIORITY.webhook, ...changes });
      const minutes = (count: number): string => new Date(Date.parse(AT) + count * 60_000).toISOString();
      const only = async (now = AT): Promise<Mark> => {
        const due = await store.marks.due(FIRM, now, 10);
        expect(due).toHaveLength(1);
        return present(due[0]);
      };

      test('is owed from when it is wanted until it is finished', async () => {
        await store.marks.want([bill('9')], AT);
        const mark = await only();
        expect(mark).toEqual({
          firm: FIRM, kind: 'bill', id: '9', wanted: 1, done: 0, priority: PRIORITY.webhook, notBefore: AT, attempts: 0, lastReason: null, firstWantedAt: AT, changedAt: null, restUntil: null, restless: 0,
        });
        expect(await store.marks.countOwed(FIRM)).toBe(1);
        await store.marks.finish(mark, 1, AT);
        expect(await store.marks.due(FIRM, minutes(999), 10)).toEqual([]);
        expect(await store.marks.owed(FIRM)).toEqual([]);
        expect(await store.marks.countOwed(FIRM)).toBe(0);
        expect(await store.marks.firmsDue(minutes(999), 10)).toEqual([]);
      });

      test('wanted many times is one mark, as soon and as urgent as anybody asked', async () => {
        await store.marks.want([bill('9', { priority: PRIORITY.sweep, notBefore: minutes(5) }), bill('9', { priority: PRIORITY.history })], minutes(1));
        await store.marks.want([bill('9', { priority: PRIORITY.person, notBefore: minutes(60) })], minutes(2));
        expect(await only(minutes(2))).toMatchObject({ wanted: 3, priority: PRIORITY.person, notBefore: minutes(1), firstWantedAt: minutes(1) });
      });

      test('knows the newest change of all it was wanted for, unless somebody knew of none', async () => {
        await store.marks.want([bill('9', { changedAt: minutes(2) }), bill('9', { changedAt: '2026-11-20T09:01:00Z' })], minutes(3));
        const known = await only(minutes(3));
        expect(known.changedAt).toBe(minutes(2));
        await store.marks.want([bill('9')], minutes(3));
        expect((await only(minutes(3))).changedAt).toBeNull();
        await store.marks.want([bill('9', { changedAt: minutes(9) })], minutes(3));
        const unknown = await only(minutes(3));
        expect(unknown.changedAt).toBeNull();
        await store.marks.finish(unknown, 1, AT);
        await store.marks.want([bill('9', { changedAt: minutes(1) })], minutes(3));
        expect((await only(minutes(3))).changedAt).toBe(minutes(1));
      });

      test('wanted during a run causes exactly one more run', async () => {
        await store.marks.want([bill('9')], AT);
        const running = await only();
        await store.marks.want([bill('9')], minutes(1));
        await store.marks.want([bill('9')], minutes(2));
        await store.marks.finish(running, 1, minutes(2));
        const again = await only(minutes(2));
        // What waits still has waited since then only: a firm that is never done goes behind one that has waited longer.
        expect(again).toMatchObject({ wanted: 3, done: 1, firstWantedAt: minutes(2) });
        await store.marks.finish(again, 1, AT);
        expect(await store.marks.countOwed(FIRM)).toBe(0);
      });

      test('rests when it was done: what is wanted meanwhile waits, unless a person wants it', async () => {
        await store.marks.want([bill('9'), bill('8')], AT);
        for (const each of await store.marks.due(FIRM, AT, 10)) {
          if (each.id === '8') await store.marks.want([bill('8')], AT);
          await store.marks.finish(each, 1, AT, { until: minutes(5), restless: 2 });
        }
        await store.marks.want([bill('9')], minutes(1));
        expect(await store.marks.due(FIRM, minutes(4), 10)).toEqual([]);
        expect(await store.marks.firmsDue(minutes(4), 10)).toEqual([]);
        expect((await store.marks.owed(FIRM)).map((mark) => [mark.id, dueAt(mark), mark.restless])).toEqual([['8', minutes(5), 2], ['9', minutes(5), 2]]);
        await store.marks.want([bill('9', { priority: PRIORITY.person })], minutes(2));
        expect(await store.marks.firmsDue(minutes(2), 10)).toEqual([FIRM]);
        await store.marks.finish(await only(minutes(2)), 1, minutes(2));
        await store.marks.want([bill('9')], minutes(3));
        expect(ids(await store.marks.due(FIRM, minutes(3), 10))).toEqual(['9']);
        expect(ids(await store.marks.due(FIRM, minutes(5), 10))).toEqual(['8', '9']);
      });

      test('rests together with what was restless lately, owed or not, and no shorter than before; nobody else does', async () => {
        const rests = [{ until: minutes(2), restless: 1 }, { until: minutes(9), restless: 3 }, { until: minutes(1), restless: 2 }, { until: minutes(2), restless: 0 }];
        const all = [...rests.map((_rest, index) => bill(String(index + 1))), bill('1', { firm: OTHER_FIRM })];
        await store.marks.want(all, AT);
        for (const mark of await store.marks.due(FIRM, AT, 10)) await store.marks.finish(mark, 1, AT, rests[Number(mark.id) - 1]);
        for (const mark of await store.marks.due(OTHER_FIRM, AT, 10)) await store.marks.finish(mark, 1, AT, rests[0]);
        await store.marks.want([bill('1')], minutes(1));
        await store.marks.restTogether(FIRM, minutes(6), minutes(1));
        await store.marks.want(all, minutes(3));
        expect(ids(await store.marks.due(FIRM, minutes(3), 10))).toEqual(['3', '4']);
        expect(ids(await store.marks.due(OTHER_FIRM, minutes(3), 10))).toEqual(['1']);
        expect(ids(await store.marks.due(FIRM, minutes(6), 10))).toEqual(['1', '3', '4']);
        expect((await store.marks.owed(FIRM)).find(({ id }) => id === '2')).toMatchObject({ restUntil: minutes(9), restless: 3 });
      });

      test('wanted anew starts afresh', async () => {
        await store.marks.want([bill('9', { priority: PRIORITY.person })], AT);
        await store.marks.postpone(await only(), minutes(1), 'unavailable', 1);
        await store.marks.finish(await only(minutes(1)), 1, AT);
        await store.marks.want([bill('9', { priority: PRIORITY.history, notBefore: minutes(30) })], minutes(20));
        expect(await store.marks.due(FIRM, minutes(29), 10)).toEqual([]);
        expect(await only(minutes(30))).toMatchObject({
          wanted: 2, done: 1, priority: PRIORITY.history, notBefore: minutes(30), attempts: 0, lastReason: null, firstWantedAt: minutes(20),
        });
      });

      test('postponed stays owed, with its reason, until its time or until somebody wants it sooner', async () => {
        await store.marks.want([bill('9')], AT);
        await store.marks.postpone(await only(), minutes(10), 'rate-limited', 1);
        expect(await store.marks.due(FIRM, minutes(9), 10)).toEqual([]);
        expect(await store.marks.firmsDue(minutes(9), 10)).toEqual([]);
        expect(await store.marks.owed(FIRM)).toHaveLength(1);
        await store.marks.postpone(await only(minutes(10)), minutes(20), 'unavailable', 1);
        expect(await only(minutes(20))).toMatchObject({ wanted: 1, done: 0, attempts: 2, lastReason: 'unavailable', notBefore: minutes(20) });
        await store.marks.want([bill('9', { priority: PRIORITY.person })], minutes(11));
        expect(await only(minutes(11))).toMatchObject({ attempts: 2, notBefore: minutes(11), priority: PRIORITY.person });
      });

      test('of a parked firm waits, and nobody else\'s', async () => {
        await store.marks.want([bill('8'), bill('9', { notBefore: minutes(90) }), bill('9', { firm: OTHER_FIRM })], AT);
        await store.marks.want([bill('7')], AT);
        await store.marks.finish(present((await store.marks.due(FIRM, AT, 10)).find(({ id }) => id === '7')), 1, AT);
        expect(await store.marks.park(FIRM, minutes(60), 'day limit')).toBe(2);
        expect(await store.marks.firmsDue(minutes(59), 10)).toEqual([OTHER_FIRM]);
        expect(await only(minutes(60))).toMatchObject({ id: '8', lastReason: 'day limit', attempts: 0 });
        expect(await store.marks.due(FIRM, minutes(90), 10)).toHaveLength(2);
      });

      test('that waits for a reason that is gone runs at once; what waits for another still waits', async () => {
        await store.marks.want([bill('1'), bill('2'), bill('3', { firm: OTHER_FIRM })], AT);
        await store.marks.park(FIRM, minutes(60), 'connection lost');
        await store.marks.park(OTHER_FIRM, minutes(60), 'connection lost');
        await store.marks.want([bill('4', { notBefore: minutes(30) })], minutes(1));
        await store.marks.postpone(present((await store.marks.due(FIRM, minutes(60), 10)).find(({ id }) => id === '2')), minutes(20), 'result unknown', 1);
        expect(await store.marks.unpark(FIRM, ['connection lost', 'rights missing'], minutes(5))).toBe(1);
        expect(ids(await store.marks.due(FIRM, minutes(5), 10))).toEqual(['1']);
        expect(await store.marks.firmsDue(minutes(5), 10)).toEqual([FIRM]);
        expect(await store.marks.unpark(FIRM, ['connection lost'], minutes(6))).toBe(0);
      });

      test('comes in its turn: the urgent first, then the oldest', async () => {
        await store.marks.want([bill('1', { priority: PRIORITY.sweep })], AT);
        await store.marks.want([bill('3')], minutes(2));
        await store.marks.want([bill('2')], minutes(1));
        await store.marks.want([bill('4', { priority: PRIORITY.person })], minutes(3));
        await store.marks.want([bill('5', { priority: PRIORITY.person, notBefore: minutes(99) })], AT);
        expect(ids(await store.marks.due(FIRM, minutes(3), 10))).toEqual(['4', '2', '3', '1']);
        expect(ids(await store.marks.due(FIRM, minutes(3), 2))).toEqual(['4', '2']);
        expect(ids(await store.marks.owed(FIRM))).toEqual(['5', '4', '2', '3', '1']);
      });

      test('brings its firm forward, once', async () => {
        await store.marks.want([bill('1', { firm: 'us:3', priority: PRIORITY.sweep }), bill('2', { firm: 'us:3' })], minutes(1));
        await store.marks.want([bill('1', { firm: 'us:2' }), bill('9', { firm: 'us:4', priority: PRIORITY.person, notBefore: minutes(9) })], AT);
        await store.marks.want([bill('1', { firm: 'us:1', priority: PRIORITY.person })], minutes(2));
        expect(await store.marks.firmsDue(minutes(2), 10)).toEqual(['us:1', 'us:2', 'us:3']);
        expect(await store.marks.firmsDue(minutes(2), 2)).toEqual(['us:1', 'us:2']);
      });

      test('is neither finished nor postponed by a worker whose lease has passed on', async () => {
        await store.marks.want([bill('9')], AT);
        const seenByBoth = await only();
        await store.marks.postpone(seenByBoth, minutes(1), 'unavailable', 2);
        await expect(store.marks.finish(seenByBoth, 1, AT)).rejects.toThrow(LeaseLostError);
        await expect(store.marks.postpone(seenByBoth, minutes(5), 'late', 1)).rejects.toThrow(LeaseLostError);
        expect(await only(minutes(1))).toMatchObject({ done: 0, attempts: 1, lastReason: 'unavailable' });
        await store.marks.finish(seenByBoth, 2, AT);
        expect(await store.marks.countOwed(FIRM)).toBe(0);
      });

      test('asked for by nobody costs nothing', async () => {
        await store.marks.want([], AT);
        expect(await store.marks.firmsDue(AT, 10)).toEqual([]);
      });
    });

    describe('a lease', () => {
      const LONG = 3_600_000;
      const OVER = -1000;

      test('is held by one owner until it is released', async () => {
        const lease = present(await store.leases.acquire(FIRM, 'a', LONG));
        expect(lease).toMatchObject({ firm: FIRM, owner: 'a', epoch: 1 });
        expect(await store.leases.acquire(FIRM, 'b', LONG)).toBeUndefined();
        expect(await store.leases.acquire(FIRM, 'a', LONG)).toBeUndefined();
        expect(await store.leases.acquire(OTHER_FIRM, 'b', LONG)).toMatchObject({ owner: 'b', epoch: 1 });
        await store.leases.release(lease);
        expect(await store.leases.acquire(FIRM, 'b', LONG)).toMatchObject({ owner: 'b', epoch: 2 });
      });

      test('that ran out goes to the next, whose epoch is greater', async () => {
        const old = present(await store.leases.acquire(FIRM, 'a', OVER));
        const current = present(await store.leases.acquire(FIRM, 'b', LONG));
        expect(current.epoch).toBe(old.epoch + 1);
        await expect(store.leases.renew(old, LONG)).rejects.toThrow(LeaseLostError);
        await store.leases.release(old);
        expect(await store.leases.acquire(FIRM, 'c', LONG)).toBeUndefined();
      });

      test('names its holder while it lasts', async () => {
        expect(await store.leases.holder(FIRM)).toBeUndefined();
        const lease = present(await store.leases.acquire(FIRM, 'a', LONG));
        expect(await store.leases.holder(FIRM)).toEqual(lease);
        expect(await store.leases.holder(OTHER_FIRM)).toBeUndefined();
        await store.leases.release(lease);
        expect(await store.leases.holder(FIRM)).toBeUndefined();
        await store.leases.acquire(FIRM, 'b', OVER);
        expect(await store.leases.holder(FIRM)).toBeUndefined();
      });

      test('is renewed by its holder without a new epoch', async () => {
        const lease = present(await store.leases.acquire(FIRM, 'a', OVER));
        const renewed = await store.leases.renew(lease, LONG);
        expect(renewed).toMatchObject({ owner: 'a', epoch: lease.epoch });
        expect(renewed.until > lease.until).toBe(true);
        expect(await store.leases.acquire(FIRM, 'b', LONG)).toBeUndefined();
      });
    });

    describe('at the same time', () => {
      let stores: Store[];

      beforeEach(async () => {
        stores = [store, await subject.another()];
      });

      afterEach(async () => {
        await Promise.all(stores.filter((each) => each !== store).map((each) => each.close()));
      });

      const eight = <R>(work: (store: Store, who: number) => Promise<R>): Promise<R>[] =>
        Array.from({ length: 8 }, (_, who) => work(present(stores[who % stores.length]), who));

      test('of eight workers one gets the firm, every time', async () => {
        for (let round = 1; round <= 5; round += 1) {
          const leases = (await Promise.all(eight((each, who) => each.leases.acquire(FIRM, `w${who}`, 3_600_000)))).filter((lease) => lease !== undefined);
          expect(leases).toHaveLength(1);
          expect(leases[0]?.epoch).toBe(round);
          await store.leases.release(present(leases[0]));
        }
      });

      test('of eight who read the same version one writes', async () => {
        let current = await store.links.insert(link('a'));
        for (let round = 0; round < 5; round += 1) {
          const asRead = current;
          expect(await winners(eight((each, who) => each.links.replace({ ...asRead, reason: `w${who}` })), StaleError)).toBe(1);
          current = present(await store.links.get(FIRM, 'a'));
          expect(current.version).toBe(asRead.version + 1);
        }
      });

      test('of eight inserts of one id, or of one unique key, one stands', async () => {
        expect(await winners(eight((each) => each.links.insert(link('a'))), TakenError)).toBe(1);
        expect(await winners(eight((each, who) => each.links.insert(link(`x${who}`, { xeroId: 'x1' }))), TakenError)).toBe(1);
        expect(await store.links.count(FIRM)).toBe(2);
      });

      test('a delivery that comes eight times is taken once, and no insert beside it suffers', async () => {
        const others = eight((each, who) => each.deliveries.insert(delivery(`other-${who}`)));
        expect(await winners(eight((each) => each.deliveries.insert(delivery('same'))), TakenError)).toBe(1);
        await Promise.all(others);
        expect(await store.deliveries.count(FIRM)).toBe(9);
      });

      test('no wish is lost: forty wants of one new mark count forty', async () => {
        const wants = Array.from({ length: 5 }, () => eight((each) => each.marks.want([{ firm: FIRM, kind: 'bill', id: '9', priority: PRIORITY.webhook }], AT)));
        await Promise.all(wants.flat());
        expect(await store.marks.owed(FIRM)).toEqual([expect.objectContaining({ wanted: 40, done: 0 })]);
      });

      test('a want that crosses a finish stays owed', async () => {
        for (let round = 0; round < 10; round += 1) {
          await store.marks.want([{ firm: FIRM, kind: 'bill', id: '9', priority: PRIORITY.webhook }], AT);
          const [running] = await store.marks.due(FIRM, AT, 1);
          const crossing = present(stores[1]).marks.want([{ firm: FIRM, kind: 'bill', id: '9', priority: PRIORITY.webhook }], AT);
          await Promise.all([store.marks.finish(present(running), 1, AT), crossing]);
          const [again] = await store.marks.due(FIRM, AT, 1);
          await store.marks.finish(present(again), 1, AT);
          expect(await store.marks.countOwed(FIRM)).toBe(0);
        }
      });

      test('what one has written the other reads', async () => {
        await store.links.insert(link('a', { billId: '9' }));
        expect(ids(await present(stores[1]).links.list(FIRM, { index: 'bill', value: '9' }))).toEqual(['a']);
      });
    });

    test('it answers while open', async () => {
      expect(await store.ping()).toBe(true);
      await store.close();
      expect(await store.ping()).toBe(false);
    });
  });
}
