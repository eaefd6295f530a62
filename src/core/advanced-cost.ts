import { daysApart, type CalendarDate, type Instant } from './calendar.js';
import { sum, type CurrencyCode, type Minor } from './money.js';

/** A cost the firm paid for a client and that stands in Xero, as the report shows it. Minor units of `currency`. */
export interface AdvancedCost {
  costId: string;
  date: CalendarDate;
  amount: Minor;
  currency: CurrencyCode;
  matterId: string | null;
  matter: string;
  category: string;
  vendor: string;
  /** On which approved bill it is charged, and when that was first seen. */
  bill: { clioId: string; number: string; seenAt: Instant } | null;
  /** What the client has paid of that bill is all of it. */
  recovered: boolean;
  /** Clio will never charge it: made non-billable, or shown without charge. */
  notCharged: boolean;
}

/** Paid − billed = what still stands on the account for costs, all of it unbilled or never to be billed. */
export interface MatterCosts {
  matterId: string | null;
  matter: string;
  currency: CurrencyCode;
  paid: Minor;
  billed: Minor;
  /** Of what was billed: on bills that are paid in full. */
  recovered: Minor;
  /** Of what was not billed: it never will be, and needs a journal by hand. */
  notCharged: Minor;
  onAccount: Minor;
  costs: AdvancedCost[];
}

/** By matter and currency, matters with the most on the account first. */
export function costsByMatter(costs: AdvancedCost[]): MatterCosts[] {
  const groupOf = ({ matterId, currency }: AdvancedCost) => `${matterId ?? ''}|${currency}`;
  return [...new Set(costs.map(groupOf))].flatMap((group) => {
    const own = costs.filter((cost) => groupOf(cost) === group);
    const [first] = own;
    if (!first) return [];
    const of = (counts: (cost: AdvancedCost) => boolean) => sum(own.filter(counts).map(({ amount }) => amount));
    const [paid, billed] = [of(() => true), of(({ bill }) => bill !== null)];
    return [{ matterId: first.matterId, matter: first.matter, currency: first.currency, paid, billed, recovered: of(({ bill, recovered }) => bill !== null && recovered), notCharged: of(isForJournal), onAccount: paid - billed, costs: own }];
  }).sort((a, b) => b.onAccount - a.onAccount || a.matter.localeCompare(b.matter));
}

/** Stands on the account although nobody will ever be charged for it. */
export const isForJournal = ({ bill, notCharged }: AdvancedCost): boolean => bill === null && notCharged;

const LONG_DAYS = 90;

/** Billable, and not on any approved bill for more than ninety days. */
export const isLongUnbilled = ({ bill, notCharged, date }: AdvancedCost, today: CalendarDate): boolean => bill === null && !notCharged && date < today && daysApart(date, today) > LONG_DAYS;
