import type { Clio, ClioWebhook, WebhookModel } from '../clio/clio.js';
import { exportsCosts, importsCosts } from '../core/switched-on.js';
import { placesOf } from '../store/route-of.js';
import { newestSettings } from '../store/settings-of.js';
import { parseSettings } from '../store/settings-schema.js';
import type { SubscriptionRecord } from '../store/records.js';
import { changeRecord } from './change-record.js';
import { noteActivity } from './note-activity.js';
import type { ConnectionDeps } from './ports.js';
import { newSubscriptionToken, secretContext, subscriptionUrl } from './subscription-url.js';

/** Records whose change can put a bill out of step. Clio has no model for allocations: a bill's balance stands for them. */
const MODELS: WebhookModel[] = ['bill', 'contact', 'matter', 'task'];
/** Every time entry comes with it too, so only firms that carry costs ask for it. */
const COSTS_MODEL: WebhookModel = 'activity';
const DAY_MS = 86_400_000;
/** Clio ends a subscription after 31 days at most; half of it is left for things to go wrong. */
const LIVES_MS = 30 * DAY_MS;
const RENEW_BELOW_MS = 15.5 * DAY_MS;

type Deps = Pick<ConnectionDeps, 'store' | 'clock' | 'sealer'> & { appUrl: string };
export type WebhookPort = Pick<Clio, 'webhooks' | 'createWebhook' | 'renewWebhook' | 'deleteWebhook' | 'activateWebhook'>;

/** Registers what is missing and repairs what is not well; running it again changes nothing. Throws `ServiceError`. */
export async function keepWebhooks(deps: Deps, firm: string, clio: WebhookPort): Promise<void> {
  const listed = await clio.webhooks();
  for (const model of MODELS) await keepOne(deps, firm, clio, model, listed);
  if (await carriesCosts(deps.store, firm)) await keepOne(deps, firm, clio, COSTS_MODEL, listed);
  else await dropOne(deps, firm, clio, listed);
}

async function carriesCosts(store: Deps['store'], firm: string): Promise<boolean> {
  for (const further of await placesOf(store, firm)) {
    const newest = await newestSettings(store, firm, further);
    const costs = newest && parseSettings(newest.body).costs;
    if (costs && (exportsCosts(costs) || importsCosts(costs))) return true;
  }
  return false;
}

async function dropOne(deps: Deps, firm: string, clio: WebhookPort, listed: ClioWebhook[]): Promise<void> {
  const known = await deps.store.subscriptions.get(firm, COSTS_MODEL);
  if (!known) return;
  for (const each of listed) if (each.url === subscriptionUrl(deps.appUrl, known.token)) await clio.deleteWebhook(each.clioId);
  await deps.store.subscriptions.remove(firm, COSTS_MODEL);
}

async function keepOne(deps: Deps, firm: string, clio: WebhookPort, model: WebhookModel, listed: ClioWebhook[]): Promise<void> {
  const known = (await deps.store.subscriptions.get(firm, model)) ?? (await expect(deps, firm, model));
  const url = subscriptionUrl(deps.appUrl, known.token);
  const ours = listed.filter((each) => each.model === model && each.url.startsWith(subscriptionUrl(deps.appUrl, '')));
  const wellOnes = known.secret === null ? [] : ours.filter((each) => each.url === url && each.state !== 'suspended');
  const keep = wellOnes.find((each) => each.clioId === known.clioWebhookId) ?? wellOnes[0];

  if (!keep && known.clioWebhookId !== null) await noteLapse(deps, known, ours);
  for (const each of ours) if (each !== keep) await clio.deleteWebhook(each.clioId);
  if (keep) return refresh(deps, known, clio, keep);
  return register(deps, known, clio, url);
}

