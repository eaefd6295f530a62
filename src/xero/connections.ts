import { z } from 'zod';
import { absentAsNull } from './absent.js';
import { askXero, type XeroApp } from './identity.js';

/** One organisation this Xero user let our app into. */
export interface XeroConnection {
  /** What a disconnect names; another id than the organisation's. */
  id: string;
  tenantId: string;
  tenantName: string;
  tenantType: string;
  /** Shared by all connections of one consent. */
  authEventId: string;
}

/**
 * Organisations only, practices left out. Without `authEventId` the list holds everything this user ever connected, other
 * customers' organisations among them: never pick one from it unasked.
 */
export async function connectionsOf(app: XeroApp, accessToken: string, authEventId?: string): Promise<XeroConnection[]> {
  const query = authEventId ? `?authEventId=${encodeURIComponent(authEventId)}` : '';
  const all = await askXero(app, app.apiUrl, { method: 'GET', url: `/connections${query}`, headers: bearer(accessToken) }, (json) => z.array(row).parse(json));
  return all
    .filter((each) => each.tenantType === 'ORGANISATION' && (!authEventId || each.authEventId === authEventId))
    .map(({ id, tenantId, tenantName, tenantType, authEventId: event }) => ({ id, tenantId, tenantName: tenantName ?? '', tenantType, authEventId: event ?? '' }));
}

/** Cuts one organisation off and leaves the user's others alone. One that is gone already is fine. */
export async function deleteConnection(app: XeroApp, accessToken: string, id: string): Promise<void> {
  await absentAsNull(askXero(app, app.apiUrl, { method: 'DELETE', url: `/connections/${encodeURIComponent(id)}`, headers: bearer(accessToken) }, () => null));
}

const bearer = (accessToken: string): Record<string, string> => ({ authorization: `Bearer ${accessToken}` });

const row = z.object({
  id: z.string().min(1),
  tenantId: z.string().min(1),
  tenantType: z.string(),
  tenantName: z.string().nullish(),
  authEventId: z.string().nullish(),
});
