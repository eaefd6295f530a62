import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { whileHolding } from '../../src/jobs/lease.js';
import { isDeadNeighbour, thisOwner } from '../../src/jobs/owner.js';
import { retryAfter } from '../../src/jobs/retry.js';
import { Worker, type RunMarks } from '../../src/jobs/worker.js';
import { ServiceError, type ServiceErrorKind } from '../../src/http/service-error.js';
import { LeaseLostError } from '../../src/store/collection.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import type { Mark, Store } from '../../src/store/store.js';
import { VirtualClock } from '../virtual-clock.js';

const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const allDone: RunMarks = (_held, marks) => Promise.resolve(marks.map((mark) => ({ mark, done: true })));

let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock();
  store = await openSqliteStore(':memory:', { now: () => clock.now() });
});
afterEach(() => store.close());

const now = () => new Date(clock.now()).toISOString();
const want = (firm: string, ...ids: string[]) => store.marks.want(ids.map((id) => ({ firm, kind: 'bill', id, priority: 1 as const })), now());
const worker = (runMarks: RunMarks) => new Worker({ store, clock, log: quietLog, owner: thisOwner(), runMarks });

test('a mark wanted again while it runs causes exactly one more run', async () => {
  const runs: string[][] = [];
  await want('a', '1');
  const each = worker(async (held, marks) => {
    runs.push(marks.map((mark) => mark.id));
    if (runs.length === 1) await Promise.all([want('a', '1'), want('a', '1'), want('a', '1')]);
    return allDone(held, marks);
  });
  while (await each.turn());
  expect(runs).toEqual([['1'], ['1']]);
  expect(await store.marks.countOwed('a')).toBe(0);
});

test('a firm with endless work lets the others go first', async () => {
  const firms: string[] = [];
  await want('busy', '0');
  await clock.advance(1);
  await want('patient', '1');
  const each = worker(async (held, marks) => {
    firms.push(held.firm);
    await clock.advance(1);
    if (held.firm === 'busy') await want('busy', String(firms.length));
    return allDone(held, marks);
  });
  await each.turn();
  await each.turn();
  expect(firms.filter((firm) => firm === 'busy').length).toBeLessThanOrEqual(8);
  expect(firms).toContain('patient');
});

test('when the firm has to wait, everything it owes waits, and nothing more of the batch is tried', async () => {
  await want('a', '1', '2');
  await store.marks.want([{ firm: 'a', kind: 'books', id: 'all', priority: 0 }], now());
  const tried: string[] = [];
  const until = new Date(clock.now() + 3_600_000).toISOString();
  const each = worker((_held, marks) => {
    tried.push(...marks.map((mark) => mark.kind));
    return Promise.resolve(marks.map((mark) => ({ mark, done: false, retry: { until, reason: 'XERO_DAY_FULL' as const, waits: 'firm' as const } })));
  });
  await each.turn();
  expect(tried).toEqual(['books']);
  const owed = await store.marks.owed('a');
  expect(owed.map((mark) => [mark.notBefore, mark.lastReason])).toEqual(owed.map(() => [until, 'XERO_DAY_FULL']));
  expect(owed).toHaveLength(3);
  expect(await each.turn()).toBe(false);
});

test('work that throws is put off, not lost', async () => {
  await want('a', '1');
  await worker(() => Promise.reject(new Error('out of order'))).turn();
  const [mark] = await store.marks.owed('a');
  expect(mark).toMatchObject({ attempts: 1, lastReason: 'UNEXPECTED', done: 0 });
  expect(Date.parse(mark?.notBefore ?? '')).toBeGreaterThan(clock.now());
});

test('told to stop, it lets the work in hand finish and gives the firm back', async () => {
  await want('a', '1');
  let finish: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    const each = worker(async (held, marks) => {
      resolve();
      await new Promise<void>((end) => (finish = end));
      expect(held.signal.aborted).toBe(true);
      return allDone(held, marks);
    });
    each.start();
    stop = () => each.stop();
  });
  await begun;
  const stopped = stop();
  finish();
  await stopped;
  expect(await store.leases.holder('a')).toBeUndefined();
  expect(await store.marks.countOwed('a')).toBe(0);
});
let stop: () => Promise<void>;

test('a worker that lost the firm can write nothing any more', async () => {
  await want('a', '1');
  const [mark] = await store.marks.owed('a');
  await whileHolding({ store, clock, owner: 'slow', drain: new AbortController().signal }, 'a', async (held) => {
    const lease = await store.leases.holder('a');
    if (lease) await store.leases.release(lease);
    const next = await store.leases.acquire('a', 'quick', 60_000);
    expect(next?.epoch).toBe(held.epoch + 1);
    await store.marks.finish(present(mark), next?.epoch ?? 0, now());
    await clock.advance(20_000);
    expect(held.signal.aborted).toBe(true);
    await expect(store.marks.finish(present(mark), held.epoch, now())).rejects.toThrow(LeaseLostError);
  });
  expect((await store.leases.holder('a'))?.owner).toBe('quick');
});

test('what a dead process of this machine holds is taken over at once, what a living one or another machine holds is not', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  expect(isDeadNeighbour(`${hostname()}/${dead}/x`)).toBe(true);
  for (const owner of [thisOwner(), `${hostname()}/${process.pid}/x`, `elsewhere/${dead}/x`, `${hostname()}/none/x`, hostname(), '']) expect(isDeadNeighbour(owner)).toBe(false);

  await store.leases.acquire('a', `${hostname()}/${dead}/x`, 60_000);
  await store.leases.acquire('b', `elsewhere/${dead}/x`, 60_000);
  const deps = { store, clock, owner: thisOwner(), drain: new AbortController().signal };
  expect(await whileHolding(deps, 'a', (held) => Promise.resolve(held.epoch))).toBe(2);
  expect(await whileHolding(deps, 'b', () => Promise.resolve('mine'))).toBeUndefined();
});

test.each<[ServiceErrorKind, 'minute' | 'day' | null, number | null, string, 'mark' | 'firm', number]>([
  ['rate-limited', 'day', 66_975_000, 'XERO_DAY_FULL', 'firm', 66_975_000],
  ['rate-limited', 'minute', 30_000, 'SERVICE_BUSY', 'firm', 30_000],
  ['rate-limited', 'minute', null, 'SERVICE_BUSY', 'firm', 5_000],
  ['conflict', null, null, 'CHANGED_MEANWHILE', 'mark', 1_000],
  ['ambiguous', null, null, 'RESULT_UNKNOWN', 'mark', 5_000],
])('%s (%s, %s ms) comes back as %s', (kind, scope, retryAfterMs, reason, waits, inMs) => {
  const error = new ServiceError({ service: 'xero', kind, message: 'no', scope, retryAfterMs });
  const at = Date.UTC(2026, 10, 20);
  expect(retryAfter(error, 0, at)).toEqual({ until: new Date(at + inMs).toISOString(), reason, waits });
});

test('every further attempt waits longer, up to a bound', () => {
  const waits = [0, 1, 2, 30].map((attempts) => Date.parse(retryAfter(new Error('x'), attempts, 0).until));
  expect(waits).toEqual([30_000, 60_000, 120_000, 3_600_000]);
});

function present(mark: Mark | undefined): Mark {
  if (!mark) throw new Error('no mark');
  return mark;
}
