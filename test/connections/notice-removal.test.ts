import { noticeRemoval, noticingRemovals } from '../../src/connections/notice-removal.js';
import { ServiceError } from '../../src/http/service-error.js';
import type { Outcome } from '../../src/jobs/worker.js';
import type { Reason } from '../../src/core/reasons.js';
import { connectXeroTo, stage, type Stage } from '../web/stage.js';

const FIRM = 'us:100234';
const TENANT = '4c7d9d1e-2f63-4f5e-9b0a-6a3c8e1d2b47';
const stateNow = async (on: Stage) => (await on.store.connections.get(FIRM, `xero:${TENANT}`))?.state;
const look = (on: Stage) => noticeRemoval(on.deps, on.deps.freshToken, FIRM);

async function connected(): Promise<Stage> {
  const on = await stage();
  await connectXeroTo(on, FIRM, TENANT);
  on.vendors.addOrganisation('Another firm of the same person');
  return on;
}

test('a connection Xero still lists stays, whatever was refused', async () => {
  const on = await connected();
  on.vendors.addOrganisation('Harwood Books', TENANT);
  expect([await look(on), await stateNow(on), await on.store.activity.count(FIRM)]).toEqual(['listed', 'live', 0]);
});

test('one that Xero no longer lists is ended once, with a line that says so', async () => {
  const on = await connected();
  expect([await look(on), await look(on), await stateNow(on)]).toEqual(['removed', 'unknown', 'needs-reauth']);
  expect((await on.store.activity.list(FIRM)).map((line) => line.text)).toEqual([expect.stringContaining('Harwood Books was disconnected inside Xero')]);
});

test('a Xero that does not answer says nothing about the connection', async () => {
  const on = await connected();
  on.deps.xero.oauth.connectionsOf = () => Promise.reject(new ServiceError({ service: 'xero', kind: 'unavailable', message: 'down' }));
  expect([await look(on), await stateNow(on)]).toEqual(['unknown', 'live']);
});

test.each([['CONN_XERO_REMOVED', 'needs-reauth'], ['CONN_XERO_EXPIRED', 'needs-reauth'], ['SERVICE_DOWN', 'live'], ['CONN_CLIO_RIGHTS', 'live']] as const)('after a batch that ended in %s the connection is %s', async (reason: Reason, state) => {
  const on = await connected();
  const mark = { firm: FIRM, kind: 'bill', id: '1', wanted: 1, done: 0, priority: 1 as const, notBefore: '', attempts: 0, lastReason: null, firstWantedAt: '', changedAt: null, restUntil: null, restless: 0 };
  const outcome: Outcome = { mark, done: false, retry: { until: '2026-11-20T10:00:00.000Z', reason, waits: 'firm' } };
  const run = noticingRemovals(on.deps, on.deps.freshToken, () => Promise.resolve([outcome]));
  expect(await run({ firm: FIRM, epoch: 1, signal: new AbortController().signal, inTime: () => true }, [mark])).toEqual([outcome]);
  expect(await stateNow(on)).toBe(state);
});

test('work refused by a connection that stands waits for the right it lacks, not for a connection nobody removed', async () => {
  const on = await connected();
  on.vendors.addOrganisation('Harwood Books', TENANT);
  const mark = { firm: FIRM, kind: 'bill', id: '1', wanted: 1, done: 0, priority: 1 as const, notBefore: '', attempts: 0, lastReason: null, firstWantedAt: '', changedAt: null, restUntil: null, restless: 0 };
  const outcomes: Outcome[] = (['CONN_XERO_REMOVED', 'SERVICE_DOWN'] as const).map((reason) => ({ mark, done: false, retry: { until: '2026-11-20T10:00:00.000Z', reason, waits: 'firm' } }));
  const run = noticingRemovals(on.deps, on.deps.freshToken, () => Promise.resolve(outcomes));
  const told = await run({ firm: FIRM, epoch: 1, signal: new AbortController().signal, inTime: () => true }, [mark, mark]);
  expect(told.map((outcome) => !outcome.done && outcome.retry.reason)).toEqual(['CONN_XERO_RIGHTS', 'SERVICE_DOWN']);
  expect(await stateNow(on)).toBe('live');
});
