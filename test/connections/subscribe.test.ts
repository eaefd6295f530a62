import type { ClioWebhook } from '../../src/clio/clio.js';
import { subscribe, type SubscribePort } from '../../src/connections/subscribe.js';
import { secretContext } from '../../src/connections/subscription-url.js';
import { noticesFlow } from '../../src/jobs/notices.js';
import { Schedule } from '../../src/jobs/schedule.js';
import { APP_URL, signedIn, stage, type Stage } from '../web/stage.js';

const FIRM = 'us:100234';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Clio's webhooks and custom actions, as far as `subscribe` meets them. */
class ClioSide implements SubscribePort {
  hooks: ClioWebhook[] = [];
  actions: { clioId: string; label: string; targetUrl: string; place: string }[] = [];
  readonly calls: string[] = [];
  onCreate: (url: string) => Promise<void> = () => Promise.resolve();
  secret = (model: string): string | null => `secret-of-${model}`;
  private count = 100;

  whoAmI = () => Promise.resolve({ clioId: '350112', name: 'Dana Whitlock', email: null, roles: ['admin'], enabled: true, timeZone: 'London', account: { clioId: '100234', name: 'Harwood & Lisle LLP' } });
  webhooks = () => Promise.resolve(this.hooks);
  createWebhook = async (request: { url: string; model: string; expiresAt: string }) => {
    this.calls.push(`create ${request.model}`);
    await this.onCreate(request.url);
    const hook: ClioWebhook = { clioId: String((this.count += 1)), url: request.url, model: request.model, state: 'enabled', expiresAt: request.expiresAt };
    this.hooks.push(hook);
    return { ...hook, sharedSecret: this.secret(request.model) };
  };
  renewWebhook = (id: string, expiresAt: string) => {
    this.calls.push('renew');
    const hook = this.hooks.find((each) => each.clioId === id);
    if (!hook) throw new Error('gone');
    hook.expiresAt = expiresAt;
    return Promise.resolve(hook);
  };
  deleteWebhook = (id: string) => {
    this.calls.push('delete');
    this.hooks = this.hooks.filter((each) => each.clioId !== id);
    return Promise.resolve();
  };
  activateWebhook = (_id: string, secret: string) => {
    this.calls.push(`activate ${secret}`);
    return Promise.resolve();
  };
  customActions = () => Promise.resolve(this.actions);
  createCustomAction = (request: { label: string; targetUrl: string; place: string }) => {
    if (request.place === 'bills/show') return Promise.resolve(false);
    this.actions.push({ clioId: String((this.count += 1)), ...request });
    return Promise.resolve(true);
  };
  moveCustomAction = (id: string, targetUrl: string) => {
    this.actions = this.actions.map((each) => (each.clioId === id ? { ...each, targetUrl } : each));
    return Promise.resolve();
  };
  deleteCustomAction = (id: string) => {
    this.actions = this.actions.filter((each) => each.clioId !== id);
    return Promise.resolve();
  };
}

async function installed(): Promise<{ on: Stage; clio: ClioSide; run: () => Promise<void> }> {
  const on = await stage();
  await signedIn(on);
  const clio = new ClioSide();
  return { on, clio, run: () => subscribe(on.deps, FIRM, [clio]) };
}
const secretOf = async (on: Stage, model: string) => on.deps.sealer.open((await on.store.subscriptions.get(FIRM, model))?.secret ?? '', secretContext(FIRM, model, 'secret'));

test('registers four webhooks and the buttons Clio allows, once however often it runs', async () => {
  const { on, clio, run } = await installed();
  await run();
  await run();
  expect(clio.calls).toEqual(['create bill', 'create contact', 'create matter', 'create task']);
  expect(new Set(clio.hooks.map((hook) => hook.url)).size).toBe(4);
  expect(clio.actions.map((each) => [each.label, each.place, each.targetUrl])).toEqual(['matters/show', 'contacts/show'].map((place) => ['Sync with Xero', place, `${APP_URL}/clio/actions/sync-with-xero-us`]));
  expect(await secretOf(on, 'task')).toBe('secret-of-task');
});

test('the handshake may come before the answer to our request: the address is known and expects it', async () => {
  const { on, clio, run } = await installed();
  const echoes: unknown[] = [];
  clio.onCreate = async (url) => {
    const reply = await on.agent.post(new URL(url).pathname).set('x-hook-secret', 'secret-of-bill').send('');
    echoes.push(reply.headers['x-hook-secret']);
  };
  clio.secret = () => 'secret-of-bill';
  await run();
  expect(echoes).toEqual(Array(4).fill('secret-of-bill'));
  expect((await on.store.subscriptions.list(FIRM)).map((each) => each.state)).toEqual(Array(4).fill('enabled'));
});

