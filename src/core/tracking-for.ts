import type { Bill, MatterRef } from './bill.js';
import type { Books } from './books.js';
import { hold } from './hold.js';
import type { TrackingChoice } from './invoice.js';
import type { Hold } from './plan.js';
import type { Settings, TrackingRule } from './settings.js';

const VALUE: Record<TrackingRule['from'], (matter: MatterRef) => string | null> = {
  'practice-area': (matter) => matter.practiceArea,
  office: (matter) => matter.office,
  'responsible-attorney': (matter) => matter.responsibleAttorney,
  matter: (matter) => matter.number,
};

/** The tracking options of a line, found by the name its matter gives; a matter without a value is not tracked. */
export function trackingFor(bill: Pick<Bill, 'matters'>, matterId: string | null, settings: Settings, books: Books): { choices: TrackingChoice[]; holds: Hold[] } {
  const matter = bill.matters.find((each) => each.clioId === matterId) ?? (bill.matters.length === 1 ? bill.matters[0] : undefined);
  const choices: TrackingChoice[] = [];
  const holds: Hold[] = [];
  for (const rule of settings.tracking) {
    const name = matter && VALUE[rule.from](matter);
    if (!name) continue;
    const category = books.tracking.find((each) => each.xeroId === rule.categoryId && each.active);
    const option = category?.options.find((each) => each.active && same(each.name, name));
    if (option) choices.push({ categoryId: rule.categoryId, optionId: option.xeroId });
    else holds.push(hold(`tracking:${rule.categoryId}:${name}`, 'TRACKING_OPTION', { category: category?.name ?? rule.from, option: name }));
  }
  return { choices, holds };
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
