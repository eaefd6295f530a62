import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { openToken, sealTokens } from '../../src/connections/sealed-tokens.js';
import { openStore } from '../../src/store/open-store.js';
import { createSealer } from '../../src/store/seal.js';
import { compile } from '../compiled.js';
import { STORES } from '../soak/story-stores.js';

const FIRM = 'us:100234';
const ID = 'xero:org-1';
const PROCESSES = 4;
const PROGRAM = 'test/connections/token-taker.ts';
const compiled = compile(PROGRAM);

afterAll(() => compiled.remove());

/** A token endpoint that takes each refresh token once, and its time. */
async function tokenEndpoint() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const token = new URLSearchParams(body).get('refresh_token') ?? '';
      const used = asked.includes(token);
      asked.push(token);
      const next = asked.length;
      const answer = used ? { error: 'invalid_grant' } : { access_token: `access-${next}`, refresh_token: `refresh-${next}`, expires_in: 1800, token_type: 'Bearer', scope: '' };
      setTimeout(() => response.writeHead(used ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)), 400);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

function taker(...args: string[]) {
  const child = spawn(process.execPath, [compiled.path(PROGRAM), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return { line, go: () => child.stdin.write('go\n'), end: () => child.kill('SIGKILL') };
}

test.each(STORES)('on %s: of four processes that find the token used up in the same moment one renews it, all use what it got, and the one before is kept', async (_name, makeStore) => {
  const { storeUrl, remove } = await makeStore();
  const endpoint = await tokenEndpoint();
  const key = randomBytes(32).toString('base64');
  const sealer = createSealer([key]);
  const store = await openStore(storeUrl);
  const anHourAgo = Date.now() - 3_600_000;
  const sealed = sealTokens({ sealer, clock: { now: () => anHourAgo } }, { firm: FIRM, id: ID }, { accessToken: 'access-0', refreshToken: 'refresh-0', expiresInSeconds: 1_800 }, null);
  await store.connections.insert({ firm: FIRM, id: ID, side: 'xero', userId: 'u', organisationId: 'org-1', organisationName: 'Harwood Books', xeroConnectionId: 'xc', ...sealed, scopes: [], state: 'live', stateReason: null, connectedAt: new Date(anHourAgo).toISOString() });
  const takers = Array.from({ length: PROCESSES }, () => taker(storeUrl, key, endpoint.url, FIRM, ID));
  try {
    expect(await Promise.all(takers.map((each) => each.line()))).toEqual(takers.map(() => 'ready'));
    for (const each of takers) each.go();
    expect(await Promise.all(takers.map((each) => each.line()))).toEqual(takers.map(() => 'access-1'));
    expect(endpoint.asked).toEqual(['refresh-0']);
    const kept = await store.connections.get(FIRM, ID);
    expect(kept && (['accessToken', 'refreshToken', 'previousRefreshToken'] as const).map((field) => openToken(sealer, kept, field))).toEqual(['access-1', 'refresh-1', 'refresh-0']);
  } finally {
    for (const each of takers) each.end();
    await store.close();
    await endpoint.close();
    await remove();
  }
}, 60_000);
