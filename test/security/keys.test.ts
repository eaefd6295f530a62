import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../src/config.js';

const root = join(__dirname, '../..');
const strong = () => randomBytes(32).toString('base64');
const environment = (changes: Record<string, string> = {}) => ({
  NODE_ENV: 'production', APP_URL: 'https://tieout.example', SECRET_KEYS: strong(), CLIO_US_CLIENT_ID: 'id', CLIO_US_CLIENT_SECRET: 'secret',
  XERO_CLIENT_ID: 'id', XERO_CLIENT_SECRET: 'secret', XERO_WEBHOOK_KEY: 'key', ...changes,
});

function problemsOf(changes: Record<string, string>): string[] {
  try {
    loadConfig(environment(changes));
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
}

const WEAK = {
  'no key': '',
  'a short key': randomBytes(16).toString('base64'),
  'a password': 'correct horse battery staple',
  'a key of one letter': Buffer.alloc(32, 'a').toString('base64'),
  'a key that repeats itself': Buffer.from('abcd'.repeat(8)).toString('base64'),
  'a strong key and a weak one behind it': `${strong()},${Buffer.alloc(32, 7).toString('base64')}`,
};

test.each(Object.entries(WEAK))('%s is refused, with how to make a good one, and is not repeated in the message', (_what, keys) => {
  const problems = problemsOf({ SECRET_KEYS: keys });
  expect(problems).toEqual([expect.stringContaining('openssl rand -base64 32')]);
  if (keys !== '') expect(problems.join()).not.toContain(keys);
});

test('good keys are taken, several of them too', () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ SECRET_KEYS: `${strong()}, ${strong()}` })).toEqual([]);
});

test.each(['http://tieout.example', 'https://tieout.example/app', 'tieout.example'])('the public address %s is refused: cookies and callbacks rest on https and a bare origin', (address) => {
  expect(problemsOf({ APP_URL: address })).toEqual([expect.stringContaining('must be an https address without a path')]);
});

test('a vendor is spoken to over https, or on this machine, and nowhere else', () => {
  for (const name of ['XERO_API_URL', 'XERO_IDENTITY_URL', 'XERO_LOGIN_URL', 'CLIO_US_URL']) {
    expect([name, problemsOf({ [name]: 'http://api.example' })]).toEqual([name, [expect.stringContaining(name)]]);
    expect([name, problemsOf({ [name]: 'http://127.0.0.1:4000' })]).toEqual([name, []]);
  }
});

test('each of the four regions can be set up alone, all together, and not by halves', () => {
  const none = Object.fromEntries(Object.entries(environment()).filter(([name]) => !name.startsWith('CLIO_')));
  const one = (region: string) => ({ [`CLIO_${region}_CLIENT_ID`]: `id-${region}`, [`CLIO_${region}_CLIENT_SECRET`]: 's' });
  for (const [region, host] of [['US', 'https://app.clio.com'], ['CA', 'https://ca.app.clio.com'], ['EU', 'https://eu.app.clio.com'], ['AU', 'https://au.app.clio.com']] as const) {
    expect(loadConfig({ ...none, ...one(region) }).clio).toEqual({ [region.toLowerCase()]: { url: host, clientId: `id-${region}`, clientSecret: 's' } });
  }
  expect(Object.keys(loadConfig({ ...none, ...one('US'), ...one('CA'), ...one('EU'), ...one('AU') }).clio)).toEqual(['us', 'ca', 'eu', 'au']);
  expect(problemsOf({ CLIO_EU_CLIENT_ID: 'half' })).toEqual([expect.stringContaining('CLIO_EU_CLIENT_SECRET is missing')]);
  expect(() => loadConfig(none)).toThrow(/CLIO_US_CLIENT_ID/);
});

test('the program itself does not start with a weak key: exit code 1, one message, no key in it', () => {
  const weak = Buffer.alloc(32, 'w').toString('base64');
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve'], { cwd: root, encoding: 'utf8', timeout: 30_000, env: { PATH: process.env['PATH'], ...environment({ SECRET_KEYS: weak, STORE_URL: 'sqlite::memory:' }) } });
  expect([run.status, run.stdout]).toEqual([1, '']);
  expect(run.stderr).toContain('a key is not random');
  expect(run.stderr).not.toContain(weak);
});
