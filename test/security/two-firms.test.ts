import { openToken } from '../../src/connections/sealed-tokens.js';
import { setUp } from '../../src/demo/acts.js';
import { Visitor } from '../../src/demo/visitor.js';
import { createSealer } from '../../src/store/seal.js';
import { snapshot } from './snapshot.js';
import { connect, install, startTwoFirms, type Side, type TwoFirms } from './two-firms.js';

const SECRETS_OF_A = { client: 'CANARY Oakhurst Privileged Holdings', email: 'canary-inbox@oakhurst.example', narrative: 'CANARY advice on the hostile takeover', matter: 'CANARY-00042' };
const PAGES = ['/', '/bills', '/bills?matter=1', '/inbox', '/tie-out', '/history', '/activity', '/settings', '/setup'];

let all: TwoFirms;
let billsOfA: number[];

beforeAll(async () => {
  all = await startTwoFirms();
  await install(all, all.us);
  await connect(all, all.us, 'Harwood & Lisle LLP');
  await setUp(all.us.person, all.us.world, { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260', 'invoice.narratives': 'on', 'invoice.detail': 'activity' });
  billsOfA = [billOf(all.us, SECRETS_OF_A), billOf(all.us, SECRETS_OF_A), billOf(all.us, SECRETS_OF_A)];
  await all.settle(all.us);
  await install(all, all.eu);
  billOf(all.eu, { client: 'Brightwater Mills', email: 'ap@brightwater.example', narrative: 'Lease', matter: '00001' });
  await connect(all, all.eu, 'Pemberton Shaw Solicitors');
});

afterAll(async () => {
  await all.end();
});

function billOf(side: Side, facts: typeof SECRETS_OF_A): number {
  const { control } = side.world.clio;
  const emails = [{ id: 1, name: 'Work', value: facts.email, primary: true }];
  const clientId = control.addContact({ type: 'Company', name: facts.client, firstName: null, lastName: null, isClient: true, emails, phones: [], addresses: [], salesTaxNumber: null, paymentTermDays: 30, companyId: null }).id;
  const number = 700 + control.matters().length;
  const matter = control.addMatter({ number, displayNumber: `${facts.matter}-${number}`, description: 'Advice', clientId, practiceAreaId: null, responsibleAttorneyId: null, originatingAttorneyId: null, currencyId: 1, status: 'Open', openDate: '2026-01-05', closeDate: null, clientReference: null });
  return control.createBill({ clientId, matterIds: [matter.id], lines: [{ price: 250, quantity: 4, note: facts.narrative, description: facts.narrative }], state: 'awaiting_payment', issuedAt: '2026-11-19', taxRate: 0, secondaryTaxRate: 0 }).id;
}

const connectionOf = async (side: Side) => (await all.app.store.connections.list(side.firm)).find((each) => each.side === 'xero');

/** A form as the other firm's own page would send it, with its own token, to an address of its choosing. */
async function postAs(side: Side, path: string, form: Record<string, string>): Promise<number> {
  const { person, world } = side;
  await person.open(`${world.appUrl}/bills`);
  const csrf = String(person.$('input[name=csrf]').first().attr('value'));
  person.$('main').append(`<form id="attack" method="post" action="${path}"><input name="csrf" value="${csrf}">${Object.entries(form).map(([name, value]) => `<input name="${name}" value="${value}">`).join('')}<button>Attack</button></form>`);
  await person.press('Attack', {}, '#attack');
  return person.status;
}

test('the two firms are two, although both regions gave them the same number', async () => {
  expect((await all.app.store.firms.list('*')).map((firm) => firm.id)).toEqual(['eu:100234', 'us:100234']);
  expect([(await connectionOf(all.us))?.organisationName, (await connectionOf(all.eu))?.organisationName]).toEqual(['Harwood & Lisle LLP', 'Pemberton Shaw Solicitors']);
  await all.us.person.open(`${all.us.world.appUrl}/bills`);
  expect(all.us.person.text).toContain(SECRETS_OF_A.client);
});

test('no page shows a firm anything of the other one', async () => {
  const links = await all.app.store.links.list(all.us.firm);
  const matter = links.find((link) => link.kind === 'bill')?.matterIds[0] ?? '';
  const activity = await all.app.store.activity.list(all.us.firm, { newestFirst: true, limit: 1 });
  for (const path of [...PAGES, `/bills?matter=${matter}`, '/bills?search=Privileged', '/bills?status=up-to-date', `/bills?after=bill:${billsOfA[0] ?? ''}:main`, `/activity?after=${activity[0]?.id ?? ''}z`, '/bills?fragment=rows', '/setup?fragment=setup']) {
    await all.eu.person.open(`${all.eu.world.appUrl}${path}`);
    expect([path, all.eu.person.html.includes('CANARY'), all.eu.person.html.includes('Harwood')]).toEqual([path, false, false]);
  }
  // Ids are Clio's own per region, so the other firm may have a bill of the same number: then it is its own.
  const own = (await all.app.store.links.list(all.eu.firm)).map((link) => link.clioId);
  for (const bill of billsOfA.filter((id) => !own.includes(String(id)))) {
    await all.eu.person.open(`${all.eu.world.appUrl}/bills/${bill}`);
    expect([bill, all.eu.person.status]).toEqual([bill, 404]);
  }
  expect(billsOfA.filter((id) => !own.includes(String(id))).length).toBeGreaterThan(1);
});

test("no form of one firm's person changes anything of the other firm", async () => {
  const { store } = all.app;
  const now = new Date(all.clock.now()).toISOString();
  const foreign = String(billsOfA[2]);
  await store.holds.insert({ firm: all.us.firm, id: `${foreign}:bill`, billId: foreign, about: 'bill', reason: 'DRIFT_AMOUNT', facts: {}, choices: [{ id: 'clio', label: 'Use' }], open: true, answer: null, answeredBy: null, openedAt: now, closedAt: null });
  await store.tickets.insert({ firm: all.us.firm, id: 'choice-of-a', kind: 'xero-choice', body: { sealed: '', organisations: [] }, sweepAt: new Date(all.clock.now() + 600_000).toISOString() });
  const ofNobody = async () => JSON.stringify((await store.firms.list('*')).filter((firm) => firm.id === all.us.firm));
  const before = [await snapshotOf(all.us), await ofNobody()];

  expect(await postAs(all.eu, `/inbox/${foreign}:bill/answer`, { choice: 'clio' })).toBe(404);
  expect(await postAs(all.eu, '/xero/organisation', { choice: 'choice-of-a', organisation: 'x' })).toBe(400);
  expect(await postAs(all.eu, '/bills/sync', { bill: foreign })).toBe(200);
  await postAs(all.eu, '/history', { startOn: '2020-01-01' });
  await postAs(all.eu, '/settings', { mode: 'paused' });
  await postAs(all.eu, '/setup/clio-sync', { clioSync: 'on' });
  await all.settle(all.eu);
  expect([await snapshotOf(all.us), await ofNobody()]).toEqual(before);
  await all.eu.person.open(`${all.eu.world.appUrl}/bills/${foreign}`);
  expect(all.eu.person.status).toBe(404);
  await store.tickets.remove(all.us.firm, 'choice-of-a');
  await store.holds.remove(all.us.firm, `${foreign}:bill`);

  expect(await postAs(all.eu, '/xero/disconnect', {})).toBe(200);
  expect([(await connectionOf(all.us))?.state, (await connectionOf(all.eu))?.state]).toEqual(['live', 'removed']);
  await connect(all, all.eu, 'Pemberton Shaw Solicitors');
});

/** What the store holds of one firm alone; its cursors move with time by themselves. */
const snapshotOf = async (side: Side) => {
  const parsed: unknown = JSON.parse(await snapshot(all.app.store, [side.firm]));
  return JSON.stringify(Array.isArray(parsed) ? parsed.filter((part: unknown) => Array.isArray(part) && part[0] === side.firm) : []);
};

test('a button pressed in one region signs nobody in to the other, though user and record have the same number', async () => {
  const { control } = all.us.world.clio;
  const user = control.users()[0]?.id ?? 0;
  const matter = control.matters()[0]?.id ?? 0;
  const nonce = control.mintNonce(user, `/api/v4/matters/${matter}`);
  const query = new URLSearchParams({ custom_action_id: '1', user_id: String(user), subject_url: `/api/v4/matters/${matter}`, custom_action_nonce: nonce }).toString();
  const stranger = new Visitor();
  await stranger.open(`${all.us.world.appUrl}/clio/actions/sync-with-xero-eu?${query}`);
  expect([stranger.status, stranger.$('h1').text()]).toEqual([403, 'Clio did not confirm this click']);
  await stranger.open(`${all.us.world.appUrl}/clio/actions/sync-with-xero-us?${query}`);
  expect([stranger.status, stranger.text.includes('Harwood & Lisle LLP')]).toEqual([200, true]);
  await all.settle(all.us);
});

test("one firm's consent cannot be finished in the other firm's browser, nor one vendor's answer at the other's address", async () => {
  const { us, eu } = all;
  await us.person.open(`${us.world.appUrl}/oauth/xero/start`);
  const answer = us.world.xero.control.consent({ authorizeUrl: us.person.url.href, organisation: 'Harwood & Lisle LLP' });
  const before = await connectionOf(eu);
  await eu.person.open(answer);
  expect(eu.person.status).toBe(400);
  await us.person.open(answer.replace('/oauth/xero/', '/oauth/clio/'));
  expect(us.person.status).toBe(400);
  expect((await connectionOf(eu))?.version).toBe(before?.version);
});

test("a webhook under one firm's address with the other firm's secret is refused", async () => {
  const { store } = all.app;
  const [mine, theirs] = [await store.subscriptions.get(all.us.firm, 'bill'), await store.subscriptions.get(all.eu.firm, 'bill')];
  expect([mine?.state, theirs?.state, mine?.token === theirs?.token]).toEqual(['enabled', 'enabled', false]);
  const delivery = all.us.world.clio.control.deliveries().find((each) => each.kind === 'event');
  expect(delivery).toBeDefined();
  const reply = await fetch(`${all.us.world.appUrl}/webhooks/clio/${theirs?.token ?? ''}`, { method: 'POST', body: '{"data":{"id":1}}', headers: { 'x-hook-signature': 'a'.repeat(64) } });
  expect(reply.status).toBe(401);
});

test('each call to a vendor carried the token of the one firm it was for', async () => {
  const sealer = createSealer([all.us.world.env['SECRET_KEYS'] ?? '']);
  const organisations = new Map<string, Set<string>>();
  for (const { requestHeaders } of all.exchanges.filter((each) => each.vendor === 'xero' && each.requestHeaders['xero-tenant-id'] !== undefined)) {
    const tenant = requestHeaders['xero-tenant-id'] ?? '';
    organisations.set(tenant, (organisations.get(tenant) ?? new Set()).add(requestHeaders['authorization'] ?? ''));
  }
  const [ours, theirs] = [await connectionOf(all.us), await connectionOf(all.eu)];
  expect([...organisations.keys()].sort()).toEqual([ours?.organisationId, theirs?.organisationId].sort());
  const shared = [...(organisations.get(ours?.organisationId ?? '') ?? [])].filter((token) => organisations.get(theirs?.organisationId ?? '')?.has(token));
  expect(shared).toEqual([]);
  expect(organisations.get(ours?.organisationId ?? '')).toContain(`Bearer ${(ours && openToken(sealer, ours, 'accessToken')) ?? ''}`);
});

test('through all of this the log named no secret, no token, no person, no client and no narrative', async () => {
  const sealer = createSealer([all.us.world.env['SECRET_KEYS'] ?? '']);
  const connections = [...(await all.app.store.connections.list(all.us.firm)), ...(await all.app.store.connections.list(all.eu.firm))];
  const tokens = connections.flatMap((each) => [openToken(sealer, each, 'accessToken'), openToken(sealer, each, 'refreshToken')]).filter((token) => token !== null);
  const used = all.exchanges.map((each) => (each.requestHeaders['authorization'] ?? '').replace(/^Bearer /, '')).filter((token) => token !== '');
  const { env } = all.us.world;
  const settings = ['SECRET_KEYS', 'CLIO_US_CLIENT_ID', 'CLIO_US_CLIENT_SECRET', 'XERO_CLIENT_ID', 'XERO_CLIENT_SECRET', 'XERO_WEBHOOK_KEY'].map((name) => env[name] ?? '');
  const subscriptions = (await all.app.store.subscriptions.list(all.us.firm)).map((each) => each.token);
  const people = ['Dana', 'dana@', 'Robin', 'robin.vance', 'Brightwater', ...Object.values(SECRETS_OF_A)];
  const words = [...new Set([...tokens, ...used, ...settings, 'eu-clio-secret', ...subscriptions, ...people])];
  expect(words.length).toBeGreaterThan(25);
  expect(words.every((word) => word.length > 3)).toBe(true);
  expect(all.logged().split('\n').length).toBeGreaterThan(50);
  expect(words.filter((word) => all.logged().includes(word))).toEqual([]);
  expect(all.logged()).not.toMatch(/state=|code=|nonce=|Bearer/);
});

test('tokens and narratives stand on no page, and neither in the activity nor in what the store keeps readable', async () => {
  const sealer = createSealer([all.us.world.env['SECRET_KEYS'] ?? '']);
  const connections = await all.app.store.connections.list(all.us.firm);
  const tokens = connections.flatMap((each) => [openToken(sealer, each, 'accessToken'), openToken(sealer, each, 'refreshToken')]).filter((token) => token !== null);
  const secrets = [...tokens, 'demo-clio-secret', 'demo-xero-secret', 'demo-xero-webhook-key'];
  const seen: string[] = [];
  for (const path of [...PAGES, `/bills/${billsOfA[0] ?? ''}`, '/oauth/clio/callback?error=access_denied', '/nowhere']) {
    await all.us.person.open(`${all.us.world.appUrl}${path}`);
    seen.push(all.us.person.html);
  }
  const kept = await snapshot(all.app.store, [all.us.firm]);
  expect(secrets.length).toBeGreaterThan(5);
  expect(secrets.filter((secret) => [...seen, kept].some((text) => text.includes(secret)))).toEqual([]);
  expect(JSON.stringify(await all.app.store.activity.list(all.us.firm))).not.toContain(SECRETS_OF_A.narrative);
});
