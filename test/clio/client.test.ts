import { clientOf, failureOf, startStub, type Answer, type Asked } from './stub.js';

let stub: Awaited<ReturnType<typeof startStub>>;
let answer: (asked: Asked, count: number) => Answer | 'drop';

beforeEach(async () => {
  stub = await startStub((asked, count) => answer(asked, count));
});
afterEach(() => stub.close());

const setting = { currency: 'CAD', multi_currency_billing: false };
const page = (ids: number[], next?: string): Answer => ({ body: { data: ids.map((id) => ({ id })), meta: { paging: { next } } } });

describe('paging', () => {
  test('follows the cursor to the end, each record once, from Clio’s own time before the first page', async () => {
    answer = ({ query }) => {
      if (query.has('state')) return page([]);
      const next = query.has('page_token') ? undefined : `${stub.url}/api/v4/bills.json?page_token=x&fields=id`;
      return { ...page(query.has('page_token') ? [2, 3] : [1, 2], next), headers: { date: 'Fri, 20 Nov 2026 08:59:30 GMT' } };
    };
    const { clio } = clientOf(stub.url);
    expect(await clio.billIdsChangedSince('2026-11-01T00:00:00.000Z')).toEqual({ ids: ['1', '2', '3'], asOf: '2026-11-20T08:59:30.000Z' });
    expect(stub.asked[0]?.query.get('order')).toBe('id(asc)');
    expect(stub.asked[0]?.query.get('updated_since')).toBe('2026-11-01T00:00:00.000Z');
  });

  test.each(['https://evil.example/api/v4/bills.json', 'http://127.0.0.1:1/api/v4/bills.json', '/oauth/token'])('refuses %s as the next page, so no token goes there', async (next) => {
    answer = () => page([1], next);
    expect(await failureOf(clientOf(stub.url).clio.allBillIds())).toMatchObject({ kind: 'rejected' });
    expect(stub.asked).toHaveLength(1);
  });

  test('ends where Clio’s pages go round in a circle', async () => {
    answer = () => page([1], `${stub.url}/api/v4/bills.json?page_token=same`);
    expect(await failureOf(clientOf(stub.url).clio.allBillIds())).toMatchObject({ kind: 'unavailable' });
  });

  test('asks for void and deleted bills by name, as they may leave the plain list', async () => {
    answer = ({ query }) => page(query.get('state') === 'void' ? [7] : query.get('state') === 'deleted' ? [8] : [1]);
    expect(await clientOf(stub.url).clio.allBillIds()).toEqual(['1', '7', '8']);
  });
});

describe('fields', () => {
  test('a refused name is left out from then on, and only what depends on features is', async () => {
    answer = ({ path, query }) => {
      if (path.endsWith('settings/billing.json')) return { body: { data: setting } };
      if (path !== '/api/v4/bills.json') return { status: 404 };
      if (query.get('fields')?.includes('split_invoice')) return { status: 400, body: { error: { type: 'InvalidFields', message: 'split_invoice is not a valid field' } } };
      return page([]);
    };
    const { clio } = clientOf(stub.url);
    await clio.bills(['1']);
    await clio.bills(['2']);
    const asked = stub.asked.filter(({ path }) => path === '/api/v4/bills.json').map(({ query }) => query.get('fields') ?? '');
    const names = ['billing_setting', 'split_invoice', 'legal_aid_uk_bill'];
    // What the fewest accounts have goes first, until Clio takes the rest; the second question starts from there.
    expect(asked.map((fields) => names.filter((name) => fields.includes(name)))).toEqual([names, ['billing_setting', 'split_invoice'], ['billing_setting'], ['billing_setting']]);
  });

  test('a 400 that is not about fields is told', async () => {
    answer = () => ({ status: 400, body: { error: { type: 'ArgumentError', message: 'no' } } });
    expect(await failureOf(clientOf(stub.url).clio.bills(['1']))).toMatchObject({ kind: 'rejected', status: 400, details: ['ArgumentError', 'no'] });
  });
});

