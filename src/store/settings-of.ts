import type { SettingsRecord } from './records.js';
import type { Store } from './store.js';

/** `+` sorts before every digit, so whoever asks for the newest of a firm's settings gets those of the organisation it began with. */
const prefixOf = (further: string | null): string => (further === null ? '' : `+${further}:`);
/** The character after `:` and after `9`: greater than every id with this prefix. */
const endOf = (further: string | null): string => (further === null ? ':' : `+${further};`);

/** Id of a version of an organisation's settings. `further`: its id, or null for the one the firm began with. */
export const settingsId = (further: string | null, version: number): string => `${prefixOf(further)}${String(version).padStart(6, '0')}`;

export const versionOf = (settingsId: string): number => Number(settingsId.slice(settingsId.lastIndexOf(':') + 1));

/** The organisation's settings by version, the newest first. */
export async function settingsVersions({ settings }: Pick<Store, 'settings'>, firm: string, further: string | null, limit: number): Promise<SettingsRecord[]> {
  const found = await settings.list(firm, { newestFirst: true, after: endOf(further), limit });
  return found.filter(({ id }) => (further === null ? !id.startsWith('+') : id.startsWith(prefixOf(further))));
}

/** The settings in force; undefined while the organisation is not set up. */
export async function newestSettings(store: Pick<Store, 'settings'>, firm: string, further: string | null): Promise<SettingsRecord | undefined> {
  return (await settingsVersions(store, firm, further, 1))[0];
}
