import { addToClio, connectXero, setUp, until } from '../../src/demo/acts.js';
import { Visitor } from '../../src/demo/visitor.js';
import type { World } from '../../src/demo/world.js';
import type { Store } from '../../src/store/store.js';

/** Adds Tieout to Clio, connects Xero and finishes set-up in automatic mode, as a person would through the pages; returns when no work is owed. */
export async function install(world: World, store: Store, firm: string): Promise<void> {
  const dana = new Visitor();
  const allDone = () => until(async () => (await store.marks.countOwed(firm)) === 0, 'all work to be done');
  await addToClio(dana, world);
  await connectXero(dana, world);
  await allDone();
  await setUp(dana, world, { mode: 'automatic', startOn: '2020-01-01', 'income.softCostAccount': '260' });
  await allDone();
}
