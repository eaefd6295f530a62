import type { Answer } from '../answer.js';
import { sevenDigits } from '../dates.js';
import type { World } from '../world.js';
import type { IssuedAccess } from './grants.js';

/** Every organisation this person ever connected to the app, the oldest first; `authEventId` narrows it to one consent. */
export function listConnections(world: World, access: IssuedAccess, authEventId: string | null): Answer {
  const connections = world.grants.connections
    .filter((each) => each.clientId === access.clientId && each.userId === access.userId)
    .filter((each) => authEventId === null || each.authEventId === authEventId)
    .map((each) => ({
      id: each.id,
      authEventId: each.authEventId,
      tenantId: each.tenantId,
      tenantType: 'ORGANISATION',
      tenantName: world.organisations.get(each.tenantId)?.facts.name ?? '',
      createdDateUtc: sevenDigits(each.createdAt),
      updatedDateUtc: sevenDigits(each.updatedAt),
    }));
  return { status: 200, json: connections };
}

export function deleteConnection(world: World, access: IssuedAccess, id: string): Answer {
  const mine = world.grants.connections.filter((each) => each.clientId === access.clientId && each.userId === access.userId);
  if (mine.some((each) => each.id === id)) {
    world.grants.disconnect((each) => each.id === id);
    return { status: 204 };
  }
  if (mine.some((each) => each.tenantId === id)) return { status: 403, text: '' };
  return { status: 404, text: '' };
}
