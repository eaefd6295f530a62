import { BANK_SCOPE } from '../../src/connections/bank-scope.js';
import type { Settings } from '../../src/core/settings.js';
import { settings as lawFirm } from '../core/law-firm.js';
import { books } from './books.js';
import { ClioVendor } from './clio-vendor.js';
import type { MemoryStore } from './memory-store.js';
import { asRequests, intoStore, noticesBy } from './notices.js';
import { Oracle } from './oracle.js';
import { People } from './people.js';
import type { Process } from './process.js';
import type { Choices } from './profile.js';
import type { AllSignIns } from './tokens.js';
import { MODELS, SECRET, tokenOf, type WebhookSender } from './webhook-sender.js';
import type { World } from './world.js';
import { XeroVendor, type Kept } from './xero-vendor.js';

/** One firm with both its vendors, the people in it and whoever judges. */
export interface Site {
  firm: string;
  organisationId: string;
  connectionId: string;
  /** Of the person who signed in to the firm's Clio. */
  clioConnectionId: string;
  choices: Choices;
  clio: ClioVendor;
  xero: XeroVendor;
  people: People;
  oracle: Oracle;
}

export interface SiteDeps {
  world: World;
  store: MemoryStore;
  /** Idempotency keys belong to the app, so all organisations share them. */
  keys: Map<string, Kept>;
  processes: () => Process[];
  sender: WebhookSender;
  signIns: AllSignIns;
}

const MONTH = 30 * 86_400_000;

/** A firm as it stands after set-up, by its number; ids in two firms are the same on purpose. */
export async function openSite({ world, store, keys, processes, sender, signIns }: SiteDeps, number: number, choices: Choices): Promise<Site> {
  const firm = `eu:10023${number}`;
  const organisationId = `0a000000-0000-4000-8000-00000000000${number}`;
  const connectionId = `xero:${organisationId}`;
  const clioUser = `7${number}`;
  const clioConnectionId = `clio:${clioUser}`;
  const notices = noticesBy(world, world.profile.receives ? asRequests(sender, firm, organisationId) : intoStore(world, store, firm));
  const clio = new ClioVendor(world, notices, firm, signIns.clio);
  const oracle: Oracle = new Oracle(world, store, { firm, choices, clio, xero: () => xero, processes });
  const xero: XeroVendor = new XeroVendor(world, oracle, keys, organisationId, signIns.xero);
  const { books: ledger } = xero;
  clio.moneyBehind = (billId) => ledger.livePayments().filter((payment) => ledger.invoices.get(payment.invoiceId)?.now.url?.endsWith(`/${billId}`)).flatMap((payment) => payment.receipts);
  const people = new People({ world, store, clio, xero, oracle, firm, choices });
  const { xero: inXero } = signIns;
  inXero?.onLost.set(organisationId, () => people.signInAgain(connectionId, () => inXero.openSealed({ firm, id: connectionId })));
  const dated = (id: string): void => notices('invoice', id, ledger.invoices.get(id)?.now.changedAt ?? undefined);
  people.onXeroChange = dated;
  if (world.profile.unknowns.noticesOfOwnWrites) {
    ledger.onKeep = (id, by) => {
      if (by === 'Tieout') world.count('notice of our own write');
      dated(id);
    };
  }
  await store.firms.insert({ firm: '*', id: firm, region: 'eu', clioAccountId: `10023${number}`, name: 'Whitlock & Hale', timeZone: world.profile.calendar.timeZone, installedAt: world.iso(), people: {} });
  if (world.profile.receives) {
    for (const model of Object.values(MODELS)) await store.subscriptions.insert({ firm, id: model, model, token: tokenOf(firm, model), clioWebhookId: '1', secret: SECRET, previousSecret: null, state: 'enabled', expiresAt: new Date(world.now + MONTH).toISOString(), lastDeliveryAt: null });
  }
  await store.settings.insert({ firm, id: '000001', body: settingsOf(choices), by: 'set-up', at: world.iso(), note: null });
  await store.books.insert({ firm, id: organisationId, body: { ...books, readAt: world.iso(), lockReadAt: world.iso() }, at: world.iso() });
  const unused = { accessToken: 'sealed', accessTokenEnds: world.iso(), refreshToken: null, previousRefreshToken: null, refreshedAt: world.iso() };
  const token = { ...(signIns.xero?.openSealed({ firm, id: connectionId }) ?? unused), connectedAt: world.iso() };
  await store.connections.insert({ firm, id: connectionId, side: 'xero', userId: 'u', organisationId, organisationName: 'Whitlock & Hale', xeroConnectionId: null, ...token, scopes: [BANK_SCOPE], state: 'live', stateReason: null });
  const clioTokens = signIns.clio?.openSealed({ firm, id: clioConnectionId });
  if (clioTokens) await store.connections.insert({ firm, id: clioConnectionId, side: 'clio', userId: clioUser, organisationId: null, organisationName: null, xeroConnectionId: null, ...clioTokens, scopes: [], connectedAt: world.iso(), state: 'live', stateReason: null });
  return { firm, organisationId, connectionId, clioConnectionId, choices, clio, xero, people, oracle };
}

function settingsOf({ credits, costs, fromXero, editPaid }: Choices): Settings {
  return {
    ...lawFirm,
    payments: { ...lawFirm.payments, fromXero },
    editPaid,
    credits: { ...lawFirm.credits, treatment: credits, badDebtAccount: '404' },
    costs: { ...lawFirm.costs, hard: costs, account: '480', bankAccount: 'bank-office', importFromXero: false },
  };
}
