import type { BillTruth, Choice, Facts, Hold, Plan } from './plan.js';
import type { Reason } from './reasons.js';

/** A question or a wait. `about` is unique within a plan: what it concerns, e.g. `bill`, `tax:primary:5`, `payment:88812`. */
export function hold(about: string, reason: Reason, facts: Facts = {}, choices: Choice[] = []): Hold {
  return { about, reason, facts, choices };
}

/** Nothing to do until these are answered or over. */
export const held = (...holds: Hold[]): Plan => ({ steps: [], holds, leftOut: null });

/** The choice a person made on this very question; null when nobody answered, or the facts have changed since. */
export function answerTo(truth: Pick<BillTruth, 'answers'>, asked: Hold): string | null {
  const answer = truth.answers?.find((each) => each.about === asked.about && each.reason === asked.reason && sameFacts(each.facts, asked.facts));
  return asked.choices.some((choice) => choice.id === answer?.choice) ? (answer?.choice ?? null) : null;
}

/** One hold per thing: of several about the same, the first says enough. */
export function oncePerThing(holds: Hold[]): Hold[] {
  return [...new Map(holds.toReversed().map((each) => [each.about, each])).values()].reverse();
}

/** Whether a question is still the one somebody read. */
export const sameFacts = (a: Facts, b: Facts): boolean => Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
