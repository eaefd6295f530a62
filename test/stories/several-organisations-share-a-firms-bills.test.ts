import { mark } from '../../src/jobs/mark-kinds.js';
import { newestRoute } from '../../src/store/route-of.js';
import { settingsId } from '../../src/store/settings-of.js';
import { connectSecond, idOf, invoices, openOrganisations, saveRules, SECOND, setUpSecond } from './organisations.js';
import { aBill, aClient, aMatter, answer, IN_STEP, ORGANISATION, stateOf, writtenAgain } from './practice.js';
import { endStories, FIRM, Story } from './story.js';

afterEach(endStories);

test('each bill goes to exactly one organisation, the same client is a contact in both, and money follows the bill', async () => {
  const story = await Story.begin();
  await story.ready();
  const client = aClient(story, { name: 'Both Ways Ltd' });
  const before = aBill(story, { client });
  await story.settle();
  expect(await stateOf(story, before)).toEqual(IN_STEP);

  // A second organisation alone changes nothing.
  await connectSecond(story);
  expect(story.person.text).toContain('It has no accounts and taxes yet');
  const unchanged = aBill(story, { client });
  await story.settle();
  expect(invoices(story, ORGANISATION)).toHaveLength(2);
  await setUpSecond(story);
  const home = idOf(story, ORGANISATION);
  expect((await newestRoute(story.store, FIRM))?.route).toEqual({ home, rules: [], otherwise: home });
  expect(invoices(story, SECOND)).toEqual([]);

  await saveRules(story, [['client', 'Both Ways Ltd', SECOND]]);
  const routed = aBill(story, { client });
  const others = aBill(story);
  await story.settle();
  expect([await stateOf(story, before), await stateOf(story, unchanged), await stateOf(story, routed), await stateOf(story, others)]).toEqual([IN_STEP, IN_STEP, IN_STEP, IN_STEP]);
  expect(invoices(story, SECOND).map((each) => each.url)).toEqual([`${story.world.appUrl}/bills/${routed}`]);
  expect(invoices(story, ORGANISATION).map((each) => each.url).sort()).toEqual([before, unchanged, others].map((id) => `${story.world.appUrl}/bills/${id}`).sort());
  const contacts = (await story.links()).filter((link) => link.kind === 'contact' && link.clientId === String(client.clientId));
  expect(contacts.map((link) => [link.id, link.role, link.organisationId])).toEqual([
    [`contact:${client.clientId}`, 'main', idOf(story, ORGANISATION)],
    [`contact:${client.clientId}@${idOf(story, SECOND)}`, idOf(story, SECOND), idOf(story, SECOND)],
  ]);

  // The rules changed: what was sent stays, is said, and is not written again.
  await story.person.open(`${story.world.appUrl}/bills/${before}`);
  expect(story.person.$('.organisation').text()).toBe(`Its invoice is in ${ORGANISATION}. The rules lead to ${SECOND} now, but what was sent stays where it is.`);
  expect(await story.activity()).toContain('route-differs');
  expect((await story.activity()).filter((what) => what === 'route-differs')).toHaveLength(2);
  expect(await writtenAgain(story, before)).toEqual([]);
  await saveRules(story, [['client', 'Both Ways Ltd', ORGANISATION]]);
  expect([invoices(story, SECOND).length, invoices(story, ORGANISATION).length]).toEqual([1, 3]);
  expect((await story.link(before))?.elsewhere).toBeNull();
  expect((await story.link(routed))?.elsewhere).toBe(idOf(story, ORGANISATION));

  // Money in either organisation finds its bill; money in Clio finds its invoice.
  story.xero.recordPayment({ invoiceId: story.invoiceOf(routed).id, date: '2026-11-20' });
  story.xero.recordPayment({ invoiceId: story.invoiceOf(others).id, date: '2026-11-20' });
  await story.settle();
  expect([story.clio.bill(routed).sums.balance, story.clio.bill(others).sums.balance]).toEqual([0, 0]);
  expect([(await stateOf(story, routed)).differences, (await stateOf(story, others)).differences]).toEqual([[], []]);
  expect(story.doubledPayments()).toEqual([]);
  await story.person.open(`${story.world.appUrl}/bills`);
  expect(story.person.$('td .organisation').length).toBe(4);
});

