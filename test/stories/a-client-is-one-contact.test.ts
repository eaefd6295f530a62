import { aBill, aClient, answer, changeSettings, happened, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
  await story.ready();
});
afterAll(endStories);

const contactsCalled = (name: string) => story.xero.contacts(ORGANISATION).filter((contact) => contact.name === name && contact.status === 'ACTIVE');
const inXero = (name: string, email: string) => story.xero.createInvoice(ORGANISATION, { Type: 'ACCREC', Contact: { Name: name, EmailAddress: email }, LineItems: [{ Description: 'Earlier work', Quantity: 1, UnitAmount: 10, AccountCode: '200', TaxType: 'NONE' }] }).contactId;
const contactOf = (bill: number) => story.invoiceOf(bill).contactId;

test('a client that Xero does not have is made there once, with its details', async () => {
  const client = aClient(story, { name: 'Harrow Lane Dairies Ltd', email: 'ap@harrow.example' });
  const [first, second] = [aBill(story, { client }), aBill(story, { client })];
  await story.settle();
  for (const bill of [first, second]) expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactsCalled('Harrow Lane Dairies Ltd')).toMatchObject([{ email: 'ap@harrow.example', contactNumber: `clio-us-${client.clientId}` }]);
  expect(contactOf(second)).toBe(contactOf(first));
  expect(await writtenAgain(story, second)).toEqual([]);
});

