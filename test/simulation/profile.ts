import { drawCalendar, ORDINARY, type Calendar } from './calendar.js';
import type { Limits } from './call-limits.js';
import type { Random } from './random.js';

/** What can go wrong with one call to a vendor. */
export const CALL_FAULTS = [
  'request lost', 'answer lost', 'slow answer', 'reset on a reused connection', 'commit after the time-out', 'commit while the key is pending', 'minute limit', 'day limit',
  'limit of calls at once', 'limit of the app', 'error before commit', 'error after commit', 'page in place of an answer', 'answer cut short', 'half of a batch', 'never sent',
  'token refused', 'right refused', 'stall between check and send',
] as const;
export const STORE_FAULTS = ['store busy', 'store answer lost', 'store slow'] as const;
export const PROCESS_FAULTS = ['crash', 'freeze', 'clock jump'] as const;
export const NOTICE_FAULTS = ['notice lost', 'notice doubled', 'notice late', 'burst of notices', 'old notice again'] as const;
export const FAULTS = [...CALL_FAULTS, ...STORE_FAULTS, ...PROCESS_FAULTS, ...NOTICE_FAULTS] as const;
export type Fault = (typeof FAULTS)[number];
export type CallFault = (typeof CALL_FAULTS)[number];

/** Answers no document gives, by the numbers in docs/vendor-assumptions.md. */
export interface Unknowns {
  /** X1: does our own write come back as a notice? */
  noticesOfOwnWrites: boolean;
  /** X3: the second call while the first with the same key still runs. */
  pendingKey: 'waits' | 'refused as conflict' | 'refused as rejected';
  /** X4: a voided invoice keeps its number. */
  voidedKeepsNumber: boolean;
  /** X5: Xero puts its own tax in the place of ours. */
  ownTax: boolean;
  /** X8: what a refresh token used once more gives. */
  refreshAgain: 'new pair' | 'same pair';
  /** X10: If-Modified-Since leaves out what changed in that very second. */
  sinceIsExclusive: boolean;
  /** X11: reads show what was true this long ago. */
  lookUpLagMs: number;
  /** X13: deleting a payment moves the date of its invoice. */
  deletionIsStamped: boolean;
  /** X14: the number of a deleted draft may be used again. */
  deletedFreesNumber: boolean;
  /** X17: the date a notice carries, against that of the record. */
  noticeDates: 'equal' | 'later' | 'none';
  /** C1: bills offer to become paid. */
  offersPaid: boolean;
  /** C2: what `state: paid` does. */
  markPaid: 'refused' | 'settles' | 'settles with a payment' | 'keeps the balance';
  /** C8: payments on a bill are announced as a change of the bill. */
  noticesOfPayments: boolean;
  /** C12: a deleted bill is not found any more. */
  deletedIsGone: boolean;
  /** C18: a voided bill's balance is 0. */
  voidedBalanceZero: boolean;
  /** C19: a credit says whether it is a credit note or a write-off. */
  namesCredits: boolean;
}

/** What a firm chose when it was set up. */
export interface Choices {
  credits: 'reduction' | 'bad-debt' | 'ask';
  costs: 'off' | 'spend';
  fromXero: 'mark-paid-or-task' | 'task';
  editPaid: 'adjust' | 'reapply' | 'ask';
}

/** One seed's circumstances. */
export interface Profile {
  /** Nobody contradicts anybody: then no question may remain but "record this payment in Clio". */
  calm: boolean;
  /** Freezes up to 20 minutes and clocks that jump: beyond what payments are promised for, so a double must at least be reported. */
  extreme: boolean;
  /** Every receipt has an amount of its own, so that nobody could mistake one for another. */
  ownAmounts: boolean;
  processes: number;
  firms: Choices[];
  bills: number;
  acts: number;
  /** Calls to Xero carry tokens, which end and are renewed. */
  signsIn: boolean;
  /** Calls to Clio too, whose refresh token stays the same. */
  signsInToClio: boolean;
  /** The database is a replica set, whose primary is lost this often: for seconds some processes read what a former one shows. */
  failOvers: number;
  calendar: Calendar;
  /** Xero counts calls, and every process keeps a budget of them. */
  limits: Limits | null;
  /** Notices are signed requests that a process receives and answers; else they are in the store as soon as they come. */
  receives: boolean;
  rates: Record<Fault, number>;
  unknowns: Unknowns;
}