test('a bill nobody can place asks, and goes by itself once there is a rule; matters that lead apart ask too', async () => {
  const story = await Story.begin();
  await story.ready();
  await connectSecond(story);
  await setUpSecond(story);
  await saveRules(story, [['practice-area', 'Commercial Litigation', SECOND]], '');
  const bill = aBill(story);
  await story.settle();
  expect(await stateOf(story, bill)).toMatchObject({ status: 'needs-you', reason: 'ROUTE_UNCLEAR', holds: ['ROUTE_UNCLEAR'] });
  expect([invoices(story, ORGANISATION), invoices(story, SECOND)]).toEqual([[], []]);
  await story.person.open(`${story.world.appUrl}/inbox`);
  expect(story.person.text).toContain('no rule names its office, practice area or client');

  const client = aClient(story);
  const [matter] = story.clio.matters().filter((each) => each.id === client.matterId);
  if (!matter) throw new Error('no matter');
  const litigation = story.clio.addMatter({ ...matter, number: 990, displayNumber: '00990-Ashdown', practiceAreaId: story.clio.practiceAreas().find((each) => each.name === 'Commercial Litigation')?.id ?? null }).id;
  const other = aMatter(story, client.clientId);
  await saveRules(story, [['practice-area', 'Commercial Litigation', SECOND]]);
  const apart = aBill(story, { client, matterIds: [litigation, other], lines: [{ price: 250, quantity: 1, matterId: litigation }, { price: 250, quantity: 1, matterId: other }] });
  const plain = aBill(story, { client, matterIds: [litigation] });
  await story.settle();
  expect(await stateOf(story, bill)).toEqual(IN_STEP);
  expect(await stateOf(story, plain)).toEqual(IN_STEP);
  expect(invoices(story, SECOND).map((each) => each.url)).toEqual([`${story.world.appUrl}/bills/${plain}`]);
  expect(await stateOf(story, apart)).toMatchObject({ reason: 'ROUTE_UNCLEAR', differences: ['no invoice'] });
  expect((await story.openHolds(apart))[0]?.facts['why']).toBe(`its matters lead to ${SECOND} and ${ORGANISATION}`);
});

test('a dry run plans every bill where it goes, adds up each organisation, and neither writes nor asks', async () => {
  const story = await Story.begin();
  await story.ready({ mode: 'review' });
  await connectSecond(story);
  const [client, clientThere] = [aClient(story), aClient(story)];
  await saveRules(story, [], '');
  const [, there] = [aBill(story, { client }), aBill(story, { client: clientThere }), aBill(story)];
  await story.settle();
  await saveRules(story, [['client', String(client.clientId), ORGANISATION], ['client', String(clientThere.clientId), SECOND]], '');
  const rehearse = async () => {
    await story.store.marks.want([mark(FIRM, 'dry-run', 'dry-run')], new Date(story.clock.now()).toISOString());
    await story.settle();
    await story.person.open(`${story.world.appUrl}/setup/dry-run`);
    return story.person.$('section.card h2').toArray().map((each) => story.person.$(each).text()).filter((each) => each.endsWith('USD'));
  };
  expect(await rehearse()).toEqual([`${ORGANISATION}, USD`]);
  expect(story.person.text).toContain(`${SECOND} is not connected and set up. One open bill goes there and waits.`);
  await setUpSecond(story, { mode: 'review' });

  const [since, asked] = [story.exchanges.length, await story.store.holds.list(FIRM, { limit: 100 })];
  expect(await rehearse()).toEqual([`${ORGANISATION}, USD`, `${SECOND}, USD`]);
  expect([story.writes('clio', since), story.writes('xero', since)]).toEqual([[], []]);
  expect(await story.store.holds.list(FIRM, { limit: 100 })).toEqual(asked);
  expect(story.person.text).toContain('3 open bills, looked at');
  const cells = story.person.$('#dry-rows + .scroll tbody tr').toArray().map((row) => story.person.$(row).children().toArray().map((cell) => story.person.$(cell).text()));
  expect(cells.map(([, , , organisation, outcome]) => `${organisation}: ${outcome?.slice(0, 13)}`).sort()).toEqual([`${SECOND}: A new invoice`, `${ORGANISATION}: A new invoice`, 'None yet: Needs youWhic'].sort());
  const file = (await story.person.open(`${story.world.appUrl}/setup/dry-run.csv`)).html.split('\r\n');
  expect([file[0]?.includes('"Organisation","Bill"'), file.filter((line) => line.startsWith(`"${SECOND}",`)).length]).toEqual([true, 1]);
  expect(invoices(story, SECOND).concat(invoices(story, ORGANISATION))).toEqual([]);
  expect((await stateOf(story, there)).status).toBe('ready-for-review');
});