test("a handshake secret that is not the one Clio tells us is replaced by Clio's over our own call", async () => {
  const { on, clio, run } = await installed();
  clio.onCreate = async (url) => {
    await on.agent.post(new URL(url).pathname).set('x-hook-secret', 'not-the-same').send('');
  };
  await run();
  expect(clio.calls).toContain('activate secret-of-bill');
  expect(await secretOf(on, 'bill')).toBe('secret-of-bill');
});

test('renews before half of the 31 days are gone, not sooner', async () => {
  const { on, clio, run } = await installed();
  await run();
  await on.clock.advance(14 * DAY);
  await run();
  expect(clio.calls).not.toContain('renew');
  await on.clock.advance(1 * DAY);
  await run();
  expect(clio.calls.filter((call) => call === 'renew')).toHaveLength(4);
  expect((await on.store.subscriptions.get(FIRM, 'bill'))?.expiresAt).toBe(new Date(on.clock.now() + 30 * DAY).toISOString());
});

test("over forty days of the schedule's own rounds every webhook is renewed in time, and only then", async () => {
  const { on, clio, run } = await installed();
  const schedule = new Schedule({ store: on.store, clock: on.clock, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, keepAlive: () => Promise.resolve(), lookForGaps: () => Promise.resolve() });
  const shortest = { ms: Infinity };
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    await schedule.round();
    for (const mark of (await on.store.marks.owed(FIRM)).filter((each) => each.kind === 'subscriptions')) {
      await run();
      await on.store.marks.finish(mark, 1, new Date(on.clock.now()).toISOString());
    }
    shortest.ms = Math.min(shortest.ms, ...clio.hooks.map((hook) => Date.parse(hook.expiresAt) - on.clock.now()));
    await on.clock.advance(HOUR);
  }
  expect(clio.calls.filter((call) => call === 'renew')).toHaveLength(8);
  expect(clio.calls.filter((call) => call.startsWith('create'))).toHaveLength(4);
  expect(shortest.ms / DAY).toBeGreaterThan(14);
  expect(noticesFlow(await on.store.subscriptions.list(FIRM), on.clock.now())).toBe(true);
});

test('suspended and lost webhooks are made again at the same address; the old secret still counts', async () => {
  const { on, clio, run } = await installed();
  await run();
  const [bill] = clio.hooks;
  if (bill) bill.state = 'suspended';
  clio.hooks = clio.hooks.filter((hook) => hook.model !== 'task');
  clio.secret = (model) => `newer-${model}`;
  await run();
  expect(clio.calls.slice(4)).toEqual(['delete', 'create bill', 'create task']);
  expect((await on.store.activity.list(FIRM)).filter((line) => line.what === 'notices-lapsed').map((line) => line.text.slice(0, 60)).sort()).toEqual([
    'The announcement of changes (bill) was suspended by Clio. It', 'The announcement of changes (task) was no longer there. It i',
  ]);
  const record = await on.store.subscriptions.get(FIRM, 'bill');
  expect(clio.hooks.find((hook) => hook.model === 'bill')?.url).toContain(record?.token);
  expect([await secretOf(on, 'bill'), on.deps.sealer.open(record?.previousSecret ?? '', secretContext(FIRM, 'bill', 'previousSecret'))]).toEqual(['newer-bill', 'secret-of-bill']);
});

test('a crash between asking Clio and keeping its answer leaves no second webhook', async () => {
  const { clio, run } = await installed();
  const create = clio.createWebhook;
  clio.createWebhook = async (request) => {
    await create(request);
    throw new Error('the power went out');
  };
  await expect(run()).rejects.toThrow('power');
  clio.createWebhook = create;
  await run();
  expect(clio.hooks.map((hook) => hook.model).sort()).toEqual(['bill', 'contact', 'matter', 'task']);
});

test('webhooks of others are left alone', async () => {
  const { clio, run } = await installed();
  clio.hooks.push({ clioId: '1', url: 'https://another-app.example/hook', model: 'bill', state: 'suspended', expiresAt: '2026-11-21T00:00:00Z' });
  await run();
  expect(clio.hooks.some((hook) => hook.clioId === '1')).toBe(true);
});
