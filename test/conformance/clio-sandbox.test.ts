import { startClioSandbox, type ClioSandbox } from '../../src/sandbox/clio/start.js';
import { VirtualClock } from '../virtual-clock.js';
import { checkExchanges } from './check-exchanges.js';
import { connectPlainly, type PlainClio } from './clio-client.js';
import { describeWithFiles } from './described.js';
import { EXCEPTIONS } from './exceptions.js';
import { at, isObject, listAt, textAt } from './json.js';
import { createRecorder } from './recorder.js';

const LISTS = [
  'users', 'bills', 'line_items', 'allocations', 'credit_memos', 'bank_accounts', 'bank_transactions', 'contacts', 'matters', 'activities', 'expense_categories',
  'activity_descriptions', 'practice_areas', 'currencies', 'interest_charges', 'outstanding_client_balances', 'tasks', 'custom_actions', 'webhooks',
];
/** Needed by name although the file does not call them required. */
const WANTED: Record<string, string> = { notes: '&type=Matter' };

/** The sandbox shows its observers `/api/v4` alone; faults are injected by other tests. */
const DRIVEN_ELSEWHERE = ['clio-oauth', 'clio-server-trouble'];

describeWithFiles('the Clio sandbox against Clio\'s own file', () => {
  const good = createRecorder();
  const refused = createRecorder();
  let observing = good;
  let sandbox: ClioSandbox;
  let clio: PlainClio;

  beforeAll(async () => {
    const clock = new VirtualClock();
    sandbox = await startClioSandbox({ clock, region: 'ca', switches: { rateLimit: null }, observe: (exchange) => observing.observe(exchange) });
    clio = await connectPlainly(sandbox);
  });
  beforeEach(() => (observing = good));
  afterAll(() => sandbox.close());

  const status = async (answer: Promise<{ status: number }>) => (await answer).status;
  const post = (path: string, data: object, query = '') => clio.http.post<unknown>(`${path}${query}`, { data });
  const patch = (path: string, data: object, headers = {}) => clio.http.patch<unknown>(path, { data }, { headers });

  test.each([...LISTS, ...Object.keys(WANTED)])('%s: every field of every record, one page after the other', async (name) => {
    const path = `/${name}.json`;
    const ordered = clio.operation('GET', path).parameters.some((parameter) => parameter.name === 'order') ? '&order=id(asc)' : '';
    let next = `${path}?fields=${clio.all(path)}&limit=25${ordered}${WANTED[name] ?? ''}`;
    for (let page = 0; page < 20 && next; page += 1) {
      const answer = await clio.http.get<unknown>(next);
      expect(`${name}: ${answer.status} ${textAt(answer.data, 'error', 'message')}`).toBe(`${name}: 200 `);
      next = textAt(answer.data, 'meta', 'paging', 'next');
    }
    expect(next).toBe('');
  });

  test('single records, with all they have', async () => {
    const shown: string[] = [];
    for (const name of LISTS.filter((each) => !['line_items', 'currencies', 'interest_charges', 'outstanding_client_balances', 'webhooks', 'custom_actions'].includes(each))) {
      const [id] = await clio.ids(`/${name}.json`);
      if (id === undefined) continue;
      const path = `/${name}/${id}.json`;
      expect(`${path} ${await status(clio.http.get(`${path}?fields=${clio.all(path)}`))}`).toBe(`${path} 200`);
      shown.push(name);
    }
    expect(shown).toEqual(expect.arrayContaining(['bills', 'allocations', 'contacts', 'matters', 'users']));
    expect(await status(clio.http.get(`/users/who_am_i.json?fields=${clio.all('/users/who_am_i.json')}`))).toBe(200);
    expect(await status(clio.http.get(`/settings/billing.json?fields=${clio.all('/settings/billing.json')}`))).toBe(200);
  });

  test('every value that a filter\'s enum lists is taken, and ids and timestamps too', async () => {
    const declined: string[] = [];
    for (const name of LISTS) {
      const { parameters } = clio.operation('GET', `/${name}.json`);
      for (const { name: filter, schema } of parameters.filter((each) => each.in === 'query' && !['custom_field_values', 'order'].includes(each.name))) {
        const values = filter.endsWith('_since') ? ['2026-01-01T00:00:00Z'] : filter === 'ids[]' ? ['1'] : listAt(schema, 'enum').map(String);
        for (const value of values) {
          const query = `/${name}.json?${filter}=${encodeURIComponent(value)}`;
          if ((await status(clio.http.get(query))) !== 200) declined.push(query);
        }
      }
    }
    expect(declined).toEqual([]);
  });

  test('without `fields` a record shows its id and etag alone', async () => {
    const { data } = await clio.http.get<unknown>('/bills.json?limit=1');
    expect(listAt(data, 'data').map((row) => (isObject(row) ? Object.keys(row).sort() : []))).toEqual([['etag', 'id']]);
  });

  test('what may be written is written, as the file spells it', async () => {
    const [user = 0] = await clio.ids('/users.json');
    const [matter = 0] = await clio.ids('/matters.json');
    const [bill = 0] = await clio.ids('/bills.json', '&state=awaiting_payment');
    const made = async (path: string, data: object): Promise<string> => {
      const answer = await post(path, data, `?fields=${clio.all(path)}`);
      expect(`${path} ${answer.status} ${textAt(answer.data, 'error', 'message')}`).toBe(`${path} 201 `);
      return `${path.replace('.json', '')}/${String(at(answer.data, 'data', 'id'))}.json`;
    };
    const contact = await made('/contacts.json', { type: 'Person', name: 'Ada Moor', first_name: 'Ada', last_name: 'Moor', email_addresses: [{ name: 'Work', address: 'ada@moor.example', default_email: true }], addresses: [{ name: 'Work', street: '1 Quay', city: 'Halifax' }] });
    const task = await made('/tasks.json', { name: 'Record payment', description: 'x', assignee: { id: user, type: 'User' }, matter: { id: matter }, due_at: '2026-12-01' });
    const expense = await made('/activities.json', { type: 'ExpenseEntry', date: '2026-11-02', price: 12.5, quantity: 2, matter: { id: matter }, note: 'Courier' });
    await made('/notes.json', { type: 'Matter', subject: 'Note', detail: 'Text', date: '2026-11-02', matter: { id: matter } });
    const action = await made('/custom_actions.json', { label: 'Sync', target_url: 'https://tieout.example/x', ui_reference: 'matters/show' });
    const hook = await made('/webhooks.json', { url: 'https://127.0.0.1:9/hook', model: 'bill', fields: 'id,etag,state', events: ['created', 'updated'] });
    await sandbox.control.settled();

    expect(await status(patch(contact, { last_name: 'Moore' }))).toBe(200);
    expect(await status(patch(task, { status: 'complete' }))).toBe(200);
    expect(await status(patch(expense, { note: 'Courier, again' }))).toBeLessThan(500);
    expect(await status(patch(action, { target_url: 'https://tieout.example/y' }))).toBe(200);
    expect(await status(patch(hook, { expires_at: '2026-12-10T00:00:00Z' }))).toBe(200);
    const { data } = await clio.http.get<unknown>(`/bills/${bill}.json?fields=id,etag`);
    expect(await status(patch(`/bills/${bill}.json?fields=id,etag,memo`, { memo: 'Seen' }, { 'if-match': textAt(data, 'data', 'etag') }))).toBe(200);
    const secret = textAt((await clio.http.get<unknown>(hook.replace('.json', '.json?fields=shared_secret'))).data, 'data', 'shared_secret');
    expect(await status(clio.http.put(hook.replace('.json', '/activate'), undefined, { headers: { 'x-hook-secret': secret } }))).toBe(200);
    for (const path of [action, hook]) expect(await status(clio.http.delete(path))).toBe(204);
  });

  test('an unchanged record is answered with 304, a launch is proved with its nonce', async () => {
    const [matter = 0] = await clio.ids('/matters.json');
    const first = await clio.http.get<unknown>(`/matters/${matter}.json?fields=id,etag`);
    expect(await status(clio.http.get(`/matters/${matter}.json`, { headers: { 'if-none-match': textAt(first.data, 'data', 'etag') } }))).toBe(304);
    const nonce = sandbox.control.mintNonce(sandbox.control.users()[0]?.id ?? 0, `/api/v4/matters/${matter}`);
    expect(await status(clio.http.get(`/matters/${matter}?custom_action_nonce=${nonce}`))).toBe(200);
    const again = sandbox.control.mintNonce(sandbox.control.users()[0]?.id ?? 0, `/api/v4/matters/${matter}`);
    expect(await status(clio.http.get(`/matters/${matter}.json?custom_action_nonce=${again}`))).toBe(200);
  });

  test('what the file does not have: Multi-Tax, kinds of credits, a button on bills', async () => {
    sandbox.switches.multiTax = true;
    expect(await status(clio.http.get('/tax_rate_configurations.json?fields=id,name,rate'))).toBe(200);
    expect(await status(clio.http.get('/line_items.json?fields=id,tax_settings{name,rate}'))).toBe(200);
    sandbox.switches.multiTax = false;
    expect(await status(clio.http.get('/allocations.json?kind=write_off'))).toBe(200);
    expect(await status(post('/custom_actions.json', { label: 'Sync', target_url: 'https://tieout.example/x', ui_reference: 'bills/show' }))).toBe(422);
  });

  test('refusals have the shape and the statuses that the file lists', async () => {
    const [matter = 0] = await clio.ids('/matters.json');
    observing = refused;
    const [bill = 0] = sandbox.control.bills().filter((each) => each.state === 'awaiting_payment').map((each) => each.id);
    sandbox.switches.patchPaid = 'refused';
    const answers: [number, () => Promise<{ status: number }>][] = [
      [401, () => clio.http.get('/bills.json', { headers: { authorization: 'Bearer nonsense' } })],
      [404, () => clio.http.get('/bills/999999999.json')],
      [400, () => clio.http.get('/bills.json?fields=id,grand_total')],
      [412, () => patch(`/bills/${bill}.json`, { memo: 'x' }, { 'if-match': '"old"' })],
      [422, () => patch(`/bills/${bill}.json`, { state: 'paid' })],
      [422, () => post('/webhooks.json', { url: 'https://x.example', model: 'CalendarEntry', fields: 'id' })],
      [410, () => clio.http.get('/bills.json', { headers: { 'x-api-version': '3.9' } })],
      [403, () => clio.http.get(`/matters/${matter}.json?custom_action_nonce=forged`)],
    ];
    for (const [expected, ask] of answers) expect(await status(ask())).toBe(expected);
    sandbox.switches.rateLimit = 0;
    expect(await status(clio.http.get('/bills.json'))).toBe(429);
    sandbox.switches.rateLimit = null;
  });

  test('none of all these exchanges departs from the file, but where an exception says so, and no exception is idle', () => {
    const [fine, wrong] = [checkExchanges(good.exchanges), checkExchanges(refused.exchanges, { requests: false })];
    expect(good.exchanges.length).toBeGreaterThan(150);
    expect([...fine.faults, ...wrong.faults]).toEqual([]);
    const used = new Set([...fine.excepted, ...wrong.excepted]);
    const unused = EXCEPTIONS.filter(({ id, vendor }) => vendor === 'clio' && !used.has(id) && !DRIVEN_ELSEWHERE.includes(id)).map(({ id }) => id);
    expect(unused).toEqual([]);
  });
});
