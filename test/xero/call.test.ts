import { VirtualClock } from '../virtual-clock.js';
import type { ServiceError } from '../../src/http/service-error.js';
import { answering, type Answer, type AnsweringServer, organisationId, type Seen, xeroAt } from './answering-server.js';
import { envelope, ids, newInvoice, wireInvoice, wirePayment } from './documents.js';

let server: AnsweringServer | null = null;
const serve = async (answer: (seen: Seen, nth: number) => Answer): Promise<AnsweringServer> => (server = await answering(answer));
afterEach(async () => {
  await server?.close();
  server = null;
});

const unauthorized = (Detail: string): Answer => ({ status: 401, body: { Type: null, Title: 'Unauthorized', Status: 401, Detail, Instance: 'i', Extensions: {} } });
const expired = unauthorized('TokenExpired: token expired at 02/20/2025 08:32:50');

const failureOf = async (call: Promise<unknown>): Promise<ServiceError> => call.then(() => Promise.reject(new Error('It succeeded')), (error: unknown) => error as ServiceError);

const reading = (url: string, timeoutMs?: number): Promise<ServiceError> => failureOf(xeroAt(url, timeoutMs ? { timeoutMs } : {}).payment(ids.payment));
const writing = (url: string, timeoutMs?: number): Promise<ServiceError> => failureOf(xeroAt(url, timeoutMs ? { timeoutMs } : {}).createInvoices([newInvoice()], 'key-1'));

test('every call names the organisation, carries the token and asks for JSON', async () => {
  const { url, seen } = await serve(() => ({ body: envelope('Payments', [wirePayment()]) }));
  await xeroAt(url).payment(ids.payment);
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer token-1', 'xero-tenant-id': organisationId, accept: 'application/json' });
});

test('an expired token is replaced once, and the write goes out again byte for byte under the same key', async () => {
  const { url, seen } = await serve((_, nth) => (nth === 1 ? expired : { body: envelope('Invoices', [wireInvoice()]) }));
  const results = await xeroAt(url).createInvoices([newInvoice()], 'key-1');
  expect(results[0]?.ok).toBe(true);
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1']);
  expect(seen[1]?.raw).toBe(seen[0]?.raw);
});

test('who may not write any more once the token is there sends no write, not even again; reads go on', async () => {
  const { url, seen } = await serve((_, nth) => (nth === 1 ? expired : { body: envelope('Payments', [wirePayment()]) }));
  const xero = xeroAt(url, { mayWrite: () => false });
  expect(await failureOf(xero.createInvoices([newInvoice()], 'key-1'))).toMatchObject({ kind: 'unavailable', status: null });
  expect(seen).toHaveLength(0);
  const heldAtFirst = xeroAt(url, { mayWrite: () => seen.length === 0 });
  expect(await failureOf(heldAtFirst.createInvoices([newInvoice()], 'key-1'))).toMatchObject({ kind: 'unavailable', status: null });
  expect(seen).toHaveLength(1);
  expect((await xero.payment(ids.payment))?.xeroId).toBe(ids.payment);
});

test('a write whose token was refused late is not repeated: its key may be over in Xero by the time it comes', async () => {
  const { url, seen } = await serve((_, nth) => (nth === 1 ? expired : { body: envelope('Invoices', [wireInvoice()]) }));
  const clock = new VirtualClock();
  const renewal = () => clock.leap(121_000).then(() => 'token-2');
  expect(await failureOf(xeroAt(url, { clock, onUnauthorized: renewal }).createInvoices([newInvoice()], 'key-1'))).toMatchObject({ kind: 'unavailable', status: null });
  expect(seen).toHaveLength(1);
});

test('what has to leave by a moment is not sent after it, reads are', async () => {
  const { url, seen } = await serve(({ method }) => ({ body: method === 'GET' ? envelope('Payments', [wirePayment()]) : envelope('Invoices', [wireInvoice()]) }));
  const clock = new VirtualClock();
  const inTime = xeroAt(url, { clock }).writingUntil(clock.now());
  expect((await inTime.createInvoices([newInvoice()], 'key-1'))[0]?.ok).toBe(true);
  await clock.leap(1);
  expect(await failureOf(inTime.createInvoices([newInvoice()], 'key-1'))).toMatchObject({ kind: 'unavailable', status: null });
  expect((await inTime.payment(ids.payment))?.xeroId).toBe(ids.payment);
  expect(seen.map(({ method }) => method)).toEqual(['PUT', 'GET']);
});

test('a token refused twice is unauthorized, and the third time is not tried', async () => {
  const { url, seen } = await serve(() => expired);
  expect(await reading(url)).toMatchObject({ kind: 'unauthorized', status: 401 });
  expect(seen).toHaveLength(2);
});

test('a missing scope is forbidden, without asking for a new token', async () => {
  const { url, seen } = await serve(() => unauthorized('AuthorizationUnsuccessful'));
  expect(await reading(url)).toMatchObject({ kind: 'forbidden', details: ['AuthorizationUnsuccessful'] });
  expect(seen).toHaveLength(1);
});

