import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS, type Reason } from '../../src/core/reasons.js';
import { ServiceError, type ServiceErrorKind } from '../../src/http/service-error.js';
import { retryAfter } from '../../src/jobs/retry.js';

const NOW = Date.UTC(2026, 10, 20, 9);

test.each<[ServiceErrorKind, 'clio' | 'xero', Reason, 'mark' | 'firm']>([
  ['rate-limited', 'clio', 'SERVICE_BUSY', 'firm'],
  ['unavailable', 'xero', 'SERVICE_DOWN', 'mark'],
  ['ambiguous', 'xero', 'RESULT_UNKNOWN', 'mark'],
  ['conflict', 'clio', 'CHANGED_MEANWHILE', 'mark'],
  ['unauthorized', 'clio', 'CONN_CLIO_LOST', 'firm'],
  ['unauthorized', 'xero', 'CONN_XERO_EXPIRED', 'firm'],
  ['forbidden', 'clio', 'CONN_CLIO_RIGHTS', 'firm'],
  ['forbidden', 'xero', 'CONN_XERO_REMOVED', 'firm'],
  ['not-found', 'clio', 'UNEXPECTED', 'mark'],
  ['rejected', 'xero', 'UNEXPECTED', 'mark'],
])('%s by %s waits as %s and holds up the %s', (kind, service, reason, waits) => {
  const retry = retryAfter(new ServiceError({ kind, service, message: 'no' }), 0, NOW);
  expect(retry).toMatchObject({ reason, waits });
  expect(Date.parse(retry.until)).toBeGreaterThan(NOW);
});

test('a refusal as a whole is looked at once more, then once a day', () => {
  const waits = [0, 1, 2, 30].map((attempts) => Date.parse(retryAfter(new ServiceError({ kind: 'rejected', service: 'xero', message: 'no' }), attempts, NOW).until) - NOW);
  expect(waits).toEqual([300_000, 86_400_000, 86_400_000, 86_400_000]);
});

test('a day limit waits as long as the vendor says, everything else unknown for a while', () => {
  expect(retryAfter(new ServiceError({ kind: 'rate-limited', service: 'xero', message: 'no', scope: 'day', retryAfterMs: 7_200_000 }), 0, NOW)).toEqual({ until: '2026-11-20T11:00:00.000Z', reason: 'XERO_DAY_FULL', waits: 'firm' });
  expect(retryAfter(new Error('odd'), 3, NOW)).toMatchObject({ reason: 'UNEXPECTED', waits: 'mark' });
});

test('the table has no reason that nothing gives', () => {
  const folder = join(__dirname, '../../src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('core/reasons.ts')).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(Object.keys(REASONS).filter((reason) => !sources.some((source) => source.includes(`'${reason}'`)))).toEqual([]);
});