describe('filters', () => {
  test('rows of another bill are never taken for the asked one’s', async () => {
    answer = ({ path }) => (path.includes('allocations') ? { body: { data: [{ id: 1, date: '2026-01-01', amount: 1, bill: { id: 99 } }] } } : page([]));
    expect(await failureOf(clientOf(stub.url).clio.allocationsOf(['5']))).toMatchObject({ kind: 'unavailable' });
  });

  test('records that were not asked for are refused', async () => {
    answer = () => ({ body: { data: [{ id: 1, name: 'A' }, { id: 2, name: 'B' }] } });
    expect(await failureOf(clientOf(stub.url).clio.clients(['1']))).toMatchObject({ kind: 'unavailable' });
  });

  test('many ids go in chunks of fifty, braces and brackets as written', async () => {
    answer = ({ query }) => ({ body: { data: query.getAll('ids[]').map((id) => ({ id: Number(id) })) } });
    const ids = Array.from({ length: 120 }, (_, n) => String(n + 1));
    expect((await clientOf(stub.url).clio.clients(ids)).map(({ clioId }) => clioId)).toEqual(ids);
    expect(stub.asked.map(({ query }) => query.getAll('ids[]').length)).toEqual([50, 50, 20]);
  });
});

describe('tokens', () => {
  test('calls refused at the same time share one refresh and are made again', async () => {
    answer = ({ headers, path }) => {
      if (headers['authorization'] !== 'Bearer second') return { status: 401 };
      return path.includes('billing') ? { body: { data: setting } } : { body: { data: [] } };
    };
    const { clio, refreshes } = clientOf(stub.url);
    expect(await clio.allocationsOf(['1', '2', '3', '4'])).toEqual([]);
    expect(refreshes()).toBe(1);
  });

  test('a token refused after the refresh too is final', async () => {
    answer = () => ({ status: 401 });
    expect(await failureOf(clientOf(stub.url).clio.whoAmI())).toMatchObject({ kind: 'unauthorized' });
    expect(stub.asked).toHaveLength(2);
  });

  test('a refresh that fails for now is tried again by the next call', async () => {
    answer = ({ headers }) => (headers['authorization'] === 'Bearer second' ? { body: { data: [] } } : { status: 401 });
    let tries = 0;
    const { clio } = clientOf(stub.url, { onUnauthorized: () => (++tries === 1 ? Promise.reject(new Error('down')) : Promise.resolve('second')) });
    await expect(clio.bankAccounts()).rejects.toThrow('down');
    expect(await clio.bankAccounts()).toEqual([]);
  });
});

describe('limits', () => {
  test.each([['seconds', '30'], ['an HTTP date', 'Fri, 20 Nov 2026 09:00:30 GMT']])('waits as long as %s say, then repeats even a write', async (_, header) => {
    answer = (__, count) => (count === 1 ? { status: 429, headers: { 'retry-after': header } } : { status: 204 });
    const { clio, clock } = clientOf(stub.url);
    let done = false;
    const deleting = clio.deleteWebhook('1').then(() => (done = true));
    await clock.advance(0);
    while (stub.asked.length === 0) await clock.advance(0);
    await clock.advance(29_000);
    expect([stub.asked.length, done]).toEqual([1, false]);
    for (let turn = 0; turn < 200 && stub.asked.length < 2; turn += 1) await clock.advance(100);
    await deleting;
    expect(stub.asked).toHaveLength(2);
  });

  test('a long wait is handed back to the caller', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await failureOf(clientOf(stub.url).clio.bankAccounts())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
    expect(stub.asked).toHaveLength(1);
  });
});

test('every call pins the version', async () => {
  answer = () => ({ body: { data: [] } });
  await clientOf(stub.url).clio.bankAccounts();
  expect(stub.asked[0]?.headers).toMatchObject({ 'x-api-version': '4.0.13', authorization: 'Bearer first' });
});

