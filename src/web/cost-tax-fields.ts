import type { Books } from '../core/books.js';
import { doubtAboutDisbursement, NO_CATEGORY, tellsCostsApart } from '../core/cost-tag.js';
import type { FirmLists } from '../core/firm-lists.js';
import type { CostTag, Settings } from '../core/settings.js';
import type { Choices } from './settings-choices.js';
import { choice, mapped, oneOf, type Field, type FieldGroup } from './setting-field.js';
import type { Wording } from './wording.js';

/** Which costs are passed on without tax and which are taxed like fees; asked where the law tells them apart. */
export function costTaxFields(books: Books, lists: FirmLists, choices: Choices, words: Wording): FieldGroup[] {
  const { country } = books.organisation;
  if (!tellsCostsApart(country)) return [];
  const categories = [...lists.costCategories.filter((each) => each.kind !== 'soft'), { clioId: NO_CATEGORY, name: 'Costs without a category' }];
  return [{
    title: `Costs and ${words.tax}`,
    fields: [
      choice('costTax.untagged', 'Costs not decided below', 'The first bill with such a cost waits for your decision, or the cost goes with the tax that Clio gives it.', [['ask', 'Ask'], ['as-clio', 'As Clio taxes them']], (s) => s.costTax.untagged, (s, untagged) => ({ ...s, costTax: { ...s.costTax, untagged: oneOf(['ask', 'as-clio'], untagged) } })),
      ...categories.map((each) => tagField(each, country)),
      choice('taxMap.disbursement/none', 'Code for disbursements', 'Outside the scope of tax. Choose a code of its own only if your return needs one.', choices.taxes, (s) => s.taxMap['disbursement/none'] ?? '', (s, code) => ({ ...s, taxMap: mapped(s.taxMap, 'disbursement/none', code) }), { blank: 'The same as for lines without tax' }),
    ],
  }];
}

function tagField({ clioId, name }: { clioId: string; name: string }, country: string): Field {
  const tagged = (s: Settings, tag: CostTag | ''): Settings => ({ ...s, costTax: { ...s.costTax, categories: mapped(s.costTax.categories, clioId, tag) } });
  return choice(`costTax.categories.${clioId}`, name, 'Paid to others on the client’s behalf, or part of what the firm supplies.', [['disbursement', 'Disbursement, without tax'], ['recharge', 'Recharge, taxed like fees']], (s) => s.costTax.categories[clioId] ?? '', (s, tag) => tagged(s, tag === '' ? '' : oneOf(['disbursement', 'recharge'], tag)), {
    blank: 'Not decided',
    doubt: (tag) => (tag === 'disbursement' ? doubtAboutDisbursement(name, country) : null),
  });
}