const LIKELY: Record<Fault, number> = {
  'request lost': 0.03, 'answer lost': 0.06, 'commit after the time-out': 0.05, 'commit while the key is pending': 0.04, 'minute limit': 0.03, 'day limit': 0.002,
  'slow answer': 0.01, 'reset on a reused connection': 0.03, 'limit of calls at once': 0.01, 'limit of the app': 0.003, 'page in place of an answer': 0.02, 'answer cut short': 0.02, 'half of a batch': 0.02,
  'error before commit': 0.03, 'error after commit': 0.05, 'never sent': 0.02, 'token refused': 0.003, 'right refused': 0.003, 'stall between check and send': 0.02,
  'store busy': 0.002, 'store answer lost': 0.002, 'store slow': 0.004, crash: 0.003, freeze: 0.002, 'clock jump': 0.0005,
  'notice lost': 0.3, 'notice doubled': 0.2, 'notice late': 0.3, 'burst of notices': 0.03, 'old notice again': 0.1,
};

/** `apart`: for what was added later, so that all else stays as it was drawn before; null for a seed as it was before all that. */
export function drawProfile(random: Random, apart: Random | null): Profile {
  const extreme = random.chance(0.1);
  const rate = (fault: Fault): number => (random.chance(0.55) ? LIKELY[fault] * 2 * random.next() : 0);
  const rates = Object.fromEntries(FAULTS.map((fault) => [fault, rate(fault)])) as Record<Fault, number>;
  if (!extreme) rates['clock jump'] = 0;
  const profile: Profile = {
    calm: random.chance(0.35),
    extreme,
    ownAmounts: random.chance(0.8),
    processes: random.int(1, 3),
    firms: Array.from({ length: random.chance(0.2) ? 2 : 1 }, () => ({
      credits: random.pick(['reduction', 'bad-debt', 'ask'] as const) ?? 'ask',
      costs: random.chance(0.3) ? ('spend' as const) : ('off' as const),
      fromXero: random.chance(0.8) ? ('mark-paid-or-task' as const) : ('task' as const),
      editPaid: random.pick(['adjust', 'reapply', 'ask'] as const) ?? 'adjust',
    })),
    bills: random.int(1, 4),
    acts: random.int(3, 14),
    receives: apart?.chance(0.7) ?? false,
    signsIn: apart?.chance(0.5) ?? false,
    signsInToClio: false,
    limits: apart?.chance(0.4) ? { perMinute: apart.int(6, 20), inFlight: apart.int(2, 5), perDay: null } : null,
    rates,
    unknowns: {
      noticesOfOwnWrites: random.chance(0.5),
      pendingKey: random.pick(['waits', 'refused as conflict', 'refused as rejected'] as const) ?? 'waits',
      voidedKeepsNumber: random.chance(0.7),
      ownTax: random.chance(0.25),
      sinceIsExclusive: random.chance(0.5),
      lookUpLagMs: random.chance(0.3) ? random.int(500, 8_000) : 0,
      deletionIsStamped: random.chance(0.7),
      deletedFreesNumber: random.chance(0.5),
      noticeDates: random.pick(['equal', 'later', 'none'] as const) ?? 'none',
      offersPaid: random.chance(0.5),
      markPaid: random.pick(['refused', 'settles', 'settles with a payment', 'keeps the balance'] as const) ?? 'refused',
      noticesOfPayments: random.chance(0.5),
      deletedIsGone: random.chance(0.5),
      voidedBalanceZero: random.chance(0.5),
      namesCredits: random.chance(0.5),
      refreshAgain: apart?.chance(0.5) ? 'same pair' : 'new pair',
    },
    failOvers: apart?.chance(0.4) ? apart.int(1, 6) : 0,
    calendar: apart ? drawCalendar(apart) : ORDINARY,
  };
  if (profile.limits && apart?.chance(0.4)) profile.limits.perDay = apart.int(40, 150);
  profile.signsInToClio = apart?.chance(0.25) ?? false;
  return profile;
}
