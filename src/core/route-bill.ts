import type { Bill, MatterRef } from './bill.js';
import { hold } from './hold.js';
import type { Hold } from './plan.js';

/** How a firm with several organisations tells where a bill belongs. */
export interface Route {
  /** The organisation the firm began with. What is kept for it carries no organisation in its ids. */
  home: string;
  /** Looked at in this order: the first that fits a matter decides. */
  rules: RouteRule[];
  /** Where goes what no rule names; null: it waits for a rule. */
  otherwise: string | null;
}

export interface RouteRule {
  when: 'office' | 'practice-area' | 'client';
  /** The name of an office or practice area, or the client's Clio id. */
  value: string;
  organisationId: string;
}

/** `elsewhere`: the bill stays where its invoice is, although the rules lead to that organisation now. */
export type Routed = { organisationId: string; elsewhere: string | null } | { organisationId: null; hold: Hold };

/**
 * The one organisation a bill goes to. `sentTo` is where it is already: nothing that was sent ever moves, whatever became of the rules or of
 * the bill. `nameOf` gives an organisation's name, for the question.
 */
export function routeBill(bill: Pick<Bill, 'client' | 'matters'>, route: Route, sentTo: string | null, nameOf: (organisationId: string) => string): Routed {
  const subjects = bill.matters.length > 0 ? bill.matters : [null];
  const goals = subjects.map((matter) => goalOf(matter, bill.client?.clioId ?? null, route));
  const named = [...new Set(goals.filter((goal) => goal !== null))];
  const clear = goals.includes(null) || named.length !== 1 ? null : (named[0] ?? null);
  if (sentTo !== null) return { organisationId: sentTo, elsewhere: clear === sentTo ? null : clear };
  if (clear !== null) return { organisationId: clear, elsewhere: null };
  return { organisationId: null, hold: hold('route', 'ROUTE_UNCLEAR', { why: whyUnclear(named.map(nameOf)) }) };
}

function whyUnclear(named: string[]): string {
  if (named.length > 1) return `its matters lead to ${named.join(' and ')}`;
  return named.length === 1 ? 'no rule names one of its matters' : 'no rule names its office, practice area or client';
}

function goalOf(matter: Pick<MatterRef, 'office' | 'practiceArea'> | null, clientId: string | null, { rules, otherwise }: Route): string | null {
  const facts: Record<RouteRule['when'], string | null> = { office: matter?.office ?? null, 'practice-area': matter?.practiceArea ?? null, client: clientId };
  return rules.find(({ when, value }) => alike(facts[when], value))?.organisationId ?? otherwise;
}

/** Clio keeps an office as free text on each matter. */
const alike = (fact: string | null, value: string): boolean => fact !== null && plain(fact) === plain(value);
const plain = (text: string): string => text.trim().toLowerCase();
