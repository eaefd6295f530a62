import type { Allocation } from '../core/allocation.js';
import type { Bill, ClientRef, MatterRef } from '../core/bill.js';
import type { CalendarDate, Instant } from '../core/calendar.js';
import type { Client } from '../core/contact.js';
import type { Expense, NewExpense } from '../core/expense.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { CurrencyCode, Minor } from '../core/money.js';

/**
 * One firm's Clio, spoken to with one user's token, in Tieout's own words. Made by `clio/client`.
 * Every method throws `ServiceError`; amounts are minor units; ids are text.
 */
export interface Clio {
  whoAmI(): Promise<ClioUser>;

  /**
   * Bills with lines, taxes, matters; in any order; ids that no longer exist are missing. Up to 50 at a time. Lines are read only where they
   * can matter: bills that are not approved, void, deleted or about trust money come without.
   */
  bills(ids: string[]): Promise<Bill[]>;
  /** The same without lines, in one call for 50: enough to show them, never to plan with. */
  billHeads(ids: string[]): Promise<Bill[]>;
  billIdsOfMatter(matterId: string): Promise<string[]>;
  billIdsOfClient(contactId: string): Promise<string[]>;
  /** All pages, by `updated_since`; `asOf` is Clio's own clock before the first page. */
  billIdsChangedSince(since: Instant): Promise<{ ids: string[]; asOf: Instant }>;
  /** Every bill id the firm has, for the nightly comparison. */
  allBillIds(): Promise<string[]>;
  /** `PATCH state: paid` with If-Match. Returns the bill as read back; throws `rejected`, `forbidden` or `conflict`. */
  markBillPaid(billId: string, version: string): Promise<{ state: Bill['state']; balance: Minor }>;

  /** With their clients; ids that no longer exist are missing. */
  matters(ids: string[]): Promise<(MatterRef & { client: ClientRef | null })[]>;

  allocationsOf(billIds: string[]): Promise<Allocation[]>;
  allocationsChangedSince(since: Instant): Promise<{ allocations: Allocation[]; asOf: Instant }>;

  /** Costs of any kind with their matters; time entries, and ids that no longer exist, are missing. Up to 50 at a time. */
  expenses(ids: string[]): Promise<Expense[]>;
  /** Hard costs alone: the others never concern Xero. */
  hardCostIdsChangedSince(since: Instant): Promise<{ ids: string[]; asOf: Instant }>;
  /** The cost that carries this marker, on this matter. Clio has no external ids and no idempotency keys: look before `createExpense`. */
  expenseIdMarked(matterId: string, marker: string): Promise<string | null>;
  /** A hard cost, or a plain expense where the firm does not know hard costs. */
  createExpense(expense: NewExpense): Promise<{ clioId: string }>;
  /** Amount, day and matter; words stay as people left them. Clio refuses (`rejected`) what is on a bill. */
  updateExpense(id: string, expense: NewExpense): Promise<void>;
  /** One that is gone already is fine. */
  deleteExpense(id: string): Promise<void>;
  /** The matter with this number; null when none or several have it. */
  matterNumbered(number: string): Promise<{ clioId: string; number: string } | null>;
  /** What the firm's own costs are kept in. */
  homeCurrency(): Promise<CurrencyCode>;

  clients(ids: string[]): Promise<Client[]>;
  bankAccounts(): Promise<ClioBankAccount[]>;
  users(): Promise<ClioUser[]>;
  /** The taxes the firm's settings name, for the tax map: combination keys with a readable label and total rate. */
  taxCombinations(): Promise<TaxCombination[]>;
  /** Categories of cost and of work, with the UTBMS codes they carry. */
  categories(): Promise<Pick<FirmLists, 'costCategories' | 'workCategories' | 'utbmsCodes'>>;
  practiceAreas(): Promise<string[]>;
  /** Open matters, the latest first, and the offices they name; not all of a large firm's. */
  openMatters(): Promise<Pick<FirmLists, 'matters' | 'offices'>>;

  /** One open task per marker: looks for the marker first, creates only when none is found. */
  ensureTask(task: NewTask): Promise<{ clioId: string }>;
  /** Completing a task that is gone or complete is fine. */
  completeTask(taskId: string, note: string | null): Promise<void>;
  task(taskId: string): Promise<{ clioId: string; done: boolean } | null>;

  webhooks(): Promise<ClioWebhook[]>;
  createWebhook(request: { url: string; model: WebhookModel; expiresAt: Instant }): Promise<ClioWebhook & { sharedSecret: string | null }>;
  renewWebhook(id: string, expiresAt: Instant): Promise<ClioWebhook>;
  deleteWebhook(id: string): Promise<void>;
  /** The delayed handshake: `PUT /webhooks/{id}/activate`. */
  activateWebhook(id: string, secret: string): Promise<void>;

  customActions(): Promise<{ clioId: string; label: string; targetUrl: string; place: string }[]>;
  /** False when Clio refuses the place (422), as it does for bills today. */
  createCustomAction(request: { label: string; targetUrl: string; place: CustomActionPlace }): Promise<boolean>;
  moveCustomAction(id: string, targetUrl: string): Promise<void>;
  deleteCustomAction(id: string): Promise<void>;
  /** Uses the nonce up. True only when Clio answers 200 for this user, record and nonce. */
  verifyLaunch(subject: LaunchSubject, nonce: string): Promise<boolean>;
}

export interface ClioUser {
  clioId: string;
  name: string;
  email: string | null;
  roles: string[];
  enabled: boolean;
  timeZone: string;
  account: { clioId: string; name: string };
}

export interface ClioBankAccount {
  clioId: string;
  name: string;
  type: 'operating' | 'trust';
  currency: string | null;
}

/** `key` as `taxCombinationKey` in core makes it; `rate` percent as decimal text. */
export interface TaxCombination {
  key: string;
  label: string;
  rate: string;
}

export interface NewTask {
  name: string;
  description: string;
  /** Text inside the description by which the task is found again. */
  marker: string;
  assigneeId: string;
  matterId: string | null;
  dueOn: CalendarDate;
}

export type WebhookModel = 'bill' | 'contact' | 'matter' | 'activity' | 'task' | 'clio_payments_payment';

export interface ClioWebhook {
  clioId: string;
  url: string;
  model: string;
  state: 'pending' | 'enabled' | 'suspended';
  expiresAt: Instant;
}

export type CustomActionPlace = 'matters/show' | 'contacts/show' | 'bills/show';

/** What a custom action was pressed on, parsed from `subject_url`. */
export interface LaunchSubject {
  kind: 'matters' | 'contacts' | 'bills';
  clioId: string;
}
