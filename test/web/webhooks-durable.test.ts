import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretContext } from '../../src/connections/subscription-url.js';
import { openDatabase } from '../../src/store/sqlite-driver.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { stage } from './stage.js';

const FIRM = 'us:100234';
const TOKEN = 'tokenAtokenBtokenCtokenDtokenEtokenF';
const SECRET = 'Zy0uQ2m3-shared-secret';
const NOTICES = 60;

/** Undoes the whole transaction in the middle of which the file grows beyond this: what a full disk or a crash before the commit leaves behind. */
const FULL_AT_20 = "CREATE TRIGGER full BEFORE INSERT ON deliveries WHEN (SELECT count(*) FROM deliveries) >= 20 BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END";

test('of many notices at once none is answered with 200 unless the commit it shares with others stands; sent again, all are kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-webhooks-'));
  const path = join(folder, 'tieout.sqlite');
  const on = await stage({ store: await openSqliteStore(path) });
  const { store } = on.deps;
  const disk = await openDatabase(path);
  try {
    const secret = on.deps.sealer.seal(SECRET, secretContext(FIRM, 'bill', 'secret'));
    await store.subscriptions.insert({ firm: FIRM, id: 'bill', model: 'bill', token: TOKEN, clioWebhookId: '1', secret, previousSecret: null, state: 'enabled', expiresAt: null, lastDeliveryAt: new Date(on.clock.now()).toISOString() });
    const sendAll = () =>
      Promise.all(
        Array.from({ length: NOTICES }, async (_each, index) => {
          const body = `{"data": {"id": ${1_000 + index}}, "meta": {"event": "updated", "webhook_id": 1}}`;
          const signature = createHmac('sha256', SECRET).update(body).digest('hex');
          const { status } = await on.agent.post(`/webhooks/clio/${TOKEN}`).set('content-type', 'application/json').set('x-hook-signature', signature).send(body);
          return { mark: `${FIRM} bill:${1_000 + index}`, status };
        }),
      );
    const kept = async () => (await store.deliveries.list(FIRM, { limit: 1_000 })).flatMap(({ marks }) => marks).sort();

    disk.exec(FULL_AT_20);
    const answers = await sendAll();
    const thanked = answers.filter(({ status }) => status === 200).map(({ mark }) => mark).sort();
    expect(thanked.length).toBeLessThanOrEqual(20);
    expect(answers.filter(({ status }) => status !== 200).map(({ status }) => status)).toEqual(Array<number>(NOTICES - thanked.length).fill(503));
    expect(await kept()).toEqual(thanked);
    expect((await store.marks.owed(FIRM)).map((mark) => `${FIRM} bill:${mark.id}`)).toEqual(expect.arrayContaining(thanked));

    disk.exec('DROP TRIGGER full');
    expect((await sendAll()).map(({ status }) => status)).toEqual(Array<number>(NOTICES).fill(200));
    expect(await kept()).toHaveLength(NOTICES);
    expect(await store.marks.countOwed(FIRM)).toBe(NOTICES);
  } finally {
    disk.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
});
