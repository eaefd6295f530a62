import { z } from 'zod';
import type { Route } from '../core/route-bill.js';
import { schemaOf } from './exact-schema.js';
import type { SettingsRecord } from './records.js';
import { settingsId, settingsVersions } from './settings-of.js';
import type { Store } from './store.js';

export const RouteSchema = schemaOf<Route>()(
  z.object({
    home: z.string().min(1),
    rules: z.array(z.object({ when: z.enum(['office', 'practice-area', 'client']), value: z.string().min(1), organisationId: z.string().min(1) })),
    otherwise: z.string().min(1).nullable(),
  }),
);

/** The body of a route's record. Throws ZodError. */
export const parseRoute = (body: unknown): Route => RouteSchema.parse(body);

const PLACE = 'route';

/** Kept among the settings, by version like these: who changed it, and when. */
export const routeId = (version: number): string => settingsId(PLACE, version);

/** Undefined for a firm that never had more than one organisation. */
export async function newestRoute(store: Pick<Store, 'settings'>, firm: string): Promise<{ route: Route; record: SettingsRecord } | undefined> {
  const [record] = await settingsVersions(store, firm, PLACE, 1);
  return record && { route: parseRoute(record.body), record };
}

export const routeVersions = (store: Pick<Store, 'settings'>, firm: string, limit: number): Promise<SettingsRecord[]> => settingsVersions(store, firm, PLACE, limit);

/** Every organisation of the firm, as `further` says it: those that were ever connected, and those the route speaks of. The one it began with comes first. */
export async function placesOf(store: Pick<Store, 'settings' | 'connections'>, firm: string): Promise<(string | null)[]> {
  const found = await newestRoute(store, firm);
  if (!found) return [null];
  const { route } = found;
  const connected = (await store.connections.list(firm)).flatMap((each) => (each.side === 'xero' && each.organisationId !== null ? [each.organisationId] : []));
  return [...new Set([route.home, ...connected, ...route.rules.map((rule) => rule.organisationId), route.otherwise ?? route.home])].map((each) => furtherOf(route, each));
}

/** `further` of an organisation, as ids of settings and contacts carry it. */
export const furtherOf = (route: Route | undefined, organisationId: string): string | null => (route === undefined || route.home === organisationId ? null : organisationId);
