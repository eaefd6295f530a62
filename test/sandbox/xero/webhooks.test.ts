import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { app, connect, invoice, Shape, type Connected } from './connected.js';

const key = 'wh-test-key';
const quarterHour = 15 * 60_000;

interface Received {
  body: string;
  rightlySigned: boolean;
}

describe('webhooks', () => {
  let world: Connected;
  let server: Server;
  let received: Received[];
  let answer: (each: Received) => number;

  beforeEach(async () => {
    received = [];
    answer = (each) => (each.rightlySigned ? 200 : 401);
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const each = { body, rightlySigned: request.headers['x-xero-signature'] === createHmac('sha256', key).update(body).digest('base64') };
        received.push(each);
        response.statusCode = answer(each);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    world = await connect();
    world.sandbox.control.setWebhook(app.clientId, { url: `http://127.0.0.1:${port}/webhooks/xero`, key, categories: ['INVOICE', 'CONTACT', 'CREDITNOTE'] });
  });
  afterEach(async () => {
    await world.sandbox.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const events = (): Shape[] => received.filter((each) => each.rightlySigned).flatMap(({ body }) => new Shape(JSON.parse(body)).list('events'));
  const kinds = (): string[] => events().map((each) => `${each.text('eventCategory')} ${each.text('eventType')}`);

  it('proves the receiver with right and wrong signatures first', async () => {
    expect(await world.sandbox.control.runIntentToReceive()).toMatchObject({ ok: true });
    expect(received.map((each) => each.rightlySigned)).toEqual([false, true, false, true]);
    answer = () => 200;
    expect(await world.sandbox.control.runIntentToReceive()).toMatchObject({ ok: false });
    world.sandbox.control.createInvoice('Harwood & Lisle LLP', { ...invoice('W-0') });
    await world.sandbox.control.settled();
    expect(events()).toHaveLength(0);
  });

  it('comes to rest when it is closed with something still to tell', async () => {
    await world.sandbox.control.runIntentToReceive();
    answer = () => 500;
    world.sandbox.control.createInvoice('Harwood & Lisle LLP', { ...invoice('W-0') });
    await world.sandbox.control.settled();
    expect(received.at(-1)).toMatchObject({ rightlySigned: true });
    await world.sandbox.close();
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(process.getActiveResourcesInfo()).not.toContain('Immediate');
  });

  it('tells of own writes and of what people do, in bodies a serialiser would not write', async () => {
    await world.sandbox.control.runIntentToReceive();
    const made = await world.api('PUT', '/Invoices', { Invoices: [invoice('W-1')] });
    await world.sandbox.control.settled();
    expect(kinds()).toEqual(['CONTACT CREATE', 'INVOICE CREATE']);
    const { body } = received.at(-1) ?? { body: '' };
    expect(JSON.stringify(JSON.parse(body))).not.toBe(body);
    expect(events()[1]?.value).toMatchObject({ resourceId: made.json.text('Invoices', 0, 'InvoiceID'), tenantId: world.tenantId, tenantType: 'ORGANISATION', eventDateUtc: '2026-11-20T09:00:00.000' });
    world.sandbox.control.recordPayment({ invoiceId: made.json.text('Invoices', 0, 'InvoiceID'), amount: 4_000 });
    await world.sandbox.control.settled();
    expect(kinds().at(-1)).toBe('INVOICE UPDATE');
    world.sandbox.switches.settlementEvents = 'none';
    world.sandbox.control.recordPayment({ invoiceId: made.json.text('Invoices', 0, 'InvoiceID') });
    await world.sandbox.control.settled();
    expect(kinds()).toHaveLength(3);
  });

  it('tries again at once, then each quarter hour, gives up after a day, and catches up in order', async () => {
    await world.sandbox.control.runIntentToReceive();
    answer = () => 500;
    await world.api('PUT', '/Invoices', { Invoices: [invoice('W-2')] });
    await world.sandbox.control.settled();
    expect(world.sandbox.control.deliveries().at(-1)?.attempts).toHaveLength(2);
    await world.clock.advance(quarterHour);
    await world.sandbox.control.settled();
    expect(world.sandbox.control.deliveries().at(-1)?.attempts).toHaveLength(3);
    for (let quarter = 0; quarter < 97; quarter += 1) {
      await world.clock.advance(quarterHour);
      await world.sandbox.control.settled();
    }
    expect(world.sandbox.control.deliveries().at(-1)?.attempts).toHaveLength(98);
    await world.api('PUT', '/Invoices', { Invoices: [invoice('W-3')] }).catch(() => undefined);
    world.sandbox.control.createInvoice('Harwood & Lisle LLP', { ...invoice('W-4') });
    answer = (each) => (each.rightlySigned ? 200 : 401);
    received = [];
    await world.sandbox.control.runIntentToReceive();
    await world.sandbox.control.settled();
    expect(kinds()).toEqual(['CONTACT CREATE', 'INVOICE CREATE', 'INVOICE CREATE']);
  });

  it('redelivers a body as it was', async () => {
    await world.sandbox.control.runIntentToReceive();
    await world.api('PUT', '/Invoices', { Invoices: [invoice('W-5')] });
    await world.sandbox.control.settled();
    const delivery = world.sandbox.control.deliveries().at(-1);
    await world.sandbox.control.redeliver(delivery?.id ?? '');
    expect(received.at(-1)?.body).toBe(received.at(-2)?.body);
    expect(delivery?.attempts).toHaveLength(2);
  });
});
