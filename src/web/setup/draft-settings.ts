import type { Books } from '../../core/books.js';
import type { FirmLists } from '../../core/firm-lists.js';
import { proposeSettings } from '../../core/propose-settings.js';
import type { Settings } from '../../core/settings.js';
import type { SetUpDraft } from '../../store/set-up-schema.js';
import { costFields } from '../cost-fields.js';
import type { FieldGroup } from '../setting-field.js';
import { settingsForm } from '../settings-form.js';
import type { Wording } from '../wording.js';

/** The settings as set-up has them so far, and the form that asks for them. */
export interface DraftSettings {
  settings: Settings;
  /** Why something is proposed, by name of the field. */
  why: ReadonlyMap<string, string>;
  form: FieldGroup[];
}

interface Known {
  books: Books;
  lists: FirmLists;
  words: Wording;
  today: string;
  /** Accounts for clients' money that two people have agreed on. */
  trust: Settings['trust'];
}

/** What the firm's own lists suggest, with everything a person has confirmed put over it. */
export function draftSettings({ books, lists, words, today, trust }: Known, draft: SetUpDraft): DraftSettings {
  const proposed = proposeSettings({ books, lists, today });
  // What nobody could propose may wait until a bill or payment has it; what was proposed is confirmed or changed.
  const mayWait = (field: string) => valueAt(proposed.settings, field) === undefined;
  const form = [...settingsForm({ books, lists, words, settings: proposed.settings, mayWait }), costFields(books, words)];
  const start: Settings = {
    ...proposed.settings,
    trust,
    // Taxes and banks that came up after their page was left are confirmed by nobody: they ask once a bill has them.
    taxMap: draft.finished['taxes'] ? {} : proposed.settings.taxMap,
    bankMap: draft.finished['banks'] ? {} : proposed.settings.bankMap,
  };
  const settings = form.flatMap((group) => group.fields).reduce((so, field) => {
    const answer = draft.answers[field.name];
    return answer === undefined ? so : field.set(so, answer);
  }, start);
  return { settings, why: new Map(proposed.why.map((each) => [each.field, each.reason])), form };
}

function valueAt({ taxMap, bankMap }: Settings, field: string): string | undefined {
  const [map = '', ...key] = field.split('.');
  return (map === 'taxMap' ? taxMap : bankMap)[key.join('.')];
}
