import { tellApps } from './gate/accounting.js';
import type { Call } from './call.js';
import type { Organisation } from './books/organisation.js';
import type { World } from './world.js';

/** Does what a person does inside Xero: by the same rules as the API, without an app, and told to the apps like any change. */
export function byHand<T>(world: World, organisation: Organisation, work: (call: Call) => T): T {
  const point = organisation.undo.point();
  try {
    const result = work(personCall(world, organisation));
    tellApps(world, organisation.id, organisation.settle());
    return result;
  } catch (error) {
    organisation.undo.backTo(point);
    throw error;
  }
}

export function personCall(world: World, organisation: Organisation): Call {
  const user = world.users.find((each) => each.organisationIds.includes(organisation.id)) ?? { id: '', email: '', givenName: 'Somebody', familyName: 'Else', organisationIds: [] };
  return {
    world,
    organisation,
    app: { id: '', clientId: '', clientSecret: '', name: 'Xero', redirectUris: [] },
    user,
    now: world.clock.now(),
    params: [],
    query: new URLSearchParams({ unitdp: '4' }),
    header: () => undefined,
    body: Buffer.alloc(0),
  };
}
