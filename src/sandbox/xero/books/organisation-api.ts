import type { Call, Route } from '../call.js';
import { msDate, msDateBare } from '../dates.js';
import { envelope } from '../envelope.js';
import type { Json } from '../incoming.js';

const scope = 'accounting.settings';

export const organisationRoutes: Route[] = [
  { method: 'GET', path: '/Organisation', scope, handle: (call) => envelope(call, 'Organisations', [view(call)]) },
  { method: 'GET', path: '/Organisations', scope, handle: (call) => envelope(call, 'Organisations', [view(call)]) },
  { method: 'GET', path: '/Organisation/Actions', scope, handle: (call) => envelope(call, 'Actions', actions(call)) },
];

function view(call: Call): Json {
  const { facts } = call.organisation;
  return {
    OrganisationID: facts.id,
    Name: facts.name,
    LegalName: facts.legalName,
    PaysTax: true,
    Version: facts.version,
    OrganisationType: 'PARTNERSHIP',
    OrganisationEntityType: 'PARTNERSHIP',
    BaseCurrency: facts.baseCurrency,
    CountryCode: facts.countryCode,
    IsDemoCompany: facts.isDemoCompany,
    OrganisationStatus: 'ACTIVE',
    ...(facts.taxNumber === undefined ? {} : { TaxNumber: facts.taxNumber }),
    FinancialYearEndDay: 31,
    FinancialYearEndMonth: facts.countryCode === 'GB' ? 3 : 12,
    SalesTaxBasis: 'ACCRUAL',
    SalesTaxPeriod: 'QUARTERLY1',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    ...(facts.periodLockDate === undefined ? {} : { PeriodLockDate: msDate(facts.periodLockDate) }),
    ...(facts.endOfYearLockDate === undefined ? {} : { EndOfYearLockDate: msDate(facts.endOfYearLockDate) }),
    CreatedDateUTC: msDateBare(facts.createdAt),
    Timezone: facts.timezone,
    ShortCode: facts.shortCode,
    Edition: 'BUSINESS',
    Class: facts.isDemoCompany ? 'DEMO' : 'PREMIUM',
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: { Sales: { Day: 30, Type: 'DAYSAFTERBILLDATE' } },
  };
}

function actions(call: Call): Json[] {
  const foreign = call.organisation.facts.currencies.length > 1;
  const allowed = ['AttachFilesIntoInvoice', 'CreateApprovedBill', 'CreateApprovedInvoice', 'CreateBankTransaction', 'CreateCreditNote', 'CreateDraftBill', 'CreateDraftInvoice', 'CreateInvoicePayment', 'CreateManualJournal'];
  return [
    ...allowed.map((Name) => ({ Name, Status: 'ALLOWED' })),
    { Name: 'ApproveTransactionsBeforePeriodLockDate', Status: 'NOT-ALLOWED' },
    { Name: 'UseMulticurrency', Status: foreign ? 'ALLOWED' : 'NOT-ALLOWED' },
  ];
}
