import { ConnectedClio } from './connected-clio.js';

let clio: ConnectedClio;
let cookie: string;
beforeEach(async () => {
  clio = await ConnectedClio.start();
  const signIn = await clio.send('/nc/sign_in', { method: 'POST', body: new URLSearchParams({ user_id: String(clio.userId(0)) }) });
  cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterEach(() => clio.sandbox.close());

const open = (path: string) => clio.send(path, { headers: { Cookie: cookie } });
const press = (path: string, form: Record<string, string> = {}) => clio.send(path, { method: 'POST', body: new URLSearchParams(form), headers: { Cookie: cookie } });

test('every page opens for a signed-in user and asks others to sign in', async () => {
  for (const path of ['/nc/home', '/nc/bills', '/nc/matters', '/nc/contacts', '/nc/tasks', '/nc/apps', '/nc/sandbox', '/app_integrations_callback']) {
    expect((await open(path)).status).toBe(200);
    expect((await clio.send(path, {})).headers.get('location')).toContain('/nc/sign_in');
  }
  for (const bill of clio.control.bills()) expect((await open(`/nc/bills/${bill.id}`)).status).toBe(200);
});

test('a biller approves, is paid in part, and voids the payment, all by forms', async () => {
  const draft = clio.control.bills().find((bill) => bill.state === 'draft')?.id ?? 0;
  await press(`/nc/bills/${draft}/approve`);
  await press(`/nc/bills/${draft}/payments`, { amount: '12.34', date: '2026-11-19', bank_account_id: String(clio.control.bankAccounts()[0]?.id), reference: 'CHQ 1' });
  expect(clio.control.bill(draft)).toMatchObject({ state: 'awaiting_payment', sums: { paid: 1_234 } });
  const [allocation] = clio.control.allocations(draft);
  await press(`/nc/bills/${draft}/allocations/${allocation?.id ?? 0}/void`);
  expect(clio.control.bill(draft).sums.paid).toBe(0);
  const refused = await press(`/nc/bills/${draft}/payments`, { amount: '999999' });
  expect(decodeURIComponent(refused.headers.get('location') ?? '')).toContain('Amount exceeds the balance');
});

test('names with markup are shown, not run', async () => {
  const shown = String((await open('/nc/contacts')).body);
  expect(shown).toContain('Pike &lt;Marine&gt; &amp; Co; &quot;Salvage&quot;');
  expect(shown).not.toContain('<Marine>');
});

test('the App Directory shows what is installed, and revokes it', async () => {
  expect((await open('/nc/apps')).body).toContain('Revoke access');
  await press('/nc/apps/key/revoke');
  expect((await open('/nc/apps')).body).toContain('Add to Clio');
  expect((await clio.get('users/who_am_i.json')).status).toBe(401);
});
