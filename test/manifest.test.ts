import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createServer } from '../src/web/server.js';
import { routesOf } from './security/routes.js';
import { connectXeroTo, signedIn, stage, XERO_KEY } from './web/stage.js';
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
  name: z.string(), icon: z.string(), websiteUrl: z.string(), supportUrl: z.string(), privacyUrl: z.string(),
  appUrl: z.string(), redirectUris: z.array(z.string()), deauthorizationUrl: z.string(),
  permissions: z.array(Reasoned.extend({ name: z.string(), access: z.enum(['read', 'write']), covers: z.array(z.string()).min(1) })),
  webhooks: z.object({ url: z.string(), models: z.array(z.string()), onDemand: z.array(z.object({ model: z.string(), when: z.string().min(20) })) }),
  customActions: z.array(z.object({ label: z.string(), place: z.string(), targetUrl: z.string() })),
}), 'manifest/clio-app.json');
const xero = parsed(z.object({
  name: z.string(), icon: z.string(), companyUrl: z.string(), supportUrl: z.string(), privacyUrl: z.string(),
  loginUrl: z.string(), redirectUris: z.array(z.string()),
  webhooks: z.object({ deliveryUrl: z.string(), categories: z.array(z.string()), whereOffered: z.array(z.string()) }),
  scopes: z.array(Reasoned.extend({ scope: z.string() })),
  scopesOnDemand: z.array(Reasoned.extend({ scope: z.string(), when: z.string() })),
}), 'manifest/xero-app.json');

/** What stands between the brackets of `const NAME… = [ … ]`, as list. */
function listIn(path: string, name: string): string[] {
  const list = new RegExp(`const ${name}\\b[^=]*= \\[([^\\]]*)\\]`).exec(read(path))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
}

const filesOf = (folder: string): { file: string; text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => ({ file: join(folder, path), text: read(join(folder, path)) }));

const BASE = '${APP_URL}';
const addresses = [
  ...Object.values(clio.regions).map((region) => region.addToClioUrl), ...clio.redirectUris, clio.deauthorizationUrl, clio.webhooks.url,
  clio.appUrl, clio.websiteUrl, clio.supportUrl, clio.privacyUrl, ...clio.customActions.map((action) => action.targetUrl),
  ...xero.redirectUris, xero.webhooks.deliveryUrl, xero.companyUrl, xero.loginUrl, xero.supportUrl, xero.privacyUrl,
];

test('every address both portals are given is ours, and a route of the running server', async () => {
  const routes = routesOf(createServer((await stage()).deps)).map(({ path }) => path);
  const asRoute = (address: string) => address.replace(BASE, '').replace(/\?.*$/, '').replace('{subscription}', ':subscription').replace('sync-with-xero-{region}', ':name');
  expect(addresses.every((address) => address.startsWith(`${BASE}/`))).toBe(true);
  expect(addresses.map(asRoute).filter((path) => !routes.includes(path))).toEqual([]);
});

test('the pages for everybody are open to everybody, and the icon is there', async () => {
  const on = await stage();
  for (const address of [clio.websiteUrl, clio.supportUrl, clio.privacyUrl, xero.loginUrl]) expect([address, (await on.agent.get(address.replace(BASE, ''))).status]).toEqual([address, 200]);
  for (const { icon } of [clio, xero]) expect([icon, existsSync(join(root, icon))]).toEqual([icon, true]);
});

test('the name is ours alone, as Xero’s terms want it', () => {
  expect([clio.name, xero.name].filter((name) => /xero|clio/i.test(name))).toEqual([]);
});

test('the title of every page ends in the name the portals are given', () => {
  const titles = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ejs')).flatMap((path) => [...read(join('views', path)).matchAll(/<title>(.*?)<\/title>/g)].map((match) => match[1] ?? ''));
  expect(titles).toEqual([`<%= title %> · ${xero.name}`]);
  expect(clio.name).toBe(xero.name);
});

