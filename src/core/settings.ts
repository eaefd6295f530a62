import type { CalendarDate } from './calendar.js';
import type { Minor } from './money.js';

/** A firm's choices. Every value a person chose from the organisation's own lists is kept by id or code. */
export interface Settings {
  mode: 'review' | 'automatic' | 'paused';
  /** Bills issued before this day are linked when found in Xero, never created. */
  startOn: CalendarDate;
  /** The day the firm went live; null for those that did before it was kept. */
  liveSince: CalendarDate | null;
  invoice: {
    status: NewInvoiceStatus;
    detail: 'bill' | 'category' | 'timekeeper' | 'activity';
    /** Narratives may be privileged; off unless the firm says so. */
    narratives: boolean;
    timekeepers: boolean;
    brandingThemeId: string | null;
    /** `{bill}` stands for the bill's number. */
    numberTemplate: string;
    /** New invoices show as sent in Xero, so that nobody sends them twice. */
    markSent: boolean;
  };
  income: {
    feeAccount: string | null;
    softCostAccount: string | null;
    hardCostAccount: string | null;
    interestAccount: string | null;
    discountAccount: string | null;
    /** Looked at in this order: the first that fits a line decides. */
    rules: AccountRule[];
  };
  /** Combination of taxes → Xero tax type. Keys are made by `taxCombinationKey`; the empty combination is `none`; `disbursement/none` maps one kind of line only. */
  taxMap: Record<string, string>;
  rounding: { tolerance: Minor; account: string | null };
  /** Clio bank account id (or `default`, or `online:card`, `online:echeck`) → Xero AccountID. */
  bankMap: Record<string, string>;
  payments: {
    /** How money that landed in Xero gets into Clio. */
    fromXero: 'mark-paid-or-task' | 'task' | 'inbox' | 'off';
    /** Days by which a payment's date may differ and still be the same payment. */
    sameWithinDays: number;
    taskAssigneeId: string | null;
  };
  /** What an edit does once payments stand on the invoice: one more document for the difference, or our payments come off while it changes. */
  editPaid: 'adjust' | 'reapply' | 'ask';
  /** `byClient`: what was chosen once for all credits of a Clio contact, by its id. */
  credits: { treatment: CreditTreatment | 'ask'; badDebtAccount: string | null; byClient: Record<string, CreditTreatment> };
  contacts: {
    partialMatch: 'ask' | 'create';
    /** Whether details changed in Clio after the contact was made follow into Xero. */
    direction: 'create' | 'clio-to-xero';
  };
  costs: { hard: 'off' | 'spend' | 'draft-bill' | 'bill'; account: string | null; bankAccount: string | null; importFromXero: boolean };
  /** Clio's trust accounts that are set up, by their Clio id; empty as long as two people have not switched one on. */
  trust: Record<string, TrustAccount>;
  /** Whether a cost is passed on outside the scope of tax, or is part of what the firm supplies. */
  costTax: {
    /** By the id of Clio's expense category; `none` are costs without one. */
    categories: Record<string, CostTag>;
    /** Costs that nobody has tagged. */
    untagged: 'ask' | 'as-clio';
  };
  tracking: TrackingRule[];
  /** What dated in a closed period waits, or moves to the first open day; invoices may do so as drafts, for somebody to approve. */
  lockPolicy: 'hold' | 'first-open-day' | 'draft';
}

/** Where the money of one trust account stands in Xero, apart from all other money. */
export interface TrustAccount {
  /** As Clio calls it. */
  name: string;
  /** Xero's AccountID of its bank. */
  bankAccount: string;
  /** Code of the liability account. */
  liabilityAccount: string;
}

export type CreditTreatment = 'reduction' | 'bad-debt';

export type NewInvoiceStatus = 'draft' | 'submitted' | 'authorised';

export type CostTag = 'disbursement' | 'recharge';

export interface AccountRule {
  when: 'category' | 'utbms' | 'timekeeper' | 'practice-area' | 'office' | 'matter';
  /** The Clio id, or the name of an office or practice area. */
  value: string;
  accountCode: string;
}

/** One of at most two tracking categories and where its option comes from; the option is found by name. */
export interface TrackingRule {
  categoryId: string;
  from: 'practice-area' | 'office' | 'responsible-attorney' | 'matter';
}
