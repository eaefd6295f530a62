import { formText } from '../form-text.js';
import { Problem } from '../problem.js';
import { readSettings, textEntered } from '../settings-entry.js';
import type { Progress } from './progress.js';
import type { Step } from './steps.js';

/** What a person entered on one page: what it comes to, and what is wrong with it by field. */
export interface Entered {
  body: unknown;
  answers: Record<string, string>;
  wrong: Record<string, string>;
}

/** Reads the form of one step. Nothing is kept yet. Throws a `Problem` while the step cannot be answered. */
export function answersOf(step: Step, progress: Progress, body: unknown): Entered {
  switch (step.name) {
    case 'clio-sync':
      return oneOf(body, 'clioSync', ['never', 'off', 'on'], 'Say whether it is on.');
    case 'organisation':
      return organisation(progress, body);
    case 'clio':
    case 'trust':
    case 'dry-run':
    case 'go-live':
      return { body, answers: {}, wrong: {} };
    default:
      return settingsOf(step, progress, body);
  }
}

function oneOf(body: unknown, name: string, allowed: string[], says: string): Entered {
  const text = formText(body, name);
  return text !== undefined && allowed.includes(text) ? { body, answers: { [name]: text }, wrong: {} } : { body, answers: {}, wrong: { [name]: says } };
}

/** The person says which organisation it was: the one on the screen, not whichever is connected by now. */
function organisation({ facts }: Progress, body: unknown): Entered {
  const { xero, books } = facts;
  if (xero?.state !== 'live' || xero.organisationId === null) throw tooEarly();
  const wrong: Record<string, string> = {};
  if (formText(body, 'organisation') !== xero.organisationId) wrong['organisation'] = 'Another organisation was connected meanwhile. Look at its name, then say whether it is the right one.';
  if (books?.organisation.demo && formText(body, 'demo') !== 'on') wrong['demo'] = 'Tick this if you only want to try things out. Else connect your firm’s own organisation.';
  return { body, answers: { organisation: xero.organisationId }, wrong };
}

function settingsOf(step: Step, { facts, chosen }: Progress, body: unknown): Entered {
  const { books, lists } = facts;
  if (!books || !lists || !chosen) throw tooEarly();
  const fields = chosen.form.flatMap((group) => group.fields).filter((field) => step.asks(field.name));
  // A tax or bank that came up while the page was open was not on it: nobody confirmed it.
  const asked = fields.filter((field) => field.kind === 'tick' || formText(body, field.name) !== undefined || !/^(taxMap|bankMap)\./.test(field.name));
  const { wrong } = readSettings([{ title: step.title, fields: asked }], body, chosen.settings, { admin: true, books, lists });
  return { body, answers: Object.fromEntries(asked.map((field) => [field.name, textEntered(field, body)])), wrong };
}

const tooEarly = () =>
  new Problem({ status: 409, title: 'The lists are still arriving', text: 'Connect Xero first and give Tieout a moment to read accounts and taxes. Nothing was saved.', action: { label: 'Back to set-up', href: '/setup' } });
