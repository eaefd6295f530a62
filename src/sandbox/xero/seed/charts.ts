import { classOfType } from '../books/accounts.js';
import type { Account, Organisation, TaxRate } from '../books/organisation.js';
import { namedId } from '../ids.js';

type Row = [code: string, name: string, type: string, more?: Partial<Account>];

const usRows: Row[] = [
  ['090', 'Office account', 'BANK', { bankAccountNumber: '021000021-440178', currencyCode: 'USD' }],
  ['095', 'Trust account (IOLTA)', 'BANK', { bankAccountNumber: '021000021-440199', currencyCode: 'USD' }],
  ['097', 'Euro account', 'BANK', { bankAccountNumber: '021000021-440207', currencyCode: 'EUR' }],
  ['200', 'Legal fees', 'REVENUE', { taxType: 'TAX001' }],
  ['210', 'Flat fees', 'REVENUE', { taxType: 'TAX001' }],
  ['260', 'Recovered client costs', 'REVENUE'],
  ['270', 'Interest income', 'OTHERINCOME'],
  ['400', 'Filing and court fees', 'EXPENSE'],
  ['410', 'Fee reductions', 'EXPENSE'],
  ['420', 'Bad debts', 'EXPENSE'],
  ['610', 'Accounts receivable', 'CURRENT', { systemAccount: 'DEBTORS' }],
  ['620', 'Advanced client costs', 'CURRENT'],
  ['630', 'Card clearing', 'CURRENT', { enablePayments: true }],
  ['699', 'Old suspense account', 'CURRENT', { status: 'ARCHIVED' }],
  ['800', 'Accounts payable', 'CURRLIAB', { systemAccount: 'CREDITORS' }],
  ['820', 'Sales tax', 'CURRLIAB', { systemAccount: 'GST' }],
  ['830', 'Client trust liability', 'CURRLIAB', { enablePayments: true }],
  ['860', 'Rounding', 'CURRLIAB', { systemAccount: 'ROUNDING' }],
  ['960', 'Retained earnings', 'EQUITY', { systemAccount: 'RETAINEDEARNINGS' }],
];

const ukRows: Row[] = [
  ['090', 'Office account', 'BANK', { bankAccountNumber: '20123412345678', currencyCode: 'GBP' }],
  ['095', 'Client account', 'BANK', { bankAccountNumber: '20123412345699', currencyCode: 'GBP' }],
  ['200', 'Legal fees', 'REVENUE', { taxType: 'OUTPUT2' }],
  ['260', 'Disbursements recovered', 'REVENUE'],
  ['270', 'Interest received', 'OTHERINCOME'],
  ['400', 'Court fees', 'EXPENSE'],
  ['420', 'Bad debts', 'EXPENSE'],
  ['610', 'Accounts receivable', 'CURRENT', { systemAccount: 'DEBTORS' }],
  ['620', 'Disbursements advanced', 'CURRENT'],
  ['630', 'Card clearing', 'CURRENT', { enablePayments: true }],
  ['800', 'Accounts payable', 'CURRLIAB', { systemAccount: 'CREDITORS' }],
  ['820', 'VAT', 'CURRLIAB', { systemAccount: 'GST' }],
  ['830', 'Client money held', 'CURRLIAB', { enablePayments: true }],
  ['860', 'Rounding', 'CURRLIAB', { systemAccount: 'ROUNDING' }],
  ['960', 'Retained earnings', 'EQUITY', { systemAccount: 'RETAINEDEARNINGS' }],
];

type Rate = [taxType: string, name: string, reportTaxType: string, components: TaxRate['components']];

const part = (name: string, rate: number, isCompound = false): TaxRate['components'][number] => ({ name, rate, isCompound });

