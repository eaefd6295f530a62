import { namedId } from '../ids.js';
import { Organisation, type OrganisationFacts } from '../books/organisation.js';

const opened = Date.UTC(2019, 4, 6, 0, 1, 2);

function facts(name: string, rest: Pick<OrganisationFacts, 'shortCode' | 'version' | 'countryCode' | 'baseCurrency' | 'timezone' | 'currencies'> & Partial<OrganisationFacts>): OrganisationFacts {
  return {
    id: namedId(`organisation ${name}`),
    name,
    legalName: name,
    isDemoCompany: false,
    createdAt: opened,
    brandingThemes: [
      { id: namedId(`theme standard ${name}`), name: 'Standard', createdAt: opened },
      { id: namedId(`theme litigation ${name}`), name: 'Litigation', createdAt: opened },
    ],
    ...rest,
  };
}

/** Named like the firms in the Clio stand-in. */
export function usLawFirm(): Organisation {
  return new Organisation(
    facts('Harwood & Lisle LLP', {
      shortCode: '!hL7x2',
      version: 'US',
      countryCode: 'US',
      baseCurrency: 'USD',
      timezone: 'PACIFICSTANDARDTIME',
      currencies: [
        { code: 'USD', description: 'United States Dollar', rate: 1 },
        { code: 'EUR', description: 'Euro', rate: 0.92 },
      ],
    }),
  );
}

export function ukLawFirm(): Organisation {
  return new Organisation(
    facts('Pemberton Shaw Solicitors', {
      shortCode: '!pS7q2',
      version: 'UK',
      countryCode: 'GB',
      baseCurrency: 'GBP',
      timezone: 'GMTSTANDARDTIME',
      taxNumber: 'GB123456782',
      endOfYearLockDate: '2026-03-31',
      currencies: [{ code: 'GBP', description: 'British Pound', rate: 1 }],
    }),
  );
}

/** Another customer's company, which the demo person once connected as well. */
export function somebodyElses(): Organisation {
  return new Organisation(
    facts('Bluegate Dental Group', {
      shortCode: '!bG3d9',
      version: 'US',
      countryCode: 'US',
      baseCurrency: 'USD',
      timezone: 'PACIFICSTANDARDTIME',
      currencies: [{ code: 'USD', description: 'United States Dollar', rate: 1 }],
    }),
  );
}