test.each([['here', 'first'], ['here', 'second'], ['inside Xero', 'second']] as const)('disconnecting %s the %s organisation parks its bills alone, and they go on when it is back', async (how, which) => {
  const story = await Story.begin();
  await story.ready();
  await connectSecond(story);
  await setUpSecond(story);
  const client = aClient(story, { name: 'Second Books Ltd' });
  const own = aBill(story, { client });
  await story.settle();
  await saveRules(story, [['client', String(client.clientId), SECOND]]);
  const [lost, kept] = which === 'first' ? [ORGANISATION, SECOND] : [SECOND, ORGANISATION];
  const billFor = (name: string) => (name === SECOND ? aBill(story, { client }) : aBill(story));
  const earlier = billFor(lost);
  await story.settle();

  if (how === 'here') {
    await openOrganisations(story);
    await story.person.press(`Disconnect ${lost}`);
  } else {
    story.xero.disconnect(lost);
    await story.store.marks.want([mark(FIRM, 'bill', String(earlier))], new Date(story.clock.now()).toISOString());
    await story.quiet();
  }
  const [waits, goes] = [billFor(lost), billFor(kept)];
  await story.quiet();
  await story.pass(60_000);
  expect((await stateOf(story, goes)).differences).toEqual([]);
  expect((await stateOf(story, waits)).differences).toEqual(['no invoice']);
  expect((await story.marks()).find((each) => each.id === String(waits))?.lastReason).toBe(how === 'here' ? 'ORG_NOT_CONNECTED' : 'CONN_XERO_REMOVED');
  await openOrganisations(story);
  expect(story.person.text).toContain(how === 'here' ? 'Disconnected; its bills wait' : 'Xero wants a new sign-in; its bills wait');

  await story.person.follow(`Connect again: ${lost}`);
  await story.person.open(story.xero.consent({ authorizeUrl: story.person.url.href, organisation: lost }));
  await story.settle();
  expect([await stateOf(story, waits), await stateOf(story, goes), await stateOf(story, earlier), await stateOf(story, own)]).toEqual([IN_STEP, IN_STEP, IN_STEP, IN_STEP]);
  expect(invoices(story, kept).some((each) => each.url === `${story.world.appUrl}/bills/${waits}`)).toBe(false);
});

test('what a credit is, once said for all, is kept for the organisation of the bill and answers the others there alone', async () => {
  const story = await Story.begin();
  const asked = { 'credits.treatment': 'ask', 'credits.badDebtAccount': '420' };
  await story.ready(asked);
  await connectSecond(story);
  await setUpSecond(story, asked);
  const client = aClient(story, { name: 'Second Books Ltd' });
  aBill(story, { client });
  await story.settle();
  await saveRules(story, [['client', String(client.clientId), SECOND]]);
  const [here, there, thereToo] = [aBill(story), aBill(story, { client }), aBill(story, { client })];
  await story.settle();
  for (const each of [here, there, thereToo]) story.clio.writeOff({ billId: each, amount: 10_000 });
  await story.settle();
  const versions = async () => (await story.store.settings.list(FIRM, { limit: 100 })).map((each) => each.id).filter((id) => !id.startsWith('+route'));
  const before = await versions();
  await answer(story, there, 'A reduction, always for every client');
  expect([await stateOf(story, there), await stateOf(story, thereToo)]).toEqual([IN_STEP, IN_STEP]);
  expect(await story.holds(here)).toEqual(['CREDIT_TREATMENT_NEEDED']);
  expect((await versions()).filter((id) => !before.includes(id))).toEqual([settingsId(idOf(story, SECOND), 2)]);
  const lines = await story.store.activity.list(FIRM, { limit: 10_000 });
  expect(lines.filter((line) => line.what === 'settings-saved').map((line) => line.text)).toContainEqual(expect.stringContaining(`chose how credits are treated in ${SECOND} (version 2)`));
  await answer(story, here, 'A bad debt, always for this client');
  expect(await stateOf(story, here)).toEqual(IN_STEP);
  expect(story.xero.creditNotes(SECOND).map((note) => note.total)).toEqual([10_000, 10_000]);
});
