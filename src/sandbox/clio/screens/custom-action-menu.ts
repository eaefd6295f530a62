import type { UserRecord } from '../records.js';
import { html, type Html } from './page.js';
import type { ScreenParts } from './screens.js';

export type Place = 'bills' | 'matters' | 'contacts';

/** The apps' own links on a record: only those of the user who looks. Pressing one mints a nonce. */
export function customActionMenu({ firm }: ScreenParts, user: UserRecord, place: Place, id: number): Html | null {
  const actions = firm.customActions.where((action) => action.userId === user.id && action.uiReference === `${place}/show`);
  if (actions.length === 0) return null;
  const links = actions.map((action) => html`<a href="/nc/custom_actions/${action.id}/launch/${place}/${id}" target="_blank" rel="noopener">${action.label}</a>`);
  return html`<section class="actions"><h2>Apps</h2>${links}</section>`;
}
