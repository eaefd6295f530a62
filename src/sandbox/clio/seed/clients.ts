import type { Firm } from '../firm.js';
import type { ContactRecord, MatterRecord } from '../records.js';
import { addDays } from '../timestamps.js';
import type { Basics } from './basics.js';

type ClientName =
  | 'northgate' | 'bellweather' | 'oShea' | 'mueller' | 'quoted' | 'endless' | 'smithOne' | 'smithTwo' | 'ampersand' | 'tanaka' | 'estate' | 'noEmail';

export interface Client {
  contact: ContactRecord;
  matters: [MatterRecord, ...MatterRecord[]];
}

/** A person's last name, a company's first word that says something. */
function shortName(type: 'Company' | 'Person', name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  const telling = words.filter((word) => !['The', 'Estate', 'of'].includes(word));
  return (type === 'Person' ? words.at(-1) : telling[0])?.slice(0, 16) ?? '';
}

/** Clients whose names and addresses make trouble, each with a matter or two. */
export function seedClients(firm: Firm, basics: Basics): Record<ClientName, Client> {
  let lastMatter = 30;
  const opened = addDays(firm.today(), -300);
  const endlessName = `The ${'Exceedingly Long-Winded and Most Venerable '.repeat(5)}Society`.slice(0, 200);

  const client = (type: 'Company' | 'Person', name: string, email: string | null, descriptions: [string, ...string[]], terms: number | null = 30): Client => {
    const [firstName = null, ...rest] = type === 'Person' ? name.split(' ') : [];
    const contact = firm.contacts.add((stamp) => ({
      ...stamp, type, name, firstName, lastName: type === 'Person' ? rest.join(' ') : null, isClient: true,
      emails: email === null ? [] : [{ id: firm.smallId(), name: 'Work', value: email, primary: true }],
      phones: [{ id: firm.smallId(), name: 'Work', value: '604-555-0147', primary: true }],
      addresses: [{ id: firm.smallId(), name: 'Billing', street: '1880 Franklin St', city: 'Harborough', province: null, postalCode: '94110', country: null }],
      salesTaxNumber: null, paymentTermDays: terms, companyId: null,
    }));
    const matter = (description: string): MatterRecord => {
      lastMatter += 1;
      const number = lastMatter;
      return firm.matters.add((stamp) => ({
        ...stamp, number, displayNumber: `${String(number).padStart(5, '0')}-${shortName(type, name)}`, description, clientId: contact.id,
        practiceAreaId: number % 2 === 0 ? basics.areas.litigation : basics.areas.conveyancing, responsibleAttorneyId: basics.attorney.id,
        originatingAttorneyId: number % 3 === 0 ? null : basics.admin.id, currencyId: firm.facts.homeCurrencyId, status: 'Open', openDate: opened, closeDate: null, clientReference: null, location: number % 2 === 0 ? 'Harbour Street' : 'Old Mill',
      }));
    };
    const [first, ...others] = descriptions;
    return { contact, matters: [matter(first), ...others.map(matter)] };
  };

  return {
    northgate: client('Company', 'Northgate Fabrication Ltd.', 'ap@northgatefab.example', ['Shareholder dispute', 'Lease of unit 4']),
    bellweather: client('Company', 'Bellweather Cafe Inc.', 'owner@bellweather.example', ['Employment claim']),
    oShea: client('Person', "Siobhán O'Shea", 'siobhan@oshea.example', ['Purchase of 12 Quay Row']),
    mueller: client('Company', 'Müller & Söhne Maschinenbau GmbH', 'buchhaltung@mueller.example', ['Supply contract – arbitration'], 14),
    quoted: client('Company', 'The "Golden Fleece" Public House', 'ap@fleece.example', ['Licence renewal']),
    endless: client('Company', endlessName, 'secretary@society.example', ['Constitution of the society']),
    smithOne: client('Person', 'John Smith', 'john.smith@first.example', ['Will and probate']),
    smithTwo: client('Person', 'John Smith', 'john.smith@second.example', ['Boundary dispute']),
    ampersand: client('Company', 'Pike <Marine> & Co; "Salvage"', 'ops@pike.example', ['Salvage of the Aurora']),
    tanaka: client('Person', '田中 陽子', 'tanaka@yoko.example', ['Visa application']),
    estate: client('Company', 'Estate of Edwin Marlowe (Deceased)', 'executors@marlowe.example', ['Administration of the estate', 'Sale of Marlowe House'], 0),
    noEmail: client('Person', 'Agnes Fairweather-Thorne', null, ['Care proceedings'], null),
  };
}
