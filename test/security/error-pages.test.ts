import { ServiceError } from '../../src/http/service-error.js';
import { FIRM } from '../web/sample-firm.js';
import { signedIn, stage, type Stage } from '../web/stage.js';

const CANARY = 'CANARY-narrative-of-a-privileged-talk';

/** A page whose database fails in this way. */
async function failing(error: Error): Promise<{ on: Stage; text: string; status: number }> {
  const on = await stage();
  const cookie = (await signedIn(on)).cookie('tieout') ?? '';
  Object.defineProperty(on.store.connections, 'list', { value: () => Promise.reject(error) });
  const reply = await on.agent.get('/bills').set('cookie', `tieout=${cookie}`);
  return { on, text: reply.text, status: reply.status };
}

test('what breaks inside is told by a reference, which the log has too, and by nothing else', async () => {
  const { on, text, status } = await failing(Object.assign(new Error('the disk is full'), { row: { narrative: CANARY } }));
  const reference = /Reference <code>([0-9a-f]{10})<\/code>/.exec(text)?.[1];
  expect([status, reference === undefined]).toEqual([500, false]);
  expect(text).not.toMatch(/the disk is full|node_modules|\.ts|\.js:\d|Error:/);
  const line = on.logged.find((each) => each.message === 'a page failed');
  expect(line?.fields).toMatchObject({ reference, detail: 'Error: the disk is full' });
  expect(JSON.stringify(on.logged) + text).not.toContain(CANARY);
});

test("a vendor's own words stay out of pages and log", async () => {
  const { on, text, status } = await failing(new ServiceError({ service: 'xero', kind: 'unavailable', message: 'xero answered 503 to GET /connections', details: [CANARY] }));
  expect([status, text.includes('Xero did not answer')]).toEqual([502, true]);
  expect(JSON.stringify(on.logged) + text).not.toContain(CANARY);
});

test('whoever asks for nonsense gets a page that says what to do, without a stack', async () => {
  const on = await stage();
  const browser = await signedIn(on);
  for (const path of ['/%zz', '/bills/1%2F..', '/bills/__proto__', '/oauth/clio/start?region=mars', '/oauth/clio/callback?state[]=1', '/nowhere', '/inbox/constructor/answer']) {
    const reply = await browser.get(path);
    expect([path, reply.status >= 400 && reply.status < 500, /<h1>[^<]+<\/h1>/.test(reply.text)]).toEqual([path, true, true]);
    expect(reply.text).not.toMatch(/node_modules|at \w+ \(|Error:/);
  }
  expect(await on.store.links.count(FIRM)).toBe(0);
});