test('the button to Xero is an own one without Xero’s logo, in the same window, and the page asks nothing of others', async () => {
  const browser = await signedIn(await stage());
  const page = (await browser.get('/setup/organisation')).text;
  const button = /<a [^>]*href="\/oauth\/xero\/start"[^>]*>.*?<\/a>/.exec(page)?.[0];
  expect(button).toBe('<a class="button" href="/oauth/xero/start">Connect Xero</a>');
  expect([...page.matchAll(/<(?:script|img|link|iframe|source|use)\b[^>]*(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '').filter((address) => !address.startsWith('/'))).toEqual([]);
});

test('all regions are there, each installed through its own address', () => {
  expect(Object.keys(clio.regions).sort()).toEqual([...REGIONS].sort());
  for (const region of REGIONS) expect(clio.regions[region]?.addToClioUrl).toBe(`${BASE}/oauth/clio/start?region=${region}&install=1`);
});

test('webhooks and buttons are those the program registers', () => {
  expect(clio.webhooks.models).toEqual(listIn('src/connections/keep-webhooks.ts', 'MODELS'));
  expect(clio.webhooks.onDemand.map(({ model }) => model)).toEqual([/const COSTS_MODEL[^=]*= '(\w+)'/.exec(read('src/connections/keep-webhooks.ts'))?.[1]]);
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

describe('Clio permissions', () => {
  const PATH = /['"`]([a-z_]+)(?:\/[^'"`]*)?\.json['"`]/;
  const paths = filesOf('src/clio').flatMap(({ text }) => [...text.matchAll(new RegExp(PATH, 'g'))].map((match) => match[1] ?? ''));
  const permissionOf = (path: string) => clio.permissions.filter(({ covers }) => covers.includes(path)).map(({ name }) => name);

  test('cover every path the program asks for, each by one, and none that it does not', () => {
    expect(new Set(paths).size).toBeGreaterThan(12);
    expect([...new Set(paths)].filter((path) => permissionOf(path).length !== 1)).toEqual([]);
    expect(clio.permissions.flatMap(({ covers }) => covers).filter((path) => !paths.includes(path))).toEqual([]);
  });

  test('allow writing where the program writes, and nowhere else', () => {
    const written = filesOf('src/clio').filter(({ file }) => !/\/(api|call)\.ts$/.test(file)).flatMap(({ text }) => {
      const named = new Map([...text.matchAll(new RegExp(`const (\\w+)\\b[^\\n]*?${PATH.source}`, 'g'))].map((match) => [match[1] ?? '', match[2] ?? '']));
      return [...text.matchAll(/api\.(?:write|remove)\(/g)].map(({ index }) => {
        const call = text.slice(index).split('\n')[0] ?? '';
        const byName = [...call.matchAll(/\b\w+\b/g)].map(([name]) => named.get(name)).find((path) => path !== undefined);
        // A call names its path, or a constant that has it, or means the one named last before it.
        return PATH.exec(call)?.[1] ?? byName ?? [...text.slice(0, index).matchAll(new RegExp(PATH, 'g'))].at(-1)?.[1] ?? 'unknown';
      });
    });
    expect(written.length).toBeGreaterThan(8);
    const names = [...new Set(written.flatMap(permissionOf))].sort();
    expect(names).toEqual(clio.permissions.filter(({ access }) => access === 'write').map(({ name }) => name).sort());
  });
});

/** Which scope each call of Xero's own library needs (xero-api 2.7). */
const SCOPE_OF: [RegExp, string][] = [
  [/^(get|create|update|updateOrCreate|delete)(Invoices?|InvoiceHistory|CreditNotes?|CreditNoteAllocations?)$/, 'accounting.invoices'],
  [/^(get|create|delete)Payments?$/, 'accounting.payments'],
  [/^(get|create|update)Contacts?$|^getContactByContactNumber$/, 'accounting.contacts'],
  [/^get(Accounts|TaxRates|TrackingCategories|Currencies|Organisations|BrandingThemes)$/, 'accounting.settings.read'],
  [/^(get|create|update)BankTransactions?$/, 'accounting.banktransactions'],
];

test('every call to Xero is covered by a scope that is asked for, and every scope is needed by some call', () => {
  const calls = [...new Set(filesOf('src/xero').flatMap(({ text }) => [...text.matchAll(/\bapi\.((?:get|create|update|delete)[A-Z]\w*)/g)].map((match) => match[1] ?? '')))];
  const needed = calls.map((call) => [call, SCOPE_OF.find(([calls]) => calls.test(call))?.[1] ?? 'unknown'] as const);
  expect(calls.length).toBeGreaterThan(15);
  expect(needed.filter(([, scope]) => scope === 'unknown')).toEqual([]);
  const asked = [...xero.scopes, ...xero.scopesOnDemand].map(({ scope }) => scope).filter((scope) => scope.startsWith('accounting.'));
  expect([...new Set(needed.map(([, scope]) => scope))].sort()).toEqual(asked.sort());
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

test('the program acts on every webhook category that is asked of Xero, and on no other', async () => {
  const tenant = '4c7d9d1e-2f63-4f5e-9b0a-6a3c8e1d2b47';
  const ALL = ['INVOICE', 'CONTACT', 'CREDITNOTE', 'PAYMENT', 'PREPAYMENT', 'OVERPAYMENT', 'SUBSCRIPTION'];
  const acted: string[] = [];
  for (const eventCategory of ALL) {
    const on = await stage();
    await signedIn(on);
    await connectXeroTo(on, 'us:100234', tenant);
    const before = await on.store.marks.countOwed('us:100234');
    const body = JSON.stringify({ events: [{ resourceId: '9f6f0a52-3c0e-4d5f-8a55-2a4f0c9e7b11', eventDateUtc: '2026-11-20T03:14:07.215', eventType: 'UPDATE', eventCategory, tenantId: tenant, tenantType: 'ORGANISATION' }], firstEventSequence: 1, lastEventSequence: 1 });
    const signature = createHmac('sha256', XERO_KEY).update(body).digest('base64');
    expect((await on.agent.post('/webhooks/xero').set('x-xero-signature', signature).set('content-type', 'application/json').send(body)).status).toBe(200);
    const owed = await on.store.marks.owed('us:100234');
    if (owed.length > before || owed.some((mark) => mark.wanted > 1)) acted.push(eventCategory);
  }
  expect(acted.sort()).toEqual([...xero.webhooks.categories, ...xero.webhooks.whereOffered].sort());
});

test('the listing shows pictures that are there', () => {
  const pictures = [...read('manifest/listing.md').matchAll(/\]\(\.\.\/(docs\/screenshots\/[\w-]+\.png)\)/g)].map((match) => match[1] ?? '');
  expect(pictures.length).toBeGreaterThan(4);
  expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
