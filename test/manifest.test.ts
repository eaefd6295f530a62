import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { printManifest } from '../manifest/for-portals.js';
import { actionUrl, subscriptionUrl } from '../src/connections/subscription-url.js';
import { REGIONS } from '../src/store/records.js';
import { scopeReasonsOnDemand, SCOPES } from '../src/xero/scopes.js';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const parsed = <T>(schema: z.ZodType<T>, path: string) => schema.parse(JSON.parse(read(path)));

const Reasoned = z.object({ reason: z.string().min(20) });
const clio = parsed(z.object({
  regions: z.record(z.string(), z.object({ portal: z.url(), host: z.url(), addToClioUrl: z.string() })),
  appUrl: z.string(), redirectUris: z.array(z.string()), deauthorizationUrl: z.string(),
  permissions: z.array(Reasoned.extend({ name: z.string(), access: z.enum(['read', 'write']) })),
  webhooks: z.object({ url: z.string(), models: z.array(z.string()) }),
  customActions: z.array(z.object({ label: z.string(), place: z.string(), targetUrl: z.string() })),
}), 'manifest/clio-app.json');
const xero = parsed(z.object({
  loginUrl: z.string(), redirectUris: z.array(z.string()),
  webhooks: z.object({ deliveryUrl: z.string(), categories: z.array(z.string()) }),
  scopes: z.array(Reasoned.extend({ scope: z.string() })),
  scopesOnDemand: z.array(Reasoned.extend({ scope: z.string(), when: z.string() })),
}), 'manifest/xero-app.json');

/** What stands between the brackets of `const NAME… = [ … ]`, as list. */
function listIn(path: string, name: string): string[] {
  const list = new RegExp(`const ${name}\\b[^=]*= \\[([^\\]]*)\\]`).exec(read(path))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
}

const textsOf = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => read(join(folder, path))).join('\n');

const BASE = '${APP_URL}';
const addresses = [
  ...Object.values(clio.regions).map((region) => region.addToClioUrl), ...clio.redirectUris, clio.deauthorizationUrl, clio.webhooks.url,
  ...clio.customActions.map((action) => action.targetUrl), ...xero.redirectUris, xero.webhooks.deliveryUrl,
];

test('every address both portals are given is ours, and a route of the web server answers it', () => {
  const web = textsOf('src/web');
  const heads = [...new Set(addresses.map((address) => address.replace(BASE, '').replace(/\?.*$/, '').replace(/\/(?:\{subscription\}|sync-with-xero-\{region\})$/, '')))];
  expect(addresses.every((address) => address.startsWith(`${BASE}/`))).toBe(true);
  expect(heads.filter((path) => !routeKnown(web, path))).toEqual([]);
});

/** `/oauth/clio/start` may be mounted in two steps: a router at `/oauth/clio`, a route `/start` in it. */
function routeKnown(web: string, path: string): boolean {
  const parts = path.split('/').slice(1);
  const cuts = parts.map((_, index) => [`/${parts.slice(0, index).join('/')}`, `/${parts.slice(index).join('/')}`]);
  return cuts.some(([mount = '', rest = '']) => (mount === '/' || web.includes(`'${mount}'`)) && new RegExp(`['"\`]${rest.replace(/[.]/g, '\\.')}(?:/:[^'"\`]*)?['"\`]`).test(web));
}

test('all regions are there, each installed through its own address', () => {
  expect(Object.keys(clio.regions).sort()).toEqual([...REGIONS].sort());
  for (const region of REGIONS) expect(clio.regions[region]?.addToClioUrl).toBe(`${BASE}/oauth/clio/start?region=${region}&install=1`);
});

test('webhooks and buttons are those the program registers', () => {
  expect(clio.webhooks.models).toEqual(listIn('src/connections/keep-webhooks.ts', 'MODELS'));
  expect(clio.webhooks.url).toBe(subscriptionUrl(BASE, '{subscription}'));
  expect(clio.customActions.map((action) => action.place)).toEqual(listIn('src/connections/keep-actions.ts', 'PLACES'));
  for (const action of clio.customActions) {
    expect(read('src/connections/keep-actions.ts')).toContain(`'${action.label}'`);
    expect(action.targetUrl.replace('{region}', 'eu')).toBe(actionUrl(BASE, 'eu'));
  }
});

test('Xero is asked for the smallest set of granular scopes, the one the program asks for', () => {
  const scopes = xero.scopes.map((each) => each.scope);
  expect(scopes).toContain('offline_access');
  expect(scopes.filter((scope) => ['accounting.transactions', 'accounting.transactions.read', 'accounting.settings'].includes(scope))).toEqual([]);
  expect(scopes).toEqual(SCOPES);
  expect(xero.scopesOnDemand.map((each) => each.scope)).toEqual(Object.keys(scopeReasonsOnDemand));
});

test('nothing may be written that the program does not write', () => {
  expect(clio.permissions.filter((each) => each.access === 'write').map((each) => each.name)).toEqual(['Billing', 'Activities', 'Tasks', 'Custom Actions', 'Webhooks']);
});

describe('what is printed for the portals', () => {
  const printed = (flags: string[]) => {
    const lines: string[] = [];
    return { code: printManifest(flags, (line) => lines.push(line)), text: lines.join('\n') };
  };

  test('names every address, permission, scope and category for each region, with nothing left to fill in', () => {
    const { code, text } = printed(['--app-url', 'https://tieout.example/']);
    expect([code, text.includes('${'), text.includes('undefined')]).toEqual([0, false, false]);
    const given = [...addresses.filter((address) => !address.includes('{')).map((address) => address.replace(BASE, 'https://tieout.example')), ...clio.permissions.map((each) => each.name), ...xero.scopes.map((each) => each.scope), ...xero.webhooks.categories, ...clio.webhooks.models];
    expect(given.filter((each) => !text.includes(each))).toEqual([]);
    for (const region of REGIONS) expect(text).toContain(`CLIO_${region.toUpperCase()}_CLIENT_ID`);
  });

  test.each([[[]], [['--app-url']], [['--app-url', 'http://tieout.example']], [['--app-url', 'https://tieout.example/app']], [['--app-url', 'tieout.example']]])('%j prints how to use it', (flags) => {
    expect(printed(flags)).toEqual({ code: 2, text: expect.stringContaining('Usage: npm run manifest -- --app-url') as string });
  });
});

test('the webhook categories Xero is asked for are those the program acts on', () => {
  const known = [...read('src/web/webhooks/xero.ts').matchAll(/case '([A-Z]+)':/g)].map((match) => match[1] ?? '');
  expect(xero.webhooks.categories.filter((category) => !known.includes(category))).toEqual([]);
});
