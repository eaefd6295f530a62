import { ConnectedClio, many } from './connected-clio.js';

let clio: ConnectedClio;
beforeEach(async () => { clio = await ConnectedClio.start(); });
afterEach(() => clio.sandbox.close());

async function allIds(path: string, between: () => void = () => undefined): Promise<number[]> {
  const ids: number[] = [];
  let next: string | undefined = `/api/v4/${path}`;
  for (let page = 0; next !== undefined && page < 50; page += 1) {
    const { data, meta } = many(await clio.get(next));
    ids.push(...data.map((row) => Number(row['id'])));
    next = meta.paging.next;
    if (next !== undefined) expect(new URL(next).origin).toBe(new URL(clio.sandbox.url).origin);
    between();
  }
  return ids;
}

test('following next reads every record once, though others are made meanwhile', async () => {
  const before = clio.control.bills().filter((bill) => bill.state !== 'deleted').map((bill) => bill.id);
  const client = clio.control.contacts()[0]?.id ?? 0;
  const matter = clio.control.matters()[0]?.id ?? 0;
  let made = 0;
  const ids = await allIds('bills.json?limit=7&order=id(asc)&fields=id,number', () => {
    if (made < 3) clio.control.createBill({ clientId: client, matterIds: [matter], lines: [{ price: 10 }] });
    made += 1;
  });
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(ids).toEqual(expect.arrayContaining(before));
  expect(ids).toHaveLength(before.length + 3);
});

test('allocations come by date unless asked otherwise, and page by offset then', async () => {
  const dates = many(await clio.get('allocations.json?fields=id,date')).data.map((row) => String(row['date']));
  expect(dates).toEqual([...dates].sort());
  const ids = await allIds('allocations.json?limit=3&fields=id');
  expect(new Set(ids).size).toBe(clio.control.allocations().length);
});

test('limits: the default holds all, above the maximum is capped or refused, nonsense is refused', async () => {
  expect(many(await clio.get('line_items.json?limit=5000')).data.length).toBeLessThanOrEqual(200);
  clio.sandbox.switches.limitAboveMaximum = 'refused';
  expect((await clio.get('bills.json?limit=201')).status).toBe(400);
  expect((await clio.get('users.json?limit=2000')).status).toBe(200);
  expect((await clio.get('bills.json?limit=0')).status).toBe(400);
});

test('previous leads back to the page before', async () => {
  const first = many(await clio.get('bills.json?limit=5'));
  const second = many(await clio.get(first.meta.paging.next ?? ''));
  const back = many(await clio.get(second.meta.paging.previous ?? ''));
  expect(back.data).toEqual(first.data);
  expect(back.meta.paging.previous).toBeUndefined();
});

test('filters keep what they say; unknown parameters are ignored; enums outside their values are refused', async () => {
  const drafts = many(await clio.get('bills.json?state=draft&fields=id,state')).data;
  expect(drafts).toHaveLength(2);
  expect(new Set(drafts.map((row) => row['state']))).toEqual(new Set(['draft']));
  const everything = many(await clio.get('bills.json')).meta.records;
  expect(many(await clio.get('bills.json?matter=1')).meta.records).toBe(everything);
  expect((await clio.get('bills.json?state=open')).status).toBe(400);
  expect(many(await clio.get('bills.json?type=trust')).data).toHaveLength(1);
  expect(many(await clio.get('bills.json?state=deleted')).data).toHaveLength(1);
  const [a, b] = drafts.map((row) => Number(row['id']));
  expect(many(await clio.get(`bills.json?ids[]=${a ?? 0}&ids[]=${b ?? 0}`)).data).toHaveLength(2);
});

test('updated_since finds what changed since, and only that', async () => {
  await clio.clock.advance(60_000);
  const since = new Date(clio.clock.now()).toISOString();
  const bill = clio.control.billByNumber('2001');
  clio.control.recordPayment({ billIds: [bill?.id ?? 0], amount: 1 });
  expect(many(await clio.get(`bills.json?updated_since=${since}`)).data.map((row) => row['id'])).toEqual([bill?.id]);
  expect((await clio.get('bills.json?updated_since=yesterday')).status).toBe(400);
});
