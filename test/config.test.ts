import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, keyBytes, loadConfig } from '../src/config.js';
import { createSealer } from '../src/store/seal.js';

const WHOLE = {
  APP_URL: 'https://tieout.example.com',
  SECRET_KEYS: randomBytes(32).toString('base64'),
  CLIO_US_CLIENT_ID: 'id',
  CLIO_US_CLIENT_SECRET: 'secret',
  XERO_CLIENT_ID: 'id',
  XERO_CLIENT_SECRET: 'secret',
  XERO_WEBHOOK_KEY: 'key',
};

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('whoever starts it with nothing set is told everything at once, with where to get it', () => {
  const started = spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve'], { cwd: join(__dirname, '..'), env: { PATH: process.env.PATH ?? '' }, encoding: 'utf8', timeout: 50_000 });
  expect(started.status).toBe(1);
  expect(started.stdout).toBe('');
  for (const name of ['APP_URL', 'SECRET_KEYS', 'CLIO_US_CLIENT_ID', 'XERO_CLIENT_ID', 'XERO_CLIENT_SECRET', 'XERO_WEBHOOK_KEY']) expect(started.stderr).toContain(name);
  expect(started.stderr).toContain('openssl rand -base64 32');
  expect(started.stderr).toMatch(/developer portal/);
  // No stack: the message is for people who install it.
  expect(started.stderr).not.toMatch(/\n\s+at /);
});

test('a whole environment is accepted, with the embedded database and no key in sight of others', () => {
  expect(problemsOf(WHOLE)).toEqual([]);
  expect(loadConfig(WHOLE)).toMatchObject({ port: 3_000, role: 'all', storeUrl: 'sqlite:./data/tieout.sqlite', xero: { webhookKeys: ['key'] } });
  expect(loadConfig({ ...WHOLE, XERO_WEBHOOK_KEY: 'newer, older' }).xero.webhookKeys).toEqual(['newer', 'older']);
});

const key = randomBytes(32);
test('mail is off until a server and a sender are named, and needs both', () => {
  expect(loadConfig(WHOLE).mail).toBeNull();
  expect(loadConfig({ ...WHOLE, SMTP_URL: 'smtps://us%40er:p%2Fw@smtp.example.com', MAIL_FROM: 'Tieout <tieout@example.com>' }).mail).toEqual({ host: 'smtp.example.com', port: 465, secure: true, onThisMachine: false, auth: { user: 'us@er', pass: 'p/w' }, from: { name: 'Tieout', address: 'tieout@example.com' } });
  expect(loadConfig({ ...WHOLE, SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'tieout@example.com' }).mail).toEqual({ host: 'localhost', port: 2525, secure: false, onThisMachine: true, auth: null, from: { name: 'Tieout', address: 'tieout@example.com' } });
  expect(problemsOf({ ...WHOLE, SMTP_URL: 'smtp://smtp.example.com' })).toEqual(['MAIL_FROM is missing: the two belong together. Without both nobody is told by mail']);
  expect(problemsOf({ ...WHOLE, MAIL_FROM: 'tieout@example.com' })).toEqual(['SMTP_URL is missing: the two belong together. Without both nobody is told by mail']);
});

test.each([
  ['SMTP_URL', 'https://smtp.example.com'], ['SMTP_URL', 'smtp://'], ['SMTP_URL', 'smtp://a:%zz@smtp.example.com'], ['SMTP_URL', 'smtp://smtp.example.com/?tls=off'],
  ['MAIL_FROM', 'Tieout'], ['MAIL_FROM', 'a@example.com, b@example.com'], ['MAIL_FROM', 'Tieout <a@example.com>\r\nBcc: eve@evil.example'], ['MAIL_FROM', 'Tie\rout <a@example.com>'],
])('%s=%j is refused before anything starts', (name, value) => {
  expect(problemsOf({ ...WHOLE, SMTP_URL: 'smtp://localhost', MAIL_FROM: 'tieout@example.com', [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))]);
});

test.each([
  ['base64', key.toString('base64')],
  ['base64 without padding', key.toString('base64').replace('=', '')],
  ['base64url', key.toString('base64url')],
  ['hex', key.toString('hex')],
])('a key in %s means the same bytes to the settings and to the sealer', (_what, text) => {
  expect(problemsOf({ ...WHOLE, SECRET_KEYS: text })).toEqual([]);
  expect(keyBytes(text)).toEqual(key);
  const sealed = createSealer([key.toString('base64')]).seal('token', 'place');
  expect(createSealer([text]).open(sealed, 'place')).toBe('token');
});

test.each([
  ['31 bytes', randomBytes(31).toString('base64')],
  ['31 bytes in hex', randomBytes(31).toString('hex')],
  ['a pass phrase', 'correct horse battery staple, and some more words'],
  ['one letter, often', 'A'.repeat(64)],
  ['one byte in hex, often', 'ab'.repeat(32)],
  ['a good key followed by a weak one', `${key.toString('base64')},c2hvcnQ=`],
])('a weak key is refused: %s', (_what, text) => {
  const problems = problemsOf({ ...WHOLE, SECRET_KEYS: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^SECRET_KEYS .*openssl rand -base64 32/);
});

test.each([
  ['APP_URL', 'http://tieout.example.com', /^APP_URL must be an https address/],
  ['APP_URL', 'https://tieout.example.com/app', /^APP_URL must be an https address/],
  ['STORE_URL', 'postgres://x', /^STORE_URL must start with sqlite:/],
  ['ROLE', 'boss', /^ROLE must be all, web or worker/],
  ['PORT', '80000', /^PORT /],
  ['CLIO_CA_CLIENT_ID', 'half', /^CLIO_CA_CLIENT_SECRET is missing/],
])('%s=%s is refused with what to do', (name, value, message) => {
  const problems = problemsOf({ ...WHOLE, [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
});
