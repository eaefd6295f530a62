import type { Instant } from './calendar.js';

/** What set-up offers from the firm's own Clio; read by the worker, kept in the store. */
export interface FirmLists {
  bankAccounts: { clioId: string; name: string; type: 'operating' | 'trust'; currency: string | null }[];
  /** Combination keys the firm's settings and bills use, with a readable label and the total rate in percent. */
  taxCombinations: { key: string; label: string; rate: string }[];
  costCategories: { clioId: string; name: string; xeroCode: string | null; kind: 'hard' | 'soft' | null }[];
  /** Activity descriptions: what the work is called on a bill. */
  workCategories: { clioId: string; name: string; xeroCode: string | null }[];
  /** UTBMS codes that categories of work or cost carry. */
  utbmsCodes: { clioId: string; name: string }[];
  practiceAreas: string[];
  /** As open matters name them: Clio keeps no list. */
  offices: string[];
  /** Open matters, the latest first; not all of a large firm's. */
  matters: { clioId: string; name: string }[];
  users: { clioId: string; name: string }[];
  readAt: Instant;
}
