import type { AlertRecord } from '../../src/store/alert-schema.js';
import type { Draft } from '../../src/store/collection.js';
import type {
  ActivityRecord, BooksRecord, ConnectionRecord, CursorRecord, DeliveryRecord, FirmRecord, HoldRecord, LinkRecord, RunRecord, SettingsRecord,
  SubscriptionRecord, TicketRecord,
} from '../../src/store/records.js';

export const FIRM = 'us:100234';
export const OTHER_FIRM = 'eu:7';
export const AT = '2026-11-20T09:00:00.000Z';

export const link = (id: string, changes: Partial<Draft<LinkRecord>> = {}): Draft<LinkRecord> => ({
  firm: FIRM, id, kind: 'bill', role: 'main', clioId: null, xeroId: null, organisationId: 'org-1', billId: null, clientId: null, matterIds: [],
  status: 'up-to-date', reason: null, facts: {}, shown: null, base: null, intent: null, updatedAt: AT, ...changes,
});

export const INTENT: NonNullable<LinkRecord['intent']> = {
  operation: 'create-invoice', key: 'org-1:bill-9:k1', keyNumber: 1, state: 'sending', firstSentAt: AT, lastSentAt: AT,
  marker: 'INV-1043',
};

export const SHOWN: NonNullable<LinkRecord['shown']> = {
  number: '1043', clientName: 'Ødegård & Søn — 東京', matters: ['00012-Ødegård'], currency: 'JPY', clioState: 'awaiting_payment',
  clioTotal: 900719925474099, clioTax: 0, clioBalance: -12, issuedOn: '2026-11-01', xeroState: null, xeroNumber: null, xeroTotal: null,
  xeroTax: null, xeroDue: null, xeroChangedAt: null, seenAt: AT,
};

export const connection = (id: string, changes: Partial<Draft<ConnectionRecord>> = {}): Draft<ConnectionRecord> => ({
  firm: FIRM, id, side: 'xero', userId: 'u-1', organisationId: 'org-1', organisationName: 'Ridge Law', xeroConnectionId: null, accessToken: 'v1.a.b.c.d',
  accessTokenEnds: AT, refreshToken: null, previousRefreshToken: null, refreshedAt: AT, scopes: ['offline_access'], state: 'live', stateReason: null,
  connectedAt: AT, ...changes,
});

export const delivery = (id: string, changes: Partial<Draft<DeliveryRecord>> = {}): Draft<DeliveryRecord> => ({
  firm: FIRM, id, vendor: 'clio', receivedAt: AT, repeats: 0, marks: ['bill:9'], sweepAt: '2026-12-20T09:00:00Z', ...changes,
});

export const hold = (id: string, changes: Partial<Draft<HoldRecord>> = {}): Draft<HoldRecord> => ({
  firm: FIRM, id, billId: '9', about: 'bill', reason: 'tax-not-mapped', facts: { tax: 'primary:5.5' }, choices: [{ id: 'wait', label: 'Wait' }],
  open: true, answer: null, answeredBy: null, openedAt: AT, closedAt: null, ...changes,
});

export const subscription = (id: string, token: string): Draft<SubscriptionRecord> => ({
  firm: FIRM, id, model: id, token, clioWebhookId: null, secret: null, previousSecret: null, state: 'enabled', expiresAt: AT, lastDeliveryAt: null,
});

export const ticket = (id: string, sweepAt: string): Draft<TicketRecord> => ({ firm: '*', id, kind: 'oauth-state', body: { region: 'us', empty: {} }, sweepAt });

export const settings = (id: string): Draft<SettingsRecord> => ({
  firm: FIRM, id, body: { taxMap: { 'primary:9.975:post': 'OUTPUT2', none: 'NONE' }, bankMap: {}, tracking: [], nested: { nothing: null } },
  by: 'clio:55', at: AT, note: null,
});

export const firm = (id: string): Draft<FirmRecord> => ({
  firm: '*', id, region: 'us', clioAccountId: '100234', name: 'Ridge Law', timeZone: 'America/Denver', installedAt: AT,
  people: { '55': { name: 'Ada', email: null, roles: ['owner'], lastSeenAt: AT } },
});

export const books = (id: string): Draft<BooksRecord> => ({ firm: FIRM, id, body: { accounts: [], currencies: ['USD'] }, at: AT });

export const activity = (id: string, changes: Partial<Draft<ActivityRecord>> = {}): Draft<ActivityRecord> => ({
  firm: FIRM, id, at: AT, by: 'worker', what: 'create-invoice', billId: '9', text: 'Made invoice 1043.', before: null, after: null,
  sweepAt: '2033-11-20T09:00:00Z', ...changes,
});

export const cursor = (id: string): Draft<CursorRecord> => ({ firm: FIRM, id, at: AT, position: null });

export const run = (id: string): Draft<RunRecord> => ({ firm: FIRM, id, kind: 'tie-out', startedAt: AT, endedAt: null, result: null });

export const alert = (id: string, changes: Partial<Draft<AlertRecord>> = {}): Draft<AlertRecord> => ({
  firm: FIRM, id, kind: 'cause', reason: 'CONN_XERO_REMOVED', organisations: ['Ridge Law'], facts: { days: '45' }, count: 1, path: '/setup', stage: 0, openedAt: AT, solvedAt: null, news: [],
  letters: [{ id: 'l1', to: '55', tells: 'opened', state: 'owed', attempts: 0, notBefore: AT, sentAt: null }], sweepAt: '2027-12-25T09:00:00.000Z', ...changes,
});
