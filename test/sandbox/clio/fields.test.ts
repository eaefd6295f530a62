import { parseFields } from '../../../src/sandbox/clio/fields.js';
import { ConnectedClio, many, one } from './connected-clio.js';
import { someNumber, someText, textWith } from './matchers.js';

let clio: ConnectedClio;
beforeAll(async () => { clio = await ConnectedClio.start(); });
afterAll(() => clio.sandbox.close());

test('without fields a record is id and etag, on reads and on writes', async () => {
  const [bill] = many(await clio.get('bills.json?limit=1')).data;
  expect(Object.keys(bill ?? {})).toEqual(['id', 'etag']);
  expect(bill?.['etag']).toMatch(/^"[0-9a-f]{32}"$/);
  const created = await clio.write('POST', 'contacts.json', { type: 'Company', name: 'Acme' });
  expect(created.status).toBe(201);
  expect(Object.keys(one(created))).toEqual(['id', 'etag']);
});

test('one nested level, braces literal or encoded; without braces the nested record shows its defaults', async () => {
  for (const fields of ['id,client{id,name}', encodeURIComponent('id,client{id,name}')]) {
    expect(many(await clio.get(`bills.json?limit=1&fields=${fields}`)).data[0]).toMatchObject({ client: { name: 'Northgate Fabrication Ltd.' } });
  }
  const bare = many(await clio.get('bills.json?limit=1&fields=id,client')).data[0];
  expect(bare?.['client']).toEqual({ id: someNumber, etag: someText });
});

test.each([['nonsense'], ['matters{client{id}}'], ['matters{client}'], ['client{nonsense}'], ['id{x}'], ['client{id']])('fields=%s fails the whole request', async (fields) => {
  const answer = await clio.get(`bills.json?fields=id,${fields}`);
  expect(answer).toMatchObject({ status: 400, body: { error: { type: 'InvalidFields', message: textWith('is not a valid field') } } });
});

test('the two associations that may stand inside braces', () => {
  expect(parseFields('custom_field_values{id,value,custom_field}', 'Contact').nested.get('custom_field_values')).toEqual(['id', 'value', 'custom_field']);
  expect(parseFields('matter_bill_recipients{recipient}', 'Matter').nested.get('matter_bill_recipients')).toEqual(['recipient']);
});

test('fields of a feature the account lacks are refused, or silently absent, as the switch says', async () => {
  expect((await clio.get('line_items.json?limit=1&fields=id,tax_settings{name}')).status).toBe(400);
  clio.sandbox.switches.gatedFields = 'absent';
  expect(many(await clio.get('line_items.json?limit=1&fields=id,tax_settings{name}')).data[0]).toEqual({ id: someNumber });
  Object.assign(clio.sandbox.switches, { gatedFields: 'refused', multiTax: true });
  expect(many(await clio.get('line_items.json?limit=1&fields=id,tax_settings{name,formatted_rate,amount}')).data[0]).toMatchObject({ tax_settings: [{ name: 'State Sales Tax', formatted_rate: '8.25%', amount: 92.4 }] });
});