test('a disconnected organisation is forbidden, in either spelling of the problem', async () => {
  const { url } = await serve((_, nth) => ({ status: 403, headers: { 'xero-correlation-id': 'c-1' }, body: nth === 1 ? { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' } : { title: 'Forbidden', detail: 'AuthenticationUnsuccessful' } }));
  expect(await reading(url)).toMatchObject({ kind: 'forbidden', details: ['AuthenticationUnsuccessful'], correlationId: 'c-1' });
  expect(await reading(url)).toMatchObject({ kind: 'forbidden', details: ['AuthenticationUnsuccessful'] });
});

test.each([
  ['minute', '12', 'minute', 12_000],
  ['DayLimit', '66975', 'day', 66_975_000],
  ['appminute', '3', 'app', 3_000],
  ['Concurrent', undefined, 'concurrent', null],
])('429 %s is rate-limited with scope and wait, on a write too', async (problem, retryAfter, scope, retryAfterMs) => {
  const { url } = await serve(() => ({ status: 429, headers: { 'x-rate-limit-problem': problem, ...(retryAfter ? { 'retry-after': retryAfter } : {}) }, body: 'Too many' }));
  expect(await writing(url)).toMatchObject({ kind: 'rate-limited', scope, retryAfterMs });
});

test('after a day limit nothing more is sent', async () => {
  const { url, seen } = await serve(() => ({ status: 429, headers: { 'x-rate-limit-problem': 'day', 'retry-after': '66975' } }));
  const xero = xeroAt(url);
  await failureOf(xero.payment(ids.payment));
  expect(await failureOf(xero.payment(ids.payment))).toMatchObject({ kind: 'rate-limited', scope: 'day' });
  expect(seen).toHaveLength(1);
});

test('the calls left for the day, told with every answer, are respected', async () => {
  const { url, seen } = await serve(() => ({ headers: { 'x-daylimit-remaining': '40', 'x-minlimit-remaining': '50' }, body: envelope('Payments', [wirePayment()]) }));
  const xero = xeroAt(url);
  await xero.payment(ids.payment);
  expect(await failureOf(xero.payment(ids.payment))).toMatchObject({ kind: 'rate-limited', scope: 'day' });
  expect(seen).toHaveLength(1);
});

const troubles: [string, Answer][] = [
  ['500', { status: 500, body: 'oops' }],
  ['502 with HTML', { status: 502, body: '<html><body>Bad gateway</body></html>' }],
  ['503', { status: 503, body: '' }],
  ['200 with HTML', { status: 200, body: '<html>Maintenance</html>' }],
  ['200 with broken JSON', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"Invoices":[{' }],
  ['200 without the list', { status: 200, body: {} }],
  ['a closed connection', { fail: 'cut' }],
  ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }],
];
test.each(troubles)('%s: a read is unavailable, the outcome of a write unknown', async (_, answer) => {
  const { url } = await serve(() => answer);
  expect(await reading(url)).toMatchObject({ kind: 'unavailable', service: 'xero' });
  expect(await writing(url)).toMatchObject({ kind: 'ambiguous', service: 'xero' });
});

test('a server that never answers is given up on', async () => {
  const { url } = await serve(() => ({ fail: 'hang' }));
  expect(await reading(url, 150)).toMatchObject({ kind: 'unavailable' });
  expect(await writing(url, 150)).toMatchObject({ kind: 'ambiguous' });
});

test('a server that is not there took no write', async () => {
  const gone = await answering(() => ({}));
  await gone.close();
  expect(await writing(gone.url)).toMatchObject({ kind: 'unavailable' });
});

test('404 is not-found on writes, and null where a reader may miss', async () => {
  const { url } = await serve(() => ({ status: 404, body: 'The resource you are looking for cannot be found' }));
  const xero = xeroAt(url);
  expect(await xero.payment(ids.payment)).toBeNull();
  expect(await xero.contact(ids.contact)).toBeNull();
  expect(await failureOf(xero.voidInvoice(ids.invoice, 'voided', 'k'))).toMatchObject({ kind: 'not-found' });
});

test('a bad filter, and a key used for another request, are rejected with the vendor’s words', async () => {
  const { url } = await serve((_, nth) => ({ status: 400, body: nth === 1 ? { ErrorNumber: 16, Type: 'QueryParseException', Message: 'No property' } : { Message: 'Idempotency Key k is used with a different request.' } }));
  expect(await reading(url)).toMatchObject({ kind: 'rejected', details: ['No property'] });
  expect(await writing(url)).toMatchObject({ kind: 'rejected', details: ['Idempotency Key k is used with a different request.'] });
});

test('no message of a failure shows a token', async () => {
  const { url } = await serve(() => ({ status: 500, body: 'oops' }));
  const failure = await reading(url);
  expect(JSON.stringify([failure, failure.message, failure.stack])).not.toContain('token-1');
});

