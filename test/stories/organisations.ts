import { ORGANISATION } from './practice.js';
import type { Story } from './story.js';

/** What a firm with two sets of books does. */

/** Another set of books in the same currency. */
export const SECOND = 'Bluegate Dental Group';

export const idOf = (story: Story, name: string) => story.xero.organisations().find((each) => each.name === name)?.id ?? '';
export const invoices = (story: Story, name: string) => story.xero.invoices(name).filter((each) => each.url?.startsWith(story.world.appUrl) === true);
export const openOrganisations = (story: Story) => story.person.open(`${story.world.appUrl}/organisations`);

export async function connectSecond(story: Story): Promise<void> {
  const { person } = story;
  story.xero.invite(SECOND);
  await openOrganisations(story);
  await person.follow('Connect another organisation');
  await person.open(story.xero.consent({ authorizeUrl: person.url.href, organisation: SECOND }));
  await story.settle();
}

export async function setUpSecond(story: Story, choices: Record<string, string> = {}): Promise<void> {
  await story.person.open(`${story.world.appUrl}/organisations/${idOf(story, SECOND)}`);
  await story.person.press('Finish set-up', { mode: 'automatic', startOn: '2020-01-01', 'income.feeAccount': '200', 'income.softCostAccount': '260', 'income.hardCostAccount': '260', ...choices });
  expect([story.person.url.pathname, story.person.$('.wrong').text()]).toEqual(['/organisations', '']);
  await story.settle();
}

/** Saves the rules as rows of the form; `otherwise` by name, blank for none. */
export async function saveRules(story: Story, rules: [when: string, text: string, organisation: string][], otherwise = ORGANISATION): Promise<void> {
  await openOrganisations(story);
  const rows = rules.flatMap(([when, text, organisation], index): [string, string][] => [[`when.${index}`, when], [`text.${index}`, text], [`organisation.${index}`, idOf(story, organisation)]]);
  await story.person.press('Save rules', { ...Object.fromEntries(rows), otherwise: otherwise === '' ? '' : idOf(story, otherwise) });
  expect([story.person.url.pathname, story.person.status]).toEqual(['/organisations', 200]);
  await story.settle();
}
