import type { Reason } from '../../src/core/reasons.js';
import type { Collection, Stored } from '../../src/store/collection.js';
import type { LinkRecord } from '../../src/store/records.js';
import type { Store } from '../../src/store/store.js';
import { ServiceError } from '../../src/http/service-error.js';
import type { Xero } from '../../src/xero/xero.js';
import type { Mutant } from './process.js';

/** Mistakes somebody could make, each put around the ports of a process. The simulation must catch every one. */
export const MUTANTS: Record<string, Mutant> = {
  'a new key on every retry': {
    xero: (xero, world) => withCreates(xero, (create, key) => create(`${key}:${world.random.int(1, 1e9)}`)),
  },
  'an unknown outcome is taken for a refusal': {
    xero: (xero) => withCreates(xero, async (create, key) => {
      try {
        return await create(key);
      } catch (error) {
        if (error instanceof ServiceError && error.kind === 'ambiguous') throw new ServiceError({ service: 'xero', kind: 'unavailable', message: 'taken for refused' });
        throw error;
      }
    }),
  },
  'an unknown outcome is looked for at once, not after ten quiet minutes': {
    store: (store) => withLinks(store, (links) => ({ ...links, list: async (firm, options) => (await links.list(firm, options)).map((link) => (options?.index === 'intent' && link.intent ? { ...link, intent: { ...link.intent, firstSentAt: LONG_AGO, lastSentAt: LONG_AGO } } : link)) })),
  },
  'the intent is not saved': {
    store: (store) => withLinks(store, (links) => ({ ...links, replace: async (record, epoch) => ({ ...(await links.replace({ ...record, intent: null }, epoch)), intent: record.intent }) })),
  },
  'the same batch is sent again for as long as it takes': {
    store: (store, world) => {
      const now = (): string => world.iso();
      const runs: Store['runs'] = { ...store.runs, get: async (firm, id) => fresh(await store.runs.get(firm, id), (run) => ({ ...run, startedAt: now() })) };
      return withLinks({ ...store, runs }, (links) => ({ ...links, list: async (firm, options) => (await links.list(firm, options)).map((link) => (options?.index === 'intent' && link.intent ? { ...link, intent: { ...link.intent, firstSentAt: now() } } : link)) }));
    },
  },
  'payments carry no marker': {
    xero: (xero) => ({ ...xero, createPayments: (payments, key) => xero.createPayments(payments.map((payment) => ({ ...payment, reference: payment.reference.split(' ')[0] ?? '' })), key) }),
  },
  'links of payments are forgotten': {
    store: (store) => withLinks(store, (links) => ({ ...links, list: async (firm, options) => (await links.list(firm, options)).filter((link) => link.kind !== 'payment' || link.intent !== null) })),
  },
  'the number that keeps invoices single is made anew each time': {
    xero: (xero, world) => ({ ...xero, createInvoices: (invoices, key) => xero.createInvoices(invoices.map((invoice) => ({ ...invoice, number: `${invoice.number}-${world.random.int(1, 1e9)}` })), key) }),
  },
  'a cursor moves past what was not read': {
    store: (store, world) => ({ ...store, cursors: { ...store.cursors, replace: (record, epoch) => store.cursors.replace(record.id.startsWith('round:') ? record : { ...record, at: new Date(world.now + 3_600_000).toISOString() }, epoch) } }),
  },
  'anybody gets the lease, and writes are not fenced': {
    store: (store, world) => {
      const leases: Store['leases'] = { ...store.leases, acquire: (firm, owner) => Promise.resolve({ firm, owner, epoch: 1, until: world.iso() }), renew: (lease) => Promise.resolve(lease), release: () => Promise.resolve() };
      return { ...store, leases, links: unfenced(store.links), marks: { ...store.marks, finish: (mark, _epoch, now, rest) => store.marks.finish(mark, 1e9, now, rest), postpone: (mark, until, reason) => store.marks.postpone(mark, until, reason, 1e9) } };
    },
  },
  'the same key is sent with another body': {
    xero: (xero, world) => ({ ...xero, createPayments: (payments, key) => xero.createPayments(payments.map((payment) => ({ ...payment, reference: `${world.now} ${payment.reference}` })), key) }),
  },
  'each payment is sent twice': {
    xero: (xero) => ({
      ...xero,
      createPayments: async (payments, key) => {
        const results = await xero.createPayments(payments, key);
        await xero.createPayments(payments, `${key}:again`);
        return results;
      },
    }),
  },
  'invoices are a cent too high': {
    xero: (xero) => ({ ...xero, createInvoices: (invoices, key) => xero.createInvoices(invoices.map((invoice) => ({ ...invoice, total: invoice.total + 1 })), key) }),
  },
  'what people deleted in Xero is taken for never sent': {
    store: (store) => withLinks(store, (links) => ({ ...links, list: async (firm, options) => (await links.list(firm, options)).map((link) => (link.kind === 'payment' && link.intent === null ? { ...link, xeroId: null } : link)) })),
  },
  'an error names the client': {
    clio: (clio) => ({
      ...clio,
      clients: async (ids) => {
        const clients = await clio.clients(ids);
        throw new Error(`cannot read ${clients.map((client) => client.email).join()}`);
      },
    }),
  },
  'a question is kept without its reason': {
    store: (store) => withLinks(store, (links) => ({ ...links, replace: (record, epoch) => links.replace(record.status === 'needs-you' ? { ...record, reason: null } : record, epoch) })),
  },
  'what was agreed is never remembered': {
    store: (store) => withLinks(store, (links) => ({ ...links, list: async (firm, options) => (await links.list(firm, options)).map((link) => (link.kind === 'bill' ? { ...link, base: outdated(link.base) } : link)) })),
  },
  'firms are served in the order of their names, and none rests': {
    store: (store) => ({ ...store, marks: { ...store.marks, firmsDue: async (now, limit) => (await store.marks.firmsDue(now, limit)).sort(), finish: (mark, epoch, now) => store.marks.finish(mark, epoch, now) } }),
  },
  'leases last for hours and are never given back': {
    store: (store) => ({ ...store, leases: { ...store.leases, acquire: (firm, owner) => store.leases.acquire(firm, owner, 5 * 3_600_000), renew: (lease) => store.leases.renew(lease, 5 * 3_600_000), release: () => Promise.resolve() } }),
  },
  'nobody is told of payments that are there twice': {
    store: (store) => silentAbout(store, 'PAY_TWIN'),
  },
  'nobody is told of invoices that are linked to nothing': {
    store: (store) => silentAbout(store, 'INVOICE_STRAY'),
  },
  'the line of a link is not kept with it': {
    store: (store) => withLinks(store, (links) => ({ ...links, replace: async (record, epoch) => links.replace({ ...record, told: null }, epoch) })),
  },
  'marks that failed are put off for years': {
    store: (store) => ({ ...store, marks: { ...store.marks, postpone: (mark, _until, reason, epoch) => store.marks.postpone(mark, '2030-01-01T00:00:00.000Z', reason, epoch) } }),
  },
  'rounds never look': {
    store: (store) => ({ ...store, marks: { ...store.marks, want: (requests, now) => store.marks.want(requests.filter(({ kind }) => kind !== 'catch-up' && kind !== 'nightly'), now) } }),
  },
  'a webhook is answered before it is kept': {
    web: ({ store, clock }) => ({ clock, store: { ...store, marks: { ...store.marks, want: (requests, now) => { store.marks.want(requests, now).catch(() => undefined); return Promise.resolve(); } } } }),
  },
  'a webhook waits for the store, however long': {
    web: ({ store, clock }) => ({ store, clock: { ...clock, sleep: () => new Promise(() => undefined) } }),
  },
  'the coding of invoices follows the settings, whatever people chose': {
    xero: (xero) => ({ ...xero, updateInvoices: (changes, key) => xero.updateInvoices(changes.map((change) => ({ ...change, invoice: { ...change.invoice, lines: change.invoice.lines.map((line) => ({ ...line, accountCode: '200' })) } })), key) }),
  },
  "an amount changed in Xero is set back to Clio's without asking": {
    store: (store) => ({ ...store, holds: { ...store.holds, list: async (firm, options) => (await store.holds.list(firm, options)).map((hold) => (hold.reason === 'DRIFT_AMOUNT' && hold.choices.length > 0 ? { ...hold, answer: 'restore' } : hold)) } }),
  },
  'a token is kept for whichever firm asks next': {
    fresh: (fresh) => {
      let kept: Promise<string> | null = null;
      return (firm, id, refused) => (kept = refused === undefined && kept ? kept.catch(() => fresh(firm, id)) : fresh(firm, id, refused));
    },
  },
  'a write that waited for a token leaves whoever holds the firm by then': {
    mayWrite: () => () => true,
  },
  'calls are sent without waiting for a turn': {
    budget: (budget) => ({ ...budget, run: (_priority, call) => call() }),
  },
  'nobody listens to what is left of the day': {
    budget: (budget) => ({ ...budget, learn: (seen) => { budget.learn({ ...seen, dayRemaining: null }); } }),
  },
  'whoever needs a token renews it, whatever others do': {
    store: (store) => ({ ...store, tickets: { ...store.tickets, insert: (ticket) => Promise.resolve({ ...ticket, version: 1, epoch: 0 }) } }),
  },
  'a renewed sign-in is used and not kept': {
    store: (store) => ({ ...store, connections: { ...store.connections, replace: (record) => Promise.resolve(record) } }),
  },
  'a mark is done although it was wanted again meanwhile': {
    store: (store) => ({ ...store, marks: { ...store.marks, finish: (mark, epoch, now, rest) => store.marks.finish({ ...mark, wanted: mark.wanted + 1 }, epoch, now, rest) } }),
  },
};

