import { connect, invoice, tokenCall, type Connected } from './connected.js';

describe('limits, keys and failures', () => {
  let world: Connected;
  beforeEach(async () => {
    world = await connect();
  });
  afterEach(() => world.sandbox.close());

  it('counts 60 calls a minute over a rolling window', async () => {
    for (let call = 0; call < 60; call += 1) expect((await world.api('GET', '/Currencies')).status).toBe(200);
    const over = await world.api('GET', '/Currencies');
    expect([over.status, over.text, over.headers.get('x-rate-limit-problem'), over.headers.get('retry-after'), over.headers.get('x-minlimit-remaining')]).toEqual([429, '', 'minute', '60', '0']);
    await world.clock.advance(60_000);
    const next = await world.api('GET', '/Currencies');
    expect([next.status, next.headers.get('x-minlimit-remaining'), next.headers.get('x-daylimit-remaining')]).toEqual([200, '59', '4939']);
  });

  it('lets five calls run at once and parks the rest without Retry-After', async () => {
    world.sandbox.switches.latencyMs = 1_000;
    const running = Array.from({ length: 6 }, () => world.api('GET', '/Currencies'));
    const refused = await Promise.race(running);
    expect([refused.status, refused.headers.get('x-rate-limit-problem'), refused.headers.get('retry-after')]).toEqual([429, 'concurrent', null]);
    await world.clock.advance(1_000);
    expect((await Promise.all(running)).filter((each) => each.status === 200)).toHaveLength(5);
  });

  it('ends the day at the limit and says for how many hours', async () => {
    world.sandbox.control.setDayLimit(2);
    await world.api('GET', '/Currencies');
    await world.api('GET', '/Currencies');
    const over = await world.api('GET', '/Currencies');
    expect([over.status, over.headers.get('x-rate-limit-problem'), over.headers.get('x-daylimit-remaining')]).toEqual([429, 'day', '0']);
    const wait = Number(over.headers.get('retry-after'));
    expect(wait).toBeLessThanOrEqual(86_400);
    await world.clock.advance(wait * 1_000);
    const fresh = await tokenCall(world.sandbox, { grant_type: 'refresh_token', refresh_token: world.refreshToken });
    expect((await world.api('GET', '/Currencies', undefined, { authorization: `Bearer ${fresh.json.text('access_token')}` })).status).toBe(200);
  });

  it('replays the kept answer for six minutes and refuses the key for anything else', async () => {
    const key = { 'idempotency-key': 'k1' };
    const first = await world.api('PUT', '/Invoices', { Invoices: [invoice('K-1')] }, key);
    const again = await world.api('PUT', '/Invoices', { Invoices: [invoice('K-1')] }, key);
    expect(again.text).toBe(first.text);
    expect(Number(again.headers.get('x-minlimit-remaining'))).toBe(58);
    expect((await world.api('PUT', '/Invoices', { Invoices: [invoice('K-2')] }, key)).text).toContain('is used with a different request');
    expect((await world.api('POST', '/Invoices', { Invoices: [invoice('K-1')] }, key)).status).toBe(400);
    expect((await world.api('PUT', '/Invoices', { Invoices: [invoice('K-3')] }, { 'idempotency-key': 'x'.repeat(129) })).status).toBe(400);
    await world.clock.advance(6 * 60_000);
    expect((await world.api('PUT', '/Invoices', { Invoices: [invoice('K-1')] }, key)).text).toContain('Invoice # must be unique.');
  });

  it('keeps failures too, so that a lost answer is found by its number and not by its key', async () => {
    const key = { 'idempotency-key': 'k2' };
    world.sandbox.control.injectFault({ kind: 'status-500-after-commit', method: 'PUT' });
    const lost = await world.api('PUT', '/Invoices', { Invoices: [invoice('L-1')] }, key);
    expect(lost.status).toBe(500);
    expect((await world.api('PUT', '/Invoices', { Invoices: [invoice('L-1')] }, key)).status).toBe(500);
    const found = await world.api('GET', '/Invoices?InvoiceNumbers=L-1');
    expect(found.json.at('Invoices').length).toBe(1);
  });

  it('drops the connection before or after the work is done', async () => {
    world.sandbox.control.injectFault({ kind: 'drop-before', method: 'PUT' });
    world.sandbox.control.injectFault({ kind: 'drop-after-commit', method: 'PUT' });
    await expect(world.api('PUT', '/Invoices', { Invoices: [invoice('D-1')] })).rejects.toThrow();
    expect(world.sandbox.control.invoices().some((each) => each.number === 'D-1')).toBe(false);
    await expect(world.api('PUT', '/Invoices', { Invoices: [invoice('D-1')] })).rejects.toThrow();
    expect(world.sandbox.control.invoices().filter((each) => each.number === 'D-1')).toHaveLength(1);
  });

  it('asks for the scope, the organisation and JSON', async () => {
    expect((await world.api('PUT', '/Accounts', { Code: '999', Name: 'New', Type: 'EXPENSE' })).json.text('Detail')).toBe('AuthorizationUnsuccessful');
    expect((await world.api('GET', '/Organisation', undefined, { 'xero-tenant-id': '' })).status).toBe(403);
    expect((await world.api('GET', '/Organisation', undefined, { accept: '*/*' })).text).toMatch(/^<Response>/);
    expect((await world.api('GET', '/Nothing')).status).toBe(404);
    world.sandbox.control.disconnect('Harwood & Lisle LLP');
    expect((await world.api('GET', '/Organisation')).json.text('Title')).toBe('Forbidden');
  });

  it('filters, orders and pages lists', async () => {
    const batch = Array.from({ length: 5 }, (_, index) => invoice(`P-${index}`, 100 + index));
    await world.api('PUT', '/Invoices?summarizeErrors=false', { Invoices: batch });
    const get = (query: string) => world.api('GET', `/Invoices?${query}`);
    const where = async (text: string) => (await get(`where=${encodeURIComponent(text)}`)).json.list('Invoices').map((each) => each.text('InvoiceNumber'));
    expect(await where('InvoiceNumber.StartsWith("P-") AND AmountDue>=103')).toEqual(expect.arrayContaining(['P-3', 'P-4']));
    expect(await where('Date==DateTime(2026,11,02) && Contact.Name=="lake client" AND (InvoiceNumber=="P-1" OR InvoiceNumber=="P-2")')).toHaveLength(2);
    expect((await get(`where=${encodeURIComponent('Nonsense==1')}`)).json.at('ErrorNumber').value).toBe(16);
    const page = await get('searchTerm=P-&page=2&pageSize=2&order=InvoiceNumber%20DESC');
    expect(page.json.list('Invoices').map((each) => each.text('InvoiceNumber'))).toEqual(['P-2', 'P-1']);
    expect(page.json.at('pagination').value).toEqual({ page: 2, pageSize: 2, pageCount: 3, itemCount: 5 });
    expect((await get('page=9&searchTerm=P-')).json.at('Invoices').length).toBe(0);
    expect((await get('InvoiceNumbers=P-1')).json.at('Invoices', 0, 'LineItems').length).toBe(0);
    expect((await get('InvoiceNumbers=P-1&page=1')).json.at('Invoices', 0, 'LineItems').length).toBe(1);
  });
});
