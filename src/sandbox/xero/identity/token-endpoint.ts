import type { Answer } from '../answer.js';
import type { World } from '../world.js';
import type { App } from './people.js';
import { tokenAnswer } from './tokens.js';

const noStore = { 'cache-control': 'no-store, no-cache, max-age=0', pragma: 'no-cache' };
const failed = (error: string, status = 400): Answer => ({ status, json: { error }, headers: noStore });

/** `POST /connect/token`: Basic authentication, form body. */
export function tokenEndpoint(world: World, authorization: string | undefined, contentType: string, body: string): Answer {
  const app = clientOf(world, authorization);
  if (typeof app === 'string') return failed(app);
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return failed('invalid_request');
  const form = new URLSearchParams(body);
  if (form.get('grant_type') === 'authorization_code') return exchange(world, app, form);
  if (form.get('grant_type') === 'refresh_token') return refresh(world, app, form);
  return failed('unsupported_grant_type');
}

/** An empty id or secret reads as `unauthorized_client`, a wrong one as `invalid_client`. */
export function clientOf(world: World, authorization: string | undefined): App | 'unauthorized_client' | 'invalid_client' {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return 'invalid_client';
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const secret = rest.join(':');
  if (id === '' || secret === '') return 'unauthorized_client';
  const app = world.apps.get(decodeURIComponent(id));
  return app && app.clientSecret === decodeURIComponent(secret) ? app : 'invalid_client';
}

function exchange(world: World, app: App, form: URLSearchParams): Answer {
  const now = world.clock.now();
  const code = world.grants.takeCode(form.get('code') ?? '', now);
  if (!code || code.clientId !== app.clientId || code.redirectUri !== form.get('redirect_uri')) return failed('invalid_grant');
  const set = world.grants.open({ clientId: code.clientId, userId: code.userId, authEventId: code.authEventId, scopes: code.scopes, at: code.at }, now);
  return { status: 200, json: tokenAnswer(world, set, code.nonce), headers: noStore };
}

function refresh(world: World, app: App, form: URLSearchParams): Answer {
  const now = world.clock.now();
  const found = world.grants.find(form.get('refresh_token') ?? '', app.clientId, now);
  if (!found) return failed('invalid_grant');
  const { set, current } = found;
  if (!current && world.switches.refreshGrace === 'none') return failed('invalid_grant');
  if (current || world.switches.repeatedRefresh === 'new-pair') world.grants.rotate(set, now);
  if (world.switches.tokenSetsOfOneUser === 'refresh-kills-others') {
    world.grants.endTokenSets((each) => each !== set && each.clientId === set.clientId && each.userId === set.userId);
  }
  return { status: 200, json: tokenAnswer(world, set), headers: noStore };
}

/** `POST /connect/revocation`: the person's every connection to the app ends, also those of other organisations. */
export function revocationEndpoint(world: World, authorization: string | undefined, body: string): Answer {
  const app = clientOf(world, authorization);
  if (typeof app === 'string') return failed(app);
  const found = world.grants.find(new URLSearchParams(body).get('token') ?? '', app.clientId, world.clock.now());
  if (found) {
    const { clientId, userId } = found.set;
    world.grants.endTokenSets((set) => set.clientId === clientId && set.userId === userId);
    world.grants.disconnect((connection) => connection.clientId === clientId && connection.userId === userId);
  }
  return { status: 200, text: '' };
}
