import type { Clio } from '../clio/clio.js';
import { REGIONS } from '../store/records.js';
import { keepActions, type ActionPort } from './keep-actions.js';
import { keepWebhooks, type WebhookPort } from './keep-webhooks.js';
import { changeRecord } from './change-record.js';
import { instantOf } from '../http/clock.js';
import type { ConnectionDeps } from './ports.js';
import { actionUrl } from './subscription-url.js';

export type SubscribePort = WebhookPort & ActionPort & Pick<Clio, 'whoAmI'>;

type Deps = Pick<ConnectionDeps, 'store' | 'clock' | 'sealer'> & { appUrl: string };

/**
 * What the mark `subscriptions:clio` asks for: webhooks for the firm, and for every connected user the button inside Clio.
 * `clients` holds one client per live Clio connection of the firm; the first one owns the webhooks.
 * Idempotent. Throws `ServiceError`; `unauthorized` after `freshToken` gave up means that the user removed us in Clio.
 */
export async function subscribe(deps: Deps, firm: string, clients: SubscribePort[]): Promise<void> {
  const region = REGIONS.find((each) => firm.startsWith(`${each}:`));
  const [first] = clients;
  if (!region || !first) return;
  for (const clio of clients) await rememberPerson(deps, firm, clio);
  await keepWebhooks(deps, firm, first);
  for (const clio of clients) await keepActions(clio, actionUrl(deps.appUrl, region));
}

/** Asking Clio who we are proves that the grant still lives, and brings the person's roles up to date. */
async function rememberPerson(deps: Deps, firm: string, clio: SubscribePort): Promise<void> {
  const user = await clio.whoAmI();
  const lastSeenAt = instantOf(deps.clock);
  await changeRecord(deps.store.firms, '*', firm, (record) => {
    const known = record.people[user.clioId];
    const people = { ...record.people, [user.clioId]: { name: user.name, email: user.email, roles: user.roles, lastSeenAt: known?.lastSeenAt ?? lastSeenAt } };
    return { name: user.account.name, timeZone: user.timeZone, people };
  });
}