/** Questions with this reason are never open. */
function silentAbout(store: Store, reason: Reason): Store {
  const quiet = <T extends { reason: string; open: boolean }>(record: T): T => (record.reason === reason ? { ...record, open: false } : record);
  return { ...store, holds: { ...store.holds, insert: (record, epoch) => store.holds.insert(quiet(record), epoch), replace: (record, epoch) => store.holds.replace(quiet(record), epoch) } };
}

/** Clio's figures as they never were. */
const outdated = (base: unknown): unknown => (typeof base === 'object' && base !== null && 'bill' in base ? { ...base, bill: Object.assign({}, base.bill, { digest: 'another' }) } : base);

const LONG_AGO = '2026-10-01T00:00:00.000Z';

const fresh = <T>(value: T | undefined, change: (value: T) => T): T | undefined => (value === undefined ? undefined : change(value));

const withLinks = (store: Store, change: (links: Store['links']) => Store['links']): Store => ({ ...store, links: change(store.links) });

/** Every write goes through, whatever was written since and by whom. */
function unfenced<Index extends string>(inner: Collection<LinkRecord, Index>): Collection<LinkRecord, Index> {
  return { ...inner, replace: async (record) => inner.replace(versioned(record, await inner.get(record.firm, record.id))) };
}

const versioned = <T extends Stored>(record: T, stored: T | undefined): T => ({ ...record, version: stored?.version ?? record.version });

/** The calls that make something new, all sent by `how`. */
function withCreates(xero: Xero, how: <T>(create: (key: string) => Promise<T>, key: string) => Promise<T>): Xero {
  return {
    ...xero,
    createInvoices: (invoices, key) => how((used) => xero.createInvoices(invoices, used), key),
    createPayments: (payments, key) => how((used) => xero.createPayments(payments, used), key),
    createContacts: (contacts, key) => how((used) => xero.createContacts(contacts, used), key),
  };
}
