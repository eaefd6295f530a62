import type { Instant } from './calendar.js';

/** What set-up offers from the firm's own Clio; read by the worker, kept in the store. */
export interface FirmLists {
  bankAccounts: { clioId: string; name: string; type: 'operating' | 'trust'; currency: string | null }[];
  /** Combination keys the firm's settings and bills use, with a readable label and the total rate in percent. */
  taxCombinations: { key: string; label: string; rate: string }[];
  costCategories: { clioId: string; name: string; xeroCode: string | null }[];
  users: { clioId: string; name: string }[];
  readAt: Instant;
}
