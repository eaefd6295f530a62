import type { Books } from '../../core/books.js';
import { sentence } from '../../core/reasons.js';
import { validateSettings } from '../../core/validate-settings.js';
import type { SetUpDraft } from '../../store/set-up-schema.js';
import type { FirmFacts } from '../firm-facts.js';
import type { DraftSettings } from './draft-settings.js';
import { STEPS, type Step, type StepName } from './steps.js';

/** `done` is green, `wrong` red; `open` was not answered yet, `waiting` cannot be answered yet. */
export type StepState = 'done' | 'wrong' | 'open' | 'waiting';

export interface CheckedStep {
  step: Step;
  state: StepState;
  /** What is wrong or worth knowing, in sentences. */
  notes: string[];
  finishedBy: string | null;
}

/** All that the tests of the steps look at. */
export interface Checkable {
  facts: FirmFacts;
  draft: SetUpDraft;
  /** Null until the lists of both sides are here. */
  chosen: DraftSettings | null;
  lookAlikes: string[];
  dryRun: DryRunFacts | null;
}

export interface DryRunFacts {
  ended: boolean;
  /** Planned with what set-up says now, and not older than a day. */
  current: boolean;
  needYou: number;
  /** Of these, how many nobody has parked by name. */
  unparked: number;
}

/** The green or red test of each step, told in order. */
export function checkSteps(known: Checkable): CheckedStep[] {
  return STEPS.map((step) => ({ step, ...check(step, known), finishedBy: known.draft.finished[step.name]?.by ?? null }));
}

/** Steps that must be green before anything may go; the trust step and the dry run may stay open. */
export const missingFor = (checked: CheckedStep[]): CheckedStep[] => checked.filter(({ step, state }) => step.name !== 'dry-run' && step.name !== 'go-live' && state !== 'done');

type Checked = Pick<CheckedStep, 'state' | 'notes'>;
const done = (...notes: string[]): Checked => ({ state: 'done', notes });
const wrong = (...notes: string[]): Checked => ({ state: 'wrong', notes });
const open = (...notes: string[]): Checked => ({ state: 'open', notes });
const waiting = (...notes: string[]): Checked => ({ state: 'waiting', notes });

function check(step: Step, known: Checkable): Checked {
  const special = SPECIAL[step.name];
  return special ? special(known) : checkFields(step, known);
}

const SPECIAL: Partial<Record<StepName, (known: Checkable) => Checked>> = {
  'clio-sync': ({ draft }) => {
    const answer = draft.answers['clioSync'];
    if (answer === undefined) return open();
    return answer === 'on' ? wrong('Clio’s own sync is still on. Switch it off in Clio, then say so here.') : done();
  },
  clio: ({ facts, draft }) => {
    if (!facts.clio.some((each) => each.state === 'live')) return wrong('Clio is disconnected. Connect it again.');
    return draft.finished['clio'] ? done() : open();
  },
  organisation: ({ facts, draft }) => {
    if (!facts.xero) return open('No organisation is connected yet.');
    if (facts.xero.state !== 'live') return wrong('Xero asks for a new sign-in. Connect the same organisation again.');
    if (!draft.finished['organisation']) return open();
    if (draft.answers['organisation'] !== facts.xero.organisationId) return wrong(`${facts.xero.organisationName ?? 'Another organisation'} was connected since. Say whether it is the right one.`);
    return facts.books?.organisation.demo ? done('This is a demo organisation: use it to try things out only.') : done();
  },
  trust: ({ draft }) => (draft.finished['trust'] ? done() : open()),
  'dry-run': ({ chosen, dryRun }) => {
    if (!chosen) return waiting();
    if (!dryRun?.ended) return open();
    if (!dryRun.current) return wrong('It is older than a day, or was made with other choices. Run it again.');
    if (dryRun.unparked > 0) return wrong(`${dryRun.unparked} ${dryRun.unparked === 1 ? 'bill needs' : 'bills need'} you. Mend what it says, or let each wait by name.`);
    return dryRun.needYou === 0 ? done() : done(`${dryRun.needYou} ${dryRun.needYou === 1 ? 'bill will wait' : 'bills will wait'} in the inbox, each with what to do.`);
  },
  'go-live': ({ facts }) => (facts.settings ? done() : open()),
};

/** A page of settings passes when each of its fields was confirmed and works with the books as they are now. */
function checkFields(step: Step, { facts, draft, chosen }: Checkable): Checked {
  const { books, lists } = facts;
  if (!books || !lists || !chosen) return waiting('It follows once the lists of Xero and Clio have arrived.');
  if (!draft.finished[step.name]) return open();
  const fields = fieldsOf(step, chosen);
  const found = validateSettings(chosen.settings, books, lists).filter((each) => step.asks(each.field));
  const [asks, faults] = [found.filter((each) => isLeftOpen(each.reason)), found.filter((each) => !isLeftOpen(each.reason))];
  const gone = fields.filter((field) => field.value !== '' && field.kind === 'choice' && !field.options.some((option) => option.value === field.value) && !faults.some((each) => each.field === field.name));
  const problems = [...faults.map((each) => sentence(each.reason, each.facts)), ...gone.map((field) => `${field.label}: the choice no longer works in Xero.`)];
  if (problems.length > 0) return wrong(...problems);
  return done(...asks.map((each) => `${labelOf(each.field, fields)}: asked once ${step.name === 'banks' ? 'a payment' : 'a bill'} has it.`), ...startNote(step, books, chosen));
}

const isLeftOpen = (reason: string) => reason === 'TAX_UNMAPPED' || reason === 'BANK_UNMAPPED';

const labelOf = (name: string, fields: { name: string; label: string }[]) => fields.find((field) => field.name === name)?.label ?? 'Something that came up since';

const startNote = (step: Step, { lockedThrough }: Books, { settings }: DraftSettings): string[] =>
  step.name === 'start' && lockedThrough !== null && settings.startOn <= lockedThrough ? ['The books were locked past it meanwhile.'] : [];

const fieldsOf = (step: Step, { form, settings }: DraftSettings) => form.flatMap((group) => group.fields).filter((field) => step.asks(field.name)).map((field) => ({ ...field, value: field.get(settings) }));