/** Clio no longer has the webhook we counted on, or no longer uses it; it is set up anew right after. */
async function noteLapse(deps: Deps, known: SubscriptionRecord, ours: ClioWebhook[]): Promise<void> {
  const why = ours.some((each) => each.clioId === known.clioWebhookId) ? 'was suspended by Clio' : 'was no longer there';
  await noteActivity(deps, { firm: known.firm, by: 'Tieout', what: 'notices-lapsed', text: `The announcement of changes (${known.model}) ${why}. It is set up again; what changed meanwhile is found by looking.` });
}

/** The address is stored before Clio hears of it: the handshake can be faster than the answer to our request. */
async function expect(deps: Deps, firm: string, model: WebhookModel): Promise<SubscriptionRecord> {
  const blank = { clioWebhookId: null, secret: null, previousSecret: null, expiresAt: null, lastDeliveryAt: null };
  return deps.store.subscriptions.insert({ firm, id: model, model, token: newSubscriptionToken(), state: 'expecting-handshake', ...blank });
}

async function register(deps: Deps, known: SubscriptionRecord, clio: WebhookPort, url: string): Promise<void> {
  const { firm, model } = known;
  const previous = known.secret === null ? null : deps.sealer.open(known.secret, secretContext(firm, model, 'secret'));
  const previousSecret = previous === null ? known.previousSecret : deps.sealer.seal(previous, secretContext(firm, model, 'previousSecret'));
  await changeRecord(deps.store.subscriptions, firm, model, () => ({ state: 'expecting-handshake' as const, clioWebhookId: null, secret: null, previousSecret }));

  const request = { url, model: [...MODELS, COSTS_MODEL].find((each) => each === model) ?? 'bill', expiresAt: new Date(deps.clock.now() + LIVES_MS).toISOString() };
  const made = await clio.createWebhook(request);
  const handshake = { disagrees: false };
  await changeRecord(deps.store.subscriptions, firm, model, (record) => {
    const offered = record.secret === null ? null : deps.sealer.open(record.secret, secretContext(firm, model, 'secret'));
    handshake.disagrees = made.sharedSecret !== null && offered !== null && offered !== made.sharedSecret;
    // The answer to our own request is authenticated, the handshake is not: on a difference the answer counts.
    const secret = made.sharedSecret === null ? record.secret : deps.sealer.seal(made.sharedSecret, secretContext(firm, model, 'secret'));
    const state = offered !== null && !handshake.disagrees ? ('enabled' as const) : ('expecting-handshake' as const);
    return { clioWebhookId: made.clioId, secret, state, expiresAt: made.expiresAt };
  });
  if (handshake.disagrees && made.sharedSecret !== null) await activate(deps, firm, model, clio, made.clioId, made.sharedSecret);
}

async function refresh(deps: Deps, known: SubscriptionRecord, clio: WebhookPort, webhook: ClioWebhook): Promise<void> {
  if (webhook.state === 'pending' && known.secret !== null) {
    await activate(deps, known.firm, known.model, clio, webhook.clioId, deps.sealer.open(known.secret, secretContext(known.firm, known.model, 'secret')));
  }
  const left = Date.parse(webhook.expiresAt) - deps.clock.now();
  const renewed = left < RENEW_BELOW_MS ? await clio.renewWebhook(webhook.clioId, new Date(deps.clock.now() + LIVES_MS).toISOString()) : webhook;
  await changeRecord(deps.store.subscriptions, known.firm, known.model, (record) => {
    const same = record.clioWebhookId === webhook.clioId && record.expiresAt === renewed.expiresAt && record.state === 'enabled';
    return same ? null : { clioWebhookId: webhook.clioId, expiresAt: renewed.expiresAt, state: 'enabled' as const };
  });
}

/** The delayed handshake (clio-api 5.3): over our own authenticated call instead of Clio's unauthenticated one. */
async function activate(deps: Deps, firm: string, model: string, clio: WebhookPort, webhookId: string, secret: string): Promise<void> {
  await clio.activateWebhook(webhookId, secret);
  await changeRecord(deps.store.subscriptions, firm, model, () => ({ state: 'enabled' as const }));
}