describe('an answer that cannot be read', () => {
  test('is unavailable for a read, and quotes no values', async () => {
    answer = () => ({ body: { data: [{ id: 'canary' }] } });
    const error = await failureOf(clientOf(stub.url).clio.bankAccounts());
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(JSON.stringify(error)).not.toContain('canary');
  });

  test('is ambiguous for a write', async () => {
    answer = ({ method }) => ({ status: method === 'POST' ? 201 : 200, body: method === 'POST' ? '<html>' : { data: [] } });
    expect(await failureOf(clientOf(stub.url).clio.ensureTask({ name: 'n', description: 'd', marker: 'm', assigneeId: '1', matterId: null, dueOn: '2026-12-01' }))).toMatchObject({ kind: 'ambiguous' });
  });
});

describe('marking a bill paid', () => {
  test('sends the version as it was given and believes only what is read back', async () => {
    answer = ({ method }) => ({ body: { data: { id: 5, state: method === 'PATCH' ? 'paid' : 'awaiting_payment', balance: 12.5, currency: { code: 'CAD' } } } });
    expect(await clientOf(stub.url).clio.markBillPaid('5', '"a1"')).toEqual({ state: 'awaiting_payment', balance: 1_250 });
    expect(stub.asked.map(({ method, headers, body }) => [method, headers['if-match'], body])).toEqual([['PATCH', '"a1"', '{"data":{"state":"paid"}}'], ['GET', undefined, '']]);
  });

  test.each([[412, 'conflict'], [422, 'rejected'], [403, 'forbidden'], [500, 'ambiguous']])('%i is %s', async (status, kind) => {
    answer = () => ({ status });
    expect(await failureOf(clientOf(stub.url).clio.markBillPaid('5', '"a1"'))).toMatchObject({ kind });
  });

  test('is not sent by who may not write any more when its turn comes', async () => {
    answer = () => ({ body: { data: { id: 5, state: 'paid', balance: 0, currency: { code: 'CAD' } } } });
    expect(await failureOf(clientOf(stub.url, { mayWrite: () => false }).clio.markBillPaid('5', '"a1"'))).toMatchObject({ kind: 'unavailable', status: null });
    expect(stub.asked).toEqual([]);
  });

  test('is ambiguous when it cannot be read back', async () => {
    answer = ({ method }) => (method === 'GET' ? 'drop' : { body: { data: { id: 5, state: 'paid', balance: 0, currency: { code: 'CAD' } } } });
    expect(await failureOf(clientOf(stub.url).clio.markBillPaid('5', '"a1"'))).toMatchObject({ kind: 'ambiguous' });
  });
});

test('credits are told apart only where the filter means something', async () => {
  const credit = { id: 7, date: '2026-01-01', amount: 1, bill: { id: 5 }, parent: { id: 70, type: 'CreditMemo' } };
  answer = ({ path }) => {
    if (path.includes('settings')) return { body: { data: setting } };
    return { body: { data: path.includes('credit_memos') ? [{ id: 70, discount: true }] : [credit] } };
  };
  expect(await clientOf(stub.url).clio.allocationsOf(['5'])).toMatchObject([{ clioId: '7', kind: 'credit', creditKind: null, asDiscount: true }]);
});

test('a launch is proved by its record alone', async () => {
  answer = ({ path }) => (path.endsWith('/5') ? { body: { data: { id: 5 } } } : { status: 403 });
  const { clio } = clientOf(stub.url);
  expect(await clio.verifyLaunch({ kind: 'matters', clioId: '5' }, 'n&x')).toBe(true);
  expect(stub.asked[0]?.query.get('custom_action_nonce')).toBe('n&x');
  expect(await clio.verifyLaunch({ kind: 'matters', clioId: '6' }, 'n')).toBe(false);
  expect(await clio.verifyLaunch({ kind: 'matters', clioId: '5/../6' }, 'n')).toBe(false);
  expect(await clio.verifyLaunch({ kind: 'matters', clioId: '5' }, '')).toBe(false);
  expect(stub.asked).toHaveLength(2);
  answer = () => ({ status: 503 });
  expect(await failureOf(clio.verifyLaunch({ kind: 'matters', clioId: '5' }, 'n'))).toMatchObject({ kind: 'unavailable' });
});
