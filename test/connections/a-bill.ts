import type { Story } from '../stories/story.js';

/** An approved bill of a new client, without tax: 4 hours at 250.00. Gives its id. */
export function aBill(story: Story, name = 'Ashdown Trading Ltd'): number {
  const clientId = story.clio.addContact({ type: 'Company', name: `${name} ${story.clio.contacts().length}`, firstName: null, lastName: null, isClient: true, emails: [], phones: [], addresses: [], salesTaxNumber: null, paymentTermDays: 30, companyId: null }).id;
  const number = 700 + story.clio.matters().length;
  const matter = story.clio.addMatter({ number, displayNumber: `00${number}-Ashdown`, description: 'Supply agreement', clientId, practiceAreaId: null, responsibleAttorneyId: null, originatingAttorneyId: null, currencyId: 1, status: 'Open', openDate: '2026-01-05', closeDate: null, clientReference: null });
  return story.clio.createBill({ clientId, matterIds: [matter.id], lines: [{ price: 250, quantity: 4 }], state: 'awaiting_payment', issuedAt: '2026-11-19', taxRate: 0, secondaryTaxRate: 0 }).id;
}

/** What Tieout says about the bill, and where both books differ. */
export async function stateOf(story: Story, billId: number) {
  return { status: (await story.link(billId))?.status, holds: await story.holds(billId), differences: story.compare(billId).differences };
}

export const IN_STEP = { status: 'up-to-date', holds: [], differences: [] };

/** Presses "Sync with Xero" once more; what that wrote in Xero. In step means: nothing. */
export async function writtenAgain(story: Story, billId: number): Promise<string[]> {
  const since = story.exchanges.length;
  await story.person.open(`${story.world.appUrl}/bills/${billId}`);
  await story.person.press('Sync with Xero');
  await story.settle();
  return story.writes('xero', since);
}
