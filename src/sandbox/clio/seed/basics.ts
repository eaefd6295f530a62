import type { Firm } from '../firm.js';
import type { UserRecord } from '../records.js';

export interface Basics {
  admin: UserRecord;
  attorney: UserRecord;
  reader: UserRecord;
  categories: Record<'courtFees' | 'photocopies' | 'travel' | 'experts', number>;
  descriptions: Record<'drafting' | 'research' | 'call' | 'hearing', number>;
  areas: Record<'litigation' | 'family' | 'conveyancing', number>;
  currencies: Record<'USD' | 'CAD' | 'GBP' | 'EUR' | 'AUD' | 'JPY' | 'KWD', number>;
  accounts: Record<'operating' | 'trust', number>;
}

/** What every account has before its first client. */
export function seedBasics(firm: Firm): Basics {
  const [admin, attorney, reader] = users(firm);
  const currency = (code: string, sign: string) => firm.currencies.add((stamp) => ({ ...stamp, code, sign })).id;
  const currencies = { USD: currency('USD', '$'), CAD: currency('CAD', '$'), GBP: currency('GBP', '£'), EUR: currency('EUR', '€'), AUD: currency('AUD', '$'), JPY: currency('JPY', '¥'), KWD: currency('KWD', 'KD') };
  const account = (name: string, type: 'Operating' | 'Trust', isDefault: boolean, openingBalance: number) =>
    firm.bankAccounts.add((stamp) => ({ ...stamp, name, type, currencyId: firm.facts.homeCurrencyId, institution: 'Coast Bank', isDefault, openingBalance })).id;
  const accounts = { operating: account('Operating – Coast Bank', 'Operating', true, 4_821_055), trust: account('Pooled Trust', 'Trust', false, 12_875_000) };
  taxes(firm);
  return { admin, attorney, reader, currencies, accounts, categories: categories(firm), descriptions: descriptions(firm), areas: areas(firm) };
}

function users(firm: Firm): [UserRecord, UserRecord, UserRecord] {
  const domain = `${firm.region}.firm.example`;
  const user = (firstName: string, lastName: string, roles: string[], subscription: UserRecord['subscription'], jobTitle: string, owner = false) =>
    firm.users.add((stamp) => ({ ...stamp, firstName, lastName, email: `${firstName.toLowerCase()}@${domain}`, enabled: true, owner, roles, subscription, jobTitle }));
  return [
    user('Dana', 'Whitlock', ['admin', 'billing', 'accounts'], 'NonAttorney', 'Billing Manager', true),
    user('Rafael', 'Ortiz', ['billing'], 'Attorney', 'Partner'),
    user('Imogen', 'Pryce', [], 'NonAttorney', 'Paralegal'),
  ];
}

function taxes(firm: Firm): void {
  const settings = {
    us: { taxName: 'State Sales Tax', taxRate: 8.25, useSecondaryTax: true, secondaryTaxName: 'City Tax', secondaryTaxRate: 1.375, secondaryTaxRule: 'Pre' as const },
    ca: { taxName: 'GST', taxRate: 5, useSecondaryTax: true, secondaryTaxName: 'PST', secondaryTaxRate: 7, secondaryTaxRule: 'Pre' as const },
    eu: { taxName: 'VAT', taxRate: 20, useSecondaryTax: false, secondaryTaxName: null, secondaryTaxRate: 0, secondaryTaxRule: 'Pre' as const },
    au: { taxName: 'GST', taxRate: 10, useSecondaryTax: false, secondaryTaxName: null, secondaryTaxRate: 0, secondaryTaxRule: 'Pre' as const },
  }[firm.region];
  Object.assign(firm.billingSettings, settings, { multiCurrency: true });
  const configuration = (name: string, rate: number, isSystem: boolean) => firm.taxRateConfigurations.add((stamp) => ({ ...stamp, name, rate, country: null, isSystem }));
  configuration('Do not apply tax', 0, true);
  configuration('Tax exempt', 0, true);
  configuration(settings.taxName, settings.taxRate / 100, false);
  if (settings.secondaryTaxName !== null) configuration(settings.secondaryTaxName, settings.secondaryTaxRate / 100, false);
}

function categories(firm: Firm): Basics['categories'] {
  const copying = firm.utbmsCodes.add((stamp) => ({ ...stamp, code: 'E101', name: 'Copying', type: 'UtbmsExpense' })).id;
  const category = (name: string, entryType: 'hard_cost' | 'soft_cost' | null, xeroExpenseCode: string | null, taxSetting: string, utbmsCodeId?: number) =>
    firm.expenseCategories.add((stamp) => ({ ...stamp, name, rate: entryType === 'soft_cost' ? 0 : null, entryType, xeroExpenseCode, taxSetting, ...(utbmsCodeId === undefined ? {} : { utbmsCodeId }) })).id;
  return {
    courtFees: category('Court fees', 'hard_cost', '429', 'no_tax'),
    photocopies: category('Photocopies', 'soft_cost', null, 'tax_1_only', copying),
    travel: category('Travel', null, '493', 'tax_1_only'),
    experts: category('Expert witnesses', 'hard_cost', '429', 'tax_1_only'),
  };
}

function descriptions(firm: Firm): Basics['descriptions'] {
  const motions = firm.utbmsCodes.add((stamp) => ({ ...stamp, code: 'L430', name: 'Written Motions and Submissions', type: 'UtbmsTask' })).id;
  const description = (name: string, rate: number, xeroServiceCode: string | null, utbmsTaskId?: number) => firm.activityDescriptions.add((stamp) => ({ ...stamp, name, rate, xeroServiceCode, ...(utbmsTaskId === undefined ? {} : { utbmsTaskId }) })).id;
  return {
    drafting: description('Drafting', 320, '200', motions),
    research: description('Research', 280, '200'),
    call: description('Telephone call', 300, null),
    hearing: description('Court hearing', 450, '260'),
  };
}

function areas(firm: Firm): Basics['areas'] {
  const area = (name: string, code: string, category: string) => firm.practiceAreas.add((stamp) => ({ ...stamp, name, code, category })).id;
  return {
    litigation: area('Commercial Litigation', 'COML', 'commercial_litigation'),
    family: area('Family', 'FAM', 'family'),
    conveyancing: area('Real Estate', 'REAL', 'real_estate'),
  };
}
