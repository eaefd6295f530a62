import type { Clio, CustomActionPlace } from '../clio/clio.js';

const LABEL = 'Sync with Xero';
/** Clio documents no place on bills; it is asked for all the same, so that the button appears the day Clio allows it. */
const PLACES: CustomActionPlace[] = ['matters/show', 'contacts/show', 'bills/show'];

export type ActionPort = Pick<Clio, 'customActions' | 'createCustomAction' | 'moveCustomAction' | 'deleteCustomAction'>;

/**
 * "Sync with Xero" on matters and contacts of the user this client speaks for (an action is visible to its maker only).
 * Returns the places Clio refused. Throws `ServiceError`; running it again changes nothing.
 */
export async function keepActions(clio: ActionPort, targetUrl: string): Promise<CustomActionPlace[]> {
  const listed = (await clio.customActions()).filter((each) => each.label === LABEL);
  const refused: CustomActionPlace[] = [];
  for (const place of PLACES) {
    const here = listed.filter((each) => each.place === place);
    const keep = here.find((each) => each.targetUrl === targetUrl) ?? here[0];
    for (const each of here) if (each !== keep) await clio.deleteCustomAction(each.clioId);
    if (keep && keep.targetUrl !== targetUrl) await clio.moveCustomAction(keep.clioId, targetUrl);
    if (!keep && !(await clio.createCustomAction({ label: LABEL, targetUrl, place }))) refused.push(place);
  }
  return refused;
}
