import type { Api } from './api.js';
import type { Clio, ClioUser } from './clio.js';
import { contactToCore } from './contact-to-core.js';
import { contactWire, userWire, type UserWire } from './wire.js';

/** Who uses Clio, and who is billed. */
export function peoplePart(api: Api): Pick<Clio, 'whoAmI' | 'users' | 'clients'> {
  const whoAmI = async (): Promise<ClioUser> => {
    const user = await api.one({ path: 'users/who_am_i.json', fields: 'whoAmI', record: userWire });
    return inCore(user, { clioId: user.account?.id ?? '', name: user.account?.name ?? '' });
  };
  return {
    whoAmI,
    async users() {
      const { account } = await whoAmI();
      const { records } = await api.list({ path: 'users.json', fields: 'users', record: userWire });
      return records.map((user) => inCore(user, account));
    },
    clients: async (ids) => (await api.byIds({ path: 'contacts.json', fields: 'contacts', record: contactWire, ids })).map(contactToCore),
  };
}

const inCore = (user: UserWire, account: ClioUser['account']): ClioUser => ({
  clioId: user.id,
  name: user.name ?? '',
  email: user.email,
  roles: user.roles ?? [],
  enabled: user.enabled ?? true,
  timeZone: user.time_zone ?? 'UTC',
  account,
});
