import type { World } from '../../src/demo/world.js';

type Control = World['clio']['control'];

/** One tax of 8.25 %, both taxes of the firm (each on the net), or none; rates the organisation's tax codes know. */
const ONE = { taxRate: 8.25, secondaryTaxRate: 0 };
const TWO = { taxRate: 8.25, secondaryTaxRate: 1.375, secondaryTaxRule: 'Pre' as const };
const NONE = { taxRate: 0, secondaryTaxRate: 0 };

/** A client with a matter; the name makes the contact in Xero. */
export function addClient(clio: Control, name: string): Client {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@client.example`;
  const contact = clio.addContact({
    type: 'Company', name, firstName: null, lastName: null, isClient: true, emails: [{ id: 1, name: 'Work', value: email, primary: true }], phones: [], addresses: [],
    salesTaxNumber: null, paymentTermDays: 30, companyId: null,
  });
  const [admin] = clio.users();
  const matter = clio.addMatter({
    number: contact.id % 1_000, displayNumber: `${contact.id}-${name.slice(0, 6)}`, description: 'General advice', clientId: contact.id, practiceAreaId: null, responsibleAttorneyId: admin?.id ?? null,
    originatingAttorneyId: null, currencyId: clio.currencies().find((each) => each.code === 'USD')?.id ?? 0, status: 'Open', openDate: '2026-01-12', closeDate: null, clientReference: null,
  });
  return { clientId: contact.id, matterId: matter.id };
}

/** Numbers that no invoice in the organisation's books has. */
let lastNumber = 4_000;

/** Six bills of two clients, each with one thing that makes money hard. All issued, none paid. Gives their ids. */
export function addAwkwardBills(clio: Control) {
  const harbour = addClient(clio, 'Harbour Chandlers Ltd');
  const weaver = addClient(clio, 'Weaver and Daughters');
  const bill = (client: Client, spec: BillSpec) => addBill(clio, client, spec);
  const three = [25.45, 25.45, 25.45].map((price) => ({ price }));
  return {
    plain: bill(harbour, { lines: [{ price: 320, quantity: 3.5 }] }),
    discounted: bill(harbour, { lines: [{ price: 290, quantity: 3 }, { price: 41.37 }], discount: { rate: 5, type: 'percentage', note: 'Loyalty' } }),
    twoTaxes: bill(harbour, { lines: [{ price: 410, quantity: 1.2 }, { price: 0.25, quantity: 113 }], ...TWO }),
    rounding: bill(weaver, { lines: three }),
    withInterest: interestOn(clio, bill(weaver, { lines: [{ price: 333.33, quantity: 3 }], issuedAt: '2026-09-01', dueAt: '2026-10-01', interestRate: 12 })),
    untaxed: bill(weaver, { lines: [{ price: 300, quantity: 2 }], ...NONE }),
  };
}

export interface Client {
  clientId: number;
  matterId: number;
}

type Spec = Parameters<Control['createBill']>[0];
export type BillSpec = Pick<Spec, 'lines'> & Partial<Spec>;

/** A bill with one tax of 8.25 %, issued on 2 November 2026 unless said otherwise. */
export function addBill(clio: Control, { clientId, matterId }: Client, spec: BillSpec): number {
  lastNumber += 1;
  return clio.createBill({ clientId, matterIds: [matterId], number: String(lastNumber), state: 'awaiting_payment', issuedAt: '2026-11-02', ...ONE, ...spec }).id;
}

function interestOn(clio: Control, billId: number): number {
  clio.chargeInterest(billId, 1_875, '2026-11-10');
  return billId;
}
