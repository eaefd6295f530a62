import { namedId } from '../ids.js';
import type { World } from '../world.js';
import { fillChart } from './charts.js';
import { fillLawFirm } from './law-firm.js';
import { somebodyElses, ukLawFirm, usLawFirm } from './organisations.js';

/** `law-firm` has clients and invoices of before; `empty` has the charts alone. */
export function seedWorld(world: World, seed: 'law-firm' | 'empty'): void {
  const [american, british, foreign] = [usLawFirm(), ukLawFirm(), somebodyElses()];
  world.users.push(
    { id: namedId('user robin'), email: 'robin.vance@example.com', givenName: 'Robin', familyName: 'Vance', organisationIds: [american.id, british.id] },
    { id: namedId('user sasha'), email: 'sasha.orr@example.com', givenName: 'Sasha', familyName: 'Orr', organisationIds: [foreign.id] },
  );
  for (const organisation of [american, british, foreign]) {
    world.organisations.set(organisation.id, organisation);
    fillChart(organisation);
    organisation.settle();
    if (seed === 'law-firm' && organisation !== foreign) fillLawFirm(world, organisation);
  }
}

/** Before today the demo person connected another customer's company to the app: it stands first in the unfiltered list. */
export function connectEarlierCustomer(world: World, clientId: string): void {
  const [person, owner] = world.users;
  const tenantId = owner?.organisationIds[0];
  if (!person || tenantId === undefined) return;
  const at = world.clock.now() - 40 * 24 * 60 * 60_000;
  world.grants.connect({ id: world.newId(), clientId, userId: person.id, tenantId, authEventId: world.newId(), createdAt: at, updatedAt: at });
}