test('a contact of equal name and e-mail is linked by itself', async () => {
  const there = inXero('Larkfield Mills Ltd', 'ap@larkfield.example');
  const bill = aBill(story, { client: aClient(story, { name: 'Larkfield Mills Ltd', email: 'ap@larkfield.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactOf(bill)).toBe(there);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a contact of equal name and tax number is linked by itself', async () => {
  const there = inXero('Fennel Yard Ltd', '');
  story.xero.editContact(there, { TaxNumber: '12-3456789' });
  const bill = aBill(story, { client: aClient(story, { name: 'Fennel Yard Ltd', email: 'ap@fennel.example', taxNumber: '123456789' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactOf(bill)).toBe(there);
});

test('several that could be it: asked, never the first one taken', async () => {
  inXero('Cobalt Works Ltd', 'ap@cobalt.example');
  const holding = inXero('Cobalt Holdings Ltd', 'ap@cobalt.example');
  const bill = aBill(story, { client: aClient(story, { name: 'Cobalt Works Ltd', email: 'ap@cobalt.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_CONFLICT', holds: ['CONTACT_CONFLICT'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Link Cobalt Holdings Ltd');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactOf(bill)).toBe(holding);
});

test('one that is a supplier only is asked about', async () => {
  story.xero.createInvoice(ORGANISATION, { Type: 'ACCPAY', Contact: { Name: 'Dunlin Couriers', EmailAddress: 'ap@dunlin.example' }, InvoiceNumber: 'D-1', LineItems: [{ Description: 'Parcels', Quantity: 1, UnitAmount: 10, AccountCode: '400', TaxType: 'NONE' }] });
  const bill = aBill(story, { client: aClient(story, { name: 'Dunlin Couriers', email: 'ap@dunlin.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_CONFLICT' });
  await answer(story, bill, 'Link Dunlin Couriers');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactsCalled('Dunlin Couriers')).toHaveLength(1);
});

test('equal in part only: asked in the inbox, and linked on request', async () => {
  const there = inXero('Osprey Glass Ltd', '');
  const bill = aBill(story, { client: aClient(story, { name: 'Osprey Glass Ltd', email: 'ap@osprey.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_PARTIAL', holds: ['CONTACT_PARTIAL'] });
  expect(await writtenAgain(story, bill)).toEqual([]);
  await answer(story, bill, 'Link Osprey Glass Ltd');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactOf(bill)).toBe(there);
  expect(await happened(story, bill)).toEqual(['hold-answered', 'hold-closed', 'hold-opened', 'invoice-created', 'sync-asked']);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('or made new on request, under a name of its own', async () => {
  inXero('Pebble Court LLP', '');
  const client = aClient(story, { name: 'Pebble Court LLP', email: 'ap@pebble.example' });
  const bill = aBill(story, { client });
  await story.settle();
  await answer(story, bill, 'Create a new contact');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactsCalled('Pebble Court LLP')).toHaveLength(1);
  expect(contactsCalled(`Pebble Court LLP (${client.clientId})`)).toHaveLength(1);
  expect(await writtenAgain(story, bill)).toEqual([]);
});

test('a firm that wants new contacts is not asked', async () => {
  await changeSettings(story, { 'contacts.partialMatch': 'create' });
  inXero('Quince and Hart', '');
  const client = aClient(story, { name: 'Quince and Hart', email: 'ap@quince.example' });
  const bill = aBill(story, { client });
  await story.settle();
  await changeSettings(story, { 'contacts.partialMatch': 'ask' });
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(contactsCalled(`Quince and Hart (${client.clientId})`)).toHaveLength(1);
});

test('equal name but another e-mail: asked, never taken for the same', async () => {
  inXero('Tamarind Foods Ltd', 'somebody@else.example');
  const bill = aBill(story, { client: aClient(story, { name: 'Tamarind Foods Ltd', email: 'ap@tamarind.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_CONFLICT' });
  await answer(story, bill, 'Create a new contact');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('two clients of one name are two contacts', async () => {
  const [first, second] = [aClient(story, { name: 'John Reed', email: 'john@one.example' }), aClient(story, { name: 'John Reed', email: 'john@two.example' })];
  const one = aBill(story, { client: first });
  await story.settle();
  const two = aBill(story, { client: second });
  await story.settle();
  expect(await stateOf(story, one)).toEqual(IN_STEP);
  expect(await stateOf(story, two)).toMatchObject({ reason: 'CONTACT_CONFLICT' });
  await answer(story, two, 'Create a new contact');
  expect(await stateOf(story, two)).toEqual(IN_STEP);
  expect(contactOf(two)).not.toBe(contactOf(one));
});

test('a contact archived in Xero keeps new bills back until it is restored', async () => {
  const client = aClient(story);
  const first = aBill(story, { client });
  await story.settle();
  story.xero.archiveContact(contactOf(first));
  await story.settle();
  const second = aBill(story, { client });
  await story.settle();
  expect(await stateOf(story, second)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_CONFLICT' });
  expect(await writtenAgain(story, second)).toEqual([]);
  story.xero.restoreContact(contactOf(first));
  await story.settle();
  expect(await stateOf(story, second)).toEqual(IN_STEP);
});

test('a contact archived before we ever met the client is asked about', async () => {
  const there = inXero('Umber Studios Ltd', 'ap@umber.example');
  story.xero.archiveContact(there);
  const bill = aBill(story, { client: aClient(story, { name: 'Umber Studios Ltd', email: 'ap@umber.example' }) });
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'CONTACT_CONFLICT' });
  await answer(story, bill, 'Create a new contact');
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
});

test('a contact merged into another in Xero is followed', async () => {
  const client = aClient(story);
  const first = aBill(story, { client });
  await story.settle();
  const into = inXero('Vale & Partners', 'ap@vale.example');
  story.xero.mergeContacts({ from: contactOf(first), into });
  await story.settle();
  const second = aBill(story, { client });
  await story.settle();
  expect(await stateOf(story, second)).toEqual(IN_STEP);
  expect(contactOf(second)).toBe(into);
  expect(await stateOf(story, first)).toEqual(IN_STEP);
  expect(await writtenAgain(story, first)).toEqual([]);
});

test('details changed in Clio after the contact was made stay Xero\'s', async () => {
  const client = aClient(story, { name: 'Wick Farm', email: 'ap@wick.example' });
  const bill = aBill(story, { client });
  await story.settle();
  const since = story.exchanges.length;
  story.clio.editContact(client.clientId, { name: 'Wick Farm Produce Ltd' });
  await story.settle();
  const next = aBill(story, { client });
  await story.settle();
  expect(await stateOf(story, next)).toEqual(IN_STEP);
  expect(contactOf(next)).toBe(contactOf(bill));
  expect(contactsCalled('Wick Farm')).toHaveLength(1);
  expect(story.writes('xero', since).filter((call) => call.includes('/Contacts'))).toEqual([]);
  expect((await story.store.links.get(FIRM, `contact:${client.clientId}`))?.status).toBe('up-to-date');
});

describe('where details follow Clio', () => {
  beforeAll(() => changeSettings(story, { 'contacts.direction': 'clio-to-xero' }));
  afterAll(() => changeSettings(story, { 'contacts.direction': 'create' }));

  const known = (client: { clientId: number }) => story.xero.contacts(ORGANISATION).find((contact) => contact.contactNumber === `clio-us-${client.clientId}`);
  const reachedBy = (email: string, number: string, street: string) => ({
    emails: [{ id: 1, name: 'Work', value: email, primary: true }],
    phones: [{ id: 2, name: 'Work', value: number, primary: true }],
    addresses: [{ id: 3, name: 'Billing' as const, street, city: 'Harborough', province: null, postalCode: '94110', country: 'USA' }],
  });

  test('a new name, e-mail, phone and address go over; the same again writes nothing', async () => {
    const client = aClient(story, { name: 'Yarrow Press', email: 'ap@yarrow.example' });
    const bill = aBill(story, { client });
    await story.settle();
    story.clio.editContact(client.clientId, { name: 'Yarrow Press Ltd', ...reachedBy('bills@yarrow.example', '604-555-0199', '7 Mill Row\nUnit 2') });
    await story.settle();
    expect(known(client)).toMatchObject({ name: 'Yarrow Press Ltd', email: 'bills@yarrow.example', phones: { DEFAULT: { PhoneNumber: '604-555-0199' } }, addresses: { POBOX: { AddressLine1: '7 Mill Row', AddressLine2: 'Unit 2', City: 'Harborough', PostalCode: '94110' } } });
    expect((await story.store.activity.list(FIRM)).map((line) => line.text)).toContain('Name and e-mail and phone and address of Yarrow Press Ltd changed in Xero, as in Clio');
    const since = story.exchanges.length;
    story.clio.editContact(client.clientId, { paymentTermDays: 14 });
    await story.settle();
    expect(story.writes('xero', since)).toEqual([]);
    expect(await stateOf(story, bill)).toEqual(IN_STEP);
    expect(await writtenAgain(story, bill)).toEqual([]);
  });

  test('what somebody changed in Xero stays, and a blank in Clio erases nothing', async () => {
    const client = aClient(story, { name: 'Zephyr Boats', email: 'ap@zephyr.example' });
    aBill(story, { client });
    await story.settle();
    story.xero.editContact(known(client)?.id ?? '', { EmailAddress: 'accounts@zephyr.example' });
    await story.settle();
    story.clio.editContact(client.clientId, reachedBy('bills@zephyr.example', '604-555-0111', '1 Quay'));
    await story.settle();
    expect(known(client)).toMatchObject({ email: 'accounts@zephyr.example', phones: { DEFAULT: { PhoneNumber: '604-555-0111' } } });
    story.clio.editContact(client.clientId, { phones: [], emails: [] });
    await story.settle();
    expect(known(client)).toMatchObject({ email: 'accounts@zephyr.example', phones: { DEFAULT: { PhoneNumber: '604-555-0111' } } });
  });

  test('a name that Xero has already is refused, told once, and keeps no bill back', async () => {
    inXero('Alder House', '');
    const client = aClient(story, { name: 'Birch House', email: 'ap@birch.example' });
    aBill(story, { client });
    await story.settle();
    story.clio.editContact(client.clientId, { name: 'Alder House' });
    await story.settle();
    expect(known(client)?.name).toBe('Birch House');
    const told = async () => (await story.store.activity.list(FIRM)).filter((line) => line.what === 'contact-refused').map((line) => line.text);
    expect(await told()).toEqual(['Xero refused the new name of Alder House. Change it in Xero by hand.']);
    const next = aBill(story, { client });
    await story.settle();
    expect(await stateOf(story, next)).toEqual(IN_STEP);
    expect(await told()).toHaveLength(1);
  });
});
