import { createHash } from 'node:crypto';
import { compare, doubledPayments } from '../../src/demo/compare.js';
import type { World } from '../../src/demo/world.js';
import type { Store } from '../../src/store/store.js';

/**
 * What is wrong at the end, in words; empty when all is well. Looks at both vendors' own books and at the store. `mustAgree`: bills whose
 * lives ask nothing of a person; all others agree, or Tieout says why not.
 */
export async function verdict(world: World, store: Store, firm: string, mustAgree: number[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const bill of world.clio.control.bills()) {
    const billId = bill.id;
    const live = world.xero.control.invoices().filter((each) => each.url === `${world.appUrl}/bills/${billId}` && each.status !== 'VOIDED' && each.status !== 'DELETED');
    const link = await store.links.get(firm, `bill:${billId}:main`);
    const said = `${link?.status ?? 'unknown to Tieout'} ${link?.reason ?? ''} ${JSON.stringify(link?.facts ?? {})}`;
    const differences = bill.state === 'void' || bill.state === 'deleted' || bill.state === 'draft' ? live.map((each) => `invoice ${each.number} lives`) : compare(world, billId).differences;
    const explained = !mustAgree.includes(billId) && link !== undefined && link.reason !== null;
    if (differences.length > 0 && !explained) wrong.push(`bill ${bill.number} (${billId}, ${bill.state}): ${differences.join(', ')}; Tieout says ${said}`);
    else if (link?.status === 'needs-you' && !explained) wrong.push(`bill ${bill.number} (${billId}) agrees, but a person is asked: ${said}`);
  }
  wrong.push(...doubledPayments(world).map((reference) => `payment ${reference} is there twice`));
  wrong.push(...twice(world.xero.control.contacts().filter((contact) => contact.status === 'ACTIVE').map((contact) => contact.contactNumber ?? '').filter(Boolean)).map((number) => `contact ${number} is there twice`));
  wrong.push(...(await unkept(world, store, firm)));
  const open = await store.links.list(firm, { index: 'intent', value: 'open' });
  wrong.push(...open.map((link) => `${link.id} still has an open intent`));
  return wrong;
}

/** Deliveries we answered with 200 and have no record of. */
export async function unkept(world: World, store: Store, firm: string): Promise<string[]> {
  const models = new Map(world.clio.control.webhooks().map((hook) => [hook.id, hook.model]));
  const fromClio = world.clio.control.deliveries().filter((each) => each.kind === 'event' && each.attempts.some(({ status }) => status === 200));
  const fromXero = world.xero.control.deliveries().filter((each) => each.resourceIds.length > 0 && each.attempts.some(({ status }) => status === 200));
  const missing: string[] = [];
  for (const each of fromClio) {
    const model = models.get(each.webhookId);
    if (model !== undefined && !(await store.deliveries.get(firm, idOf(`clio\n${model}\n`, each.body)))) missing.push(`Clio's delivery ${each.id} was acknowledged and is not kept`);
  }
  for (const each of fromXero) if (!(await store.deliveries.get('*', idOf('xero\nxero\n', each.body)))) missing.push(`Xero's delivery ${each.id} was acknowledged and is not kept`);
  return missing;
}

/** How many deliveries of both vendors were answered with 200. */
export const acknowledged = (world: World): number =>
  world.clio.control.deliveries().filter((each) => each.kind === 'event' && each.attempts.some(({ status }) => status === 200)).length +
  world.xero.control.deliveries().filter((each) => each.resourceIds.length > 0 && each.attempts.some(({ status }) => status === 200)).length;

const idOf = (head: string, body: string) => createHash('sha256').update(head).update(body).digest('hex');
const twice = (all: string[]) => [...new Set(all.filter((each, index) => all.indexOf(each) !== index))];
