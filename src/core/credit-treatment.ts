import type { Choice } from './plan.js';
import type { CreditTreatment, Settings } from './settings.js';

const WORDS: Record<CreditTreatment, string> = { reduction: 'A reduction: less income and less tax', 'bad-debt': 'A bad debt: income and tax stay' };
const FOR_ALL: Record<CreditTreatment, string> = { reduction: 'A reduction', 'bad-debt': 'A bad debt' };
const TREATMENTS: CreditTreatment[] = ['reduction', 'bad-debt'];

/** Each treatment for this credit; and those that may be `kept` for all credits of the client or of the firm. */
export function treatmentChoices(kept: CreditTreatment[]): Choice[] {
  const now = TREATMENTS.map((is): Choice => ({ id: is, label: WORDS[is] }));
  return [...now, ...kept.map((is) => ({ id: `${is}:client`, label: `${FOR_ALL[is]}, always for this client` })), ...kept.map((is) => ({ id: `${is}:always`, label: `${FOR_ALL[is]}, always for every client` }))];
}

export const treatmentIn = (choice: string): CreditTreatment => (choice.startsWith('bad-debt') ? 'bad-debt' : 'reduction');

/** What the firm chose for this client, or for all; null where it wants to be asked. */
export function rememberedTreatment({ credits }: Settings, clientId: string | null): CreditTreatment | null {
  const ofClient = clientId === null ? undefined : credits.byClient[clientId];
  return ofClient ?? (credits.treatment === 'ask' ? null : credits.treatment);
}

/** The settings after such an answer; null when it was for one credit only. */
export function remembering(settings: Settings, choice: string, clientId: string | null): Settings | null {
  const { credits } = settings;
  if (choice.endsWith(':always')) return { ...settings, credits: { ...credits, treatment: treatmentIn(choice) } };
  if (choice.endsWith(':client') && clientId !== null) return { ...settings, credits: { ...credits, byClient: { ...credits.byClient, [clientId]: treatmentIn(choice) } } };
  return null;
}
