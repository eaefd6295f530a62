import type { World } from '../world.js';
import { redirectAllowed, type App, type User } from './people.js';
import { unknownScopes } from './scopes.js';

/** A consent asked for; `params` is what the app sent, carried through the screens unchanged. */
export interface Asked {
  app: App;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | undefined;
  params: URLSearchParams;
}

/**
 * Reads an authorize request. An error text is for Xero's own error page: nothing is sent to an address that was not registered,
 * and that a bad scope is shown there too, not sent back, is inferred.
 */
export function readAsked(world: World, params: URLSearchParams): Asked | { error: string } {
  const app = world.apps.get(params.get('client_id') ?? '');
  if (!app) return { error: 'unauthorized_client: unknown client' };
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) return { error: 'unauthorized_client: invalid redirect_uri' };
  if (!redirectAllowed(redirectUri, world.switches.loopbackRedirect)) return { error: 'unauthorized_client: redirect_uri must be https or http://localhost' };
  if (params.get('response_type') !== 'code') return { error: 'unsupported_response_type' };
  const scopes = (params.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const refused = unknownScopes(scopes);
  if (scopes.length === 0 || refused.length > 0) return { error: `invalid_scope: ${refused.join(' ')}` };
  return { app, redirectUri, scopes, state: params.get('state'), nonce: params.get('nonce') ?? undefined, params };
}

/** Several organisations in one consent need the app's tier and no `acr_values=bulk_connect:false`. */
export function maySelectSeveral(world: World, asked: Asked): boolean {
  return world.switches.consent === 'several-organisations' && !(asked.params.get('acr_values') ?? '').includes('bulk_connect:false');
}

/** Connects the organisations chosen and gives the address to send the browser to, with the code. */
export function allow(world: World, asked: Asked, user: User, tenantIds: string[]): string {
  const now = world.clock.now();
  const authEventId = world.newId();
  const { clientId } = asked.app;
  const mayConnect = asked.scopes.some((scope) => scope.startsWith('accounting.'));
  for (const tenantId of mayConnect ? tenantIds : []) {
    if (!user.organisationIds.includes(tenantId)) continue;
    world.grants.connect({ id: world.newId(), clientId, userId: user.id, tenantId, authEventId, createdAt: now, updatedAt: now });
  }
  const code = world.grants.addCode({ clientId, userId: user.id, authEventId, scopes: asked.scopes, at: now, redirectUri: asked.redirectUri, nonce: asked.nonce, expiresAt: now + 5 * 60_000 });
  return back(asked, { code, scope: asked.scopes.join(' '), session_state: authEventId.replaceAll('-', '') });
}

export function deny(asked: Asked): string {
  return back(asked, { error: 'access_denied' });
}

function back(asked: Asked, values: Record<string, string>): string {
  const url = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  if (asked.state !== null) url.searchParams.set('state', asked.state);
  return url.href;
}
