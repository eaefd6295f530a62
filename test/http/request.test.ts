import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failureOf } from '../../src/http/failure.js';
import { createSend, type HttpRequest } from '../../src/http/request.js';
import { ServiceError } from '../../src/http/service-error.js';

let server: Server;
let origin: string;
let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let seen: { url: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  seen = [];
  respond = (_, response) => response.end('{"ok":true}');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      respond(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => {
  server.close(resolve);
  server.closeAllConnections();
}));

const send = (request: HttpRequest, over: { timeoutMs?: number; maxBytes?: number } = {}) =>
  createSend({ service: 'clio', baseUrl: `${origin}/api/v4/`, ...over })(request);

const failureFrom = async (promise: Promise<unknown>): Promise<ServiceError> => {
  const error: unknown = await promise.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ServiceError)) throw new Error('it did not fail with a ServiceError');
  return error;
};

test('braces and brackets of a query cross the wire as written', async () => {
  await send({ method: 'GET', url: 'bills.json?fields=id,client{id,name}&ids[]=1&ids[]=2' });
  expect(seen[0]?.url).toBe('/api/v4/bills.json?fields=id,client{id,name}&ids[]=1&ids[]=2');
});

test('JSON and form bodies carry their type', async () => {
  await send({ method: 'POST', url: 'tasks.json', json: { data: { name: 'Zoë' } } });
  await send({ method: 'POST', url: 'token', form: { code: 'a b&c' } });
  expect(seen.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
    ['application/json', '{"data":{"name":"Zoë"}}'],
    ['application/x-www-form-urlencoded', 'code=a+b%26c'],
  ]);
});

test.each([
  ['another host', 'https://evil.example/api/v4/bills.json'],
  ['another path', '/oauth/token'],
  ['a way out of the path', '../../oauth/token'],
  ['a protocol-relative host', '//evil.example/api/v4/'],
  ['credentials in the address', 'CREDENTIALS'],
])('%s is refused before anything is sent', async (_, url) => {
  const target = url === 'CREDENTIALS' ? `${origin.replace('//', '//u:p@')}/api/v4/bills.json` : url;
  expect(await failureFrom(send({ method: 'GET', url: target, headers: { authorization: 'Bearer canary' } }))).toMatchObject({ kind: 'rejected' });
  expect(seen).toEqual([]);
});

test('a next page under the same address is followed as it came', async () => {
  await send({ method: 'GET', url: `${origin}/api/v4/bills.json?page_token=a%3D%3D&fields=id%2Cclient%7Bid%7D` });
  expect(seen[0]?.url).toBe('/api/v4/bills.json?page_token=a%3D%3D&fields=id%2Cclient%7Bid%7D');
});

test('a redirect is an answer, never followed', async () => {
  respond = (_, response) => response.writeHead(302, { location: `${origin}/api/v4/elsewhere` }).end();
  const reply = await send({ method: 'GET', url: 'bills.json' });
  expect(reply.status).toBe(302);
  expect(seen).toHaveLength(1);
});

test('an answer that is not JSON is kept as text', async () => {
  respond = (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  expect(await send({ method: 'GET', url: 'bills.json' })).toMatchObject({ status: 502, json: undefined, text: '<h1>Bad gateway</h1>' });
});

describe('without a whole answer', () => {
  test.each([
    ['GET', 'unavailable'],
    ['POST', 'ambiguous'],
    ['PATCH', 'ambiguous'],
  ] as const)('a %s is %s', async (method, kind) => {
    respond = (request) => request.socket.destroy();
    expect(await failureFrom(send({ method, url: 'tasks.json' }))).toMatchObject({ kind });
  });

  test('too late counts as none', async () => {
    respond = () => undefined;
    expect(await failureFrom(send({ method: 'POST', url: 'tasks.json' }, { timeoutMs: 50 }))).toMatchObject({ kind: 'ambiguous', message: 'No whole answer from clio to POST /api/v4/tasks.json (too late)' });
  });

  test('too long counts as none', async () => {
    respond = (_, response) => response.end('x'.repeat(2_000));
    expect(await failureFrom(send({ method: 'GET', url: 'bills.json' }, { maxBytes: 1_000 }))).toMatchObject({ kind: 'unavailable' });
  });

  test('a refused connection means that not even a write was sent', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await failureFrom(send({ method: 'POST', url: 'tasks.json' }))).toMatchObject({ kind: 'unavailable' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});

test('no error holds a token, a query or a body', async () => {
  respond = (request) => request.socket.destroy();
  const error = await failureFrom(
    send({ method: 'POST', url: 'matters/1?custom_action_nonce=canary-nonce', headers: { authorization: 'Bearer canary-token' }, json: { note: 'canary-body' } }),
  );
  const everything = JSON.stringify([error, error.message, error.stack, error.cause]);
  expect(everything).not.toContain('canary');
});

test.each([
  [400, 'rejected', 'rejected'],
  [401, 'unauthorized', 'unauthorized'],
  [403, 'forbidden', 'forbidden'],
  [404, 'not-found', 'not-found'],
  [408, 'unavailable', 'ambiguous'],
  [409, 'conflict', 'conflict'],
  [410, 'rejected', 'rejected'],
  [412, 'conflict', 'conflict'],
  [422, 'rejected', 'rejected'],
  [429, 'rate-limited', 'rate-limited'],
  [302, 'unavailable', 'ambiguous'],
  [500, 'unavailable', 'ambiguous'],
  [503, 'unavailable', 'ambiguous'],
] as const)('%i is %s for a read and %s for a write', (status, read, write) => {
  const kind = (writes: boolean) => failureOf({ service: 'clio', status, headers: {}, writes, call: 'GET /x' }, 0).kind;
  expect([kind(false), kind(true)]).toEqual([read, write]);
});
