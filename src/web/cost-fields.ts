import { isLineAccount } from '../core/account-kinds.js';
import type { Books } from '../core/books.js';
import { soundsLikeTrust } from '../core/propose-settings.js';
import type { Settings } from '../core/settings.js';
import { choice, oneOf, tick, type FieldGroup } from './setting-field.js';
import type { Wording } from './wording.js';

/** Costs in both directions: off until the firm wants them, and never before it said where they belong. */
export function costFields(books: Books, words: Wording): FieldGroup {
  const costs = (s: Settings, change: Partial<Settings['costs']>): Settings => ({ ...s, costs: { ...s.costs, ...change } });
  const accounts = books.accounts.filter((each) => isLineAccount(each) && (each.class === 'asset' || each.class === 'expense')).map((each) => ({ value: each.code ?? '', label: `${each.code ?? ''} ${each.name}` }));
  const banks = books.accounts.filter((each) => each.active && each.isBank && !soundsLikeTrust(each.name)).map((each) => ({ value: each.xeroId, label: each.name }));
  return {
    title: 'Costs',
    fields: [
      choice('costs.hard', `New ${words.hardCost} in Clio`, 'Those entered from now on go to Xero without tax; claim input tax there. Earlier ones stay yours to enter. “Money spent” needs one more permission from Xero: connect it again afterwards.', [['off', 'Do nothing'], ['spend', 'Enter as money spent'], ['draft-bill', "Enter as a supplier's draft bill"], ['bill', "Enter as a supplier's approved bill"]], (s) => s.costs.hard, (s, hard) => costs(s, { hard: oneOf(['off', 'spend', 'draft-bill', 'bill'], hard) }), { adminsOnly: true }),
      choice('costs.account', 'Account for them', 'Costs you advance for clients are usually an asset. Their recovery should go to the same kind of account.', accounts, (s) => s.costs.account ?? '', (s, code) => costs(s, { account: code || null }), { blank: 'None' }),
      choice('costs.bankAccount', 'Bank they are paid from', 'For money spent. Accounts that hold clients’ money are not offered.', banks, (s) => s.costs.bankAccount ?? '', (s, id) => costs(s, { bankAccount: id || null }), { blank: 'None' }),
      tick('costs.importFromXero', 'Bring costs from Xero into Clio', 'Lines of approved supplier bills and of money spent, dated from today on and tagged with a tracking option that is a matter’s number, become unbilled costs on that matter.', (s) => s.costs.importFromXero, (s, importFromXero) => costs(s, { importFromXero })),
    ],
  };
}