const usRates: Rate[] = [
  ['NONE', 'Tax Exempt', 'NONE', [part('No Tax', 0)]],
  ['OUTPUT', 'Tax on Sales', 'OUTPUT', [part('Sales tax', 0)]],
  ['TAX001', 'Sales tax 8.25%', 'OUTPUT', [part('State', 6.25), part('City', 2)]],
  ['TAX002', 'Sales tax 5%', 'OUTPUT', [part('State', 5)]],
  ['TAX003', 'Sales tax 7%', 'OUTPUT', [part('State', 7)]],
  ['TAX004', 'Sales tax 5% + 7%', 'OUTPUT', [part('Federal', 5), part('Regional', 7)]],
  ['TAX005', 'Sales tax 5% + 7% compound', 'OUTPUT', [part('Federal', 5), part('Regional', 7, true)]],
  ['TAX006', 'Sales tax 5% + 9.975%', 'OUTPUT', [part('Federal', 5), part('Regional', 9.975)]],
  ['TAX007', 'Sales tax 5% + 9.975% compound', 'OUTPUT', [part('Federal', 5), part('Regional', 9.975, true)]],
  ['TAX008', 'Sales tax 9.975%', 'OUTPUT', [part('Regional', 9.975)]],
  ['TAX009', 'State 8.25% + City 1.375%', 'OUTPUT', [part('State', 8.25), part('City', 1.375)]],
  ['TAX010', 'State 8.25% + City 1.375% compound', 'OUTPUT', [part('State', 8.25), part('City', 1.375, true)]],
  ['TAX011', 'Sales tax 8.875%', 'OUTPUT', [part('State', 4), part('City', 4.875)]],
  ['TAX012', 'City 1.375%', 'OUTPUT', [part('City', 1.375)]],
];

const ukRates: Rate[] = [
  ['OUTPUT2', '20% (VAT on Income)', 'OUTPUT', [part('VAT', 20)]],
  ['RROUTPUT', '5% (VAT on Income)', 'OUTPUT', [part('VAT', 5)]],
  ['TAX001', '12.5% (VAT on Income)', 'OUTPUT', [part('VAT', 12.5)]],
  ['ZERORATEDOUTPUT', 'Zero Rated Income', 'OUTPUT', [part('VAT', 0)]],
  ['EXEMPTOUTPUT', 'Exempt Income', 'EXEMPTOUTPUT', [part('VAT', 0)]],
  ['INPUT2', '20% (VAT on Expenses)', 'INPUT', [part('VAT', 20)]],
  ['NONE', 'No VAT', 'NONE', [part('No Tax', 0)]],
];

export function fillChart(organisation: Organisation): void {
  const british = organisation.facts.countryCode === 'GB';
  const { id: owner, createdAt } = organisation.facts;
  for (const [code, name, type, more] of british ? ukRows : usRows) {
    organisation.accounts.put({ id: namedId(`account ${owner} ${code}`), code, name, type, class: classOfType(type) ?? 'ASSET', status: 'ACTIVE', taxType: 'NONE', enablePayments: false, systemAccount: '', updatedAt: createdAt, ...more });
  }
  for (const [taxType, name, reportTaxType, components] of british ? ukRates : usRates) {
    const income = reportTaxType === 'OUTPUT' && british;
    const appliesTo: TaxRate['appliesTo'] = income ? ['ASSET', 'EQUITY', 'LIABILITY', 'REVENUE'] : taxType === 'INPUT2' ? ['ASSET', 'EQUITY', 'LIABILITY', 'EXPENSE'] : ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE'];
    organisation.taxRates.put({ id: namedId(`rate ${owner} ${taxType}`), taxType, name, reportTaxType, status: 'ACTIVE', appliesTo, components });
  }
  fillTracking(organisation);
}

function fillTracking(organisation: Organisation): void {
  const category = (name: string, options: string[]): void => {
    const id = namedId(`tracking ${organisation.id} ${name}`);
    organisation.trackingCategories.put({ id, name, status: 'ACTIVE', options: options.map((option) => ({ id: namedId(`${id} ${option}`), name: option, status: 'ACTIVE' })) });
  };
  category('Practice area', ['Corporate', 'Employment', 'Family', 'Litigation', 'Property']);
  category('Office', organisation.facts.countryCode === 'GB' ? ['Bristol', 'London'] : ['Boston', 'Portland']);
}
