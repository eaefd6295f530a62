import type { Account, Books } from './books.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';
import type { Settings } from './settings.js';

/**
 * A warning when costs are booked on one kind of account and their recovery on another: an advance on an asset never comes back to zero
 * when its recovery is income, and an expense never meets a recovery that goes to an asset.
 */
export function costSides({ costs, income }: Pick<Settings, 'costs' | 'income'>, { accounts }: Pick<Books, 'accounts'>): Hold[] {
  const named = (code: string | null): Account | undefined => accounts.find((each) => each.code !== null && each.code === code);
  const [cost, recovery] = [named(costs.account), named(income.hardCostAccount)];
  if (costs.hard === 'off' || !cost || !recovery || isBalance(cost) === isBalance(recovery)) return [];
  return [hold('sides', 'COST_SIDE_MISMATCH', { cost: `${cost.code ?? ''} ${cost.name}`, recovery: `${recovery.code ?? ''} ${recovery.name}` })];
}

const isBalance = (account: Account): boolean => account.class === 'asset' || account.class === 'liability' || account.class === 'equity';
