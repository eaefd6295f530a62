import { call, connect, type Connected } from './connected.js';

describe('what a bookkeeper sees in a browser', () => {
  let world: Connected;
  let at: string;
  let invoiceId: string;
  beforeAll(async () => {
    world = await connect();
    at = `${world.sandbox.url}/app/!hL7x2`;
    invoiceId = world.sandbox.control.invoices('Harwood & Lisle LLP').find((each) => each.number === '1007')?.id ?? '';
  });
  afterAll(() => world.sandbox.close());

  const get = (url: string) => call(url, 'GET', {});
  const submit = (url: string, form: Record<string, string> = {}) => call(url, 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(form).toString());
  const state = () => world.sandbox.control.invoices().find((each) => each.id === invoiceId);

  it('shows every page of an organisation without asking anybody else', async () => {
    for (const path of ['invoicing', `invoicing/view/${invoiceId}`, 'contacts', 'bank', 'accounts', 'lock-dates', 'connected-apps']) {
      const shown = await get(`${at}/${path}`);
      expect([path, shown.status, shown.text.includes('Harwood &amp; Lisle LLP'), /(src|href)="https?:/.test(shown.text)]).toEqual([path, 200, true, false]);
    }
    for (const path of ['/', '/sandbox', '/portal']) expect((await get(`${world.sandbox.url}${path}`)).status).toBe(200);
    expect((await get(`${at}/invoicing/view/nothing`)).status).toBe(404);
  });

  it('takes, removes and refuses payments, and voids', async () => {
    const page = `${at}/invoicing/view/${invoiceId}`;
    const account = world.sandbox.control.accounts('!hL7x2').find((each) => each.code === '090')?.id ?? '';
    const paid = await submit(`${page}/payments`, { amount: '1,850.00', date: '2026-11-19', account, reference: 'Cheque 12' });
    expect([paid.status, paid.text.includes('Payment amount exceeds')]).toEqual([422, true]);
    expect((await submit(`${page}/payments`, { amount: '850.00', date: '2026-11-19', account, reference: 'Cheque 12' })).status).toBe(303);
    expect(state()?.status).toBe('PAID');
    expect((await submit(`${page}/void`)).status).toBe(422);
    const payment = /payments\/([^/]+)\/remove/.exec((await get(page)).text)?.[1] ?? '';
    await submit(`${page}/payments/${payment}/remove`);
    expect(state()).toMatchObject({ status: 'AUTHORISED', amountDue: 85_000 });
    await submit(`${page}/edit`, { reference: 'Matter 7', dueDate: '2026-12-24' });
    expect(state()).toMatchObject({ reference: 'Matter 7', dueDate: '2026-12-24', total: 85_000 });
    await submit(`${page}/void`);
    expect(state()?.status).toBe('VOIDED');
  });

  it('takes one permission away from an app, and no other', async () => {
    const app = /apps\/([^/]+)\/take-scope/.exec((await get(`${world.sandbox.url}/sandbox`)).text)?.[1] ?? '';
    await submit(`${world.sandbox.url}/sandbox/apps/${app}/take-scope`, { scope: 'accounting.contacts' });
    expect([(await world.api('GET', '/Contacts')).status, (await world.api('GET', '/Accounts')).status]).toEqual([401, 200]);
    expect((await get(`${world.sandbox.url}/sandbox`)).text).not.toContain('accounting.contacts');
  });

  it('sets lock dates and disconnects apps', async () => {
    await submit(`${at}/lock-dates`, { period: '2026-10-31', endOfYear: '' });
    expect((await world.api('GET', '/Organisation')).json.text('Organisations', 0, 'PeriodLockDate')).toBe('/Date(1793404800000+0000)/');
    await submit(`${at}/connected-apps/disconnect`);
    expect((await world.api('GET', '/Organisation')).status).toBe(403);
  });
});
