import { addToClio, answerSetUp, connectXero } from '../../src/demo/acts.js';
import { fingerprint, parseSettings } from '../../src/store/settings-schema.js';
import { parseDryRun, type DryRun } from '../../src/store/dry-run-schema.js';
import { aBill } from '../connections/a-bill.js';
import { ORGANISATION } from '../stories/practice.js';
import { endStories, FIRM, Story } from '../stories/story.js';

afterEach(endStories);

/** A firm with some fifty awkward bills, set up in review mode. */
async function inReview(): Promise<Story> {
  const story = await Story.begin({ clioSeed: 'law-firm', xeroSwitches: { dayLimit: 100_000 } });
  await story.ready({ mode: 'review', startOn: '2026-10-15' });
  return story;
}

async function rehearsed(story: Story): Promise<DryRun> {
  await story.person.open(`${story.world.appUrl}/setup/dry-run`);
  await story.person.press(story.person.text.includes('Run it again') ? 'Run it again' : 'Start the dry run');
  await story.settle();
  return parseDryRun((await story.store.runs.get(FIRM, 'dry-run'))?.result);
}

test('a dry run writes nothing, and what it says is what then happens', async () => {
  const story = await inReview();
  const since = story.exchanges.length;
  const contactsBefore = new Set(story.xero.contacts().map((contact) => contact.id));
  const run = await rehearsed(story);
  expect([story.writes('xero', since), story.writes('clio', since)]).toEqual([[], []]);
  const open = story.clio.bills().filter((bill) => bill.state === 'awaiting_payment');
  expect(run.rows.map((row) => row.billId).sort()).toEqual(open.map((bill) => String(bill.id)).sort());
  expect(run.rows.map((row) => row.issuedOn)).toEqual(run.rows.map((row) => row.issuedOn).sort().reverse());
  for (const row of run.rows) {
    expect([row.number, row.postings.reduce((sum, each) => sum + each.debit - each.credit, 0)]).toEqual([row.number, 0]);
    expect([row.number, row.outcome === 'left-out' || row.outcome === 'needs-you', row.reason !== null]).toEqual([row.number, row.reason !== null, row.outcome === 'left-out' || row.outcome === 'needs-you']);
  }

  await story.person.open(`${story.world.appUrl}/setup/dry-run`);
  expect(story.person.text).toContain(`${open.length} open bills, looked at`);
  const file = await story.person.open(`${story.world.appUrl}/setup/dry-run.csv`);
  expect(file.html.split('\r\n').length).toBe(open.length + 2);

  await story.person.open(`${story.world.appUrl}/setup/go-live`);
  await story.person.press('Automatic', { organisation: story.person.$('.big-name').text() });
  await story.settle();
  for (const row of run.rows) {
    const link = await story.link(Number(row.billId));
    const invoices = story.invoicesOf(Number(row.billId));
    const is = { outcome: row.outcome, number: row.number, status: link?.status, invoices: invoices.map((each) => [each.number, each.total, each.amountDue]) };
    if (row.outcome === 'create') expect(is).toEqual({ ...is, status: row.thenAsked === null ? 'up-to-date' : 'needs-you', invoices: [[row.invoiceNumber, row.due, row.xeroDue]] });
    if (row.thenAsked !== null) expect([is.number, link?.reason]).toEqual([is.number, row.thenAsked]);
    if (row.outcome === 'needs-you') expect([is.number, is.status, link?.reason]).toEqual([is.number, 'needs-you', row.reason]);
    if (row.outcome === 'left-out') expect([is.number, is.status, link?.reason]).toEqual([is.number, 'left-out', row.reason]);
  }
  expect(run.rows.filter((row) => row.outcome === 'create').length).toBeGreaterThan(10);
  expect(run.rows.filter((row) => row.outcome === 'left-out').length).toBeGreaterThan(10);
  const made = story.xero.contacts().filter((contact) => !contactsBefore.has(contact.id)).map((contact) => contact.name).sort();
  // Xero takes no angle brackets in a name.
  const told = [...new Set(run.rows.filter((row) => row.outcome === 'create' && row.contact?.how === 'create').map((row) => row.contact?.name.replace(/[<>]/g, '').trim()))].sort();
  expect(made).toEqual(told);
  expect(await story.store.settings.list(FIRM, { newestFirst: true, limit: 1 })).toEqual([expect.objectContaining({ note: 'chose Automatic after the dry run' })]);
});

test('before anything is live the dry run plans with what set-up holds, and nothing of it is written or in force', async () => {
  const story = await Story.begin();
  await addToClio(story.person, story.world);
  await story.settle();
  await story.person.open(`${story.world.appUrl}/setup/dry-run`);
  expect([story.person.status, story.person.text.includes('Set-up comes first')]).toEqual([200, true]);
  await connectXero(story.person, story.world);
  await story.settle();
  const bill = aBill(story);
  await story.settle();
  await answerSetUp(story.person, story.world, { startOn: '2020-01-01', 'income.softCostAccount': '260' });
  const since = story.exchanges.length;
  const { bills, rows, settings } = await rehearsed(story);
  expect([bills, rows.map((row) => [row.outcome, row.contact?.how, row.postings.length])]).toEqual([1, [['create', 'create', 2]]]);
  expect([story.writes('xero', since), story.writes('clio', since), await story.store.settings.count(FIRM)]).toEqual([[], [], 0]);
  expect((await story.link(bill))?.reason).toBe('SETUP_NOT_FINISHED');

  await story.person.open(`${story.world.appUrl}/setup/go-live`);
  await story.person.press('Automatic', { organisation: story.person.$('.big-name').text() });
  await story.settle();
  const [version] = await story.store.settings.list(FIRM);
  expect(fingerprint(parseSettings(version?.body))).toBe(settings);
  expect(story.invoiceOf(bill).number).toBe(rows[0]?.invoiceNumber);
  await aChangeIsPreviewed(story, bill);
  await openInvoicesFollow(story, bill);
});

/** Another account for fees, once an invoice is out: told before it is saved, with nothing written, and the invoice stays as it is. */
async function aChangeIsPreviewed(story: Story, bill: number): Promise<void> {
  const [since, was] = [story.exchanges.length, story.invoiceOf(bill)];
  await story.person.open(`${story.world.appUrl}/settings`);
  await story.person.press('Save settings', { 'income.feeAccount': '260' });
  expect([story.person.url.pathname, story.person.text.includes('plans your open invoices')]).toEqual(['/settings/preview', true]);
  await story.settle();
  await story.person.open(`${story.world.appUrl}/settings/preview`);
  expect(story.person.text).toContain('1 of 1 open invoice would look different today');
  expect(story.person.text).toContain('account 260: 0.00 USD would be');
  await story.person.press('Save these settings');
  await story.settle();
  expect([story.writes('xero', since), story.writes('clio', since), story.invoiceOf(bill)]).toEqual([[], [], was]);
  expect((await story.store.settings.list(FIRM)).map((each) => each.note)).toEqual(['finished set-up for Harwood & Lisle LLP and chose Automatic', 'changed Fees']);
}

/** Later somebody wants the open invoices to follow after all: what stands as it was made does, what a person changed in Xero does not. */
async function openInvoicesFollow(story: Story, bill: number): Promise<void> {
  const codes = (id: number) => story.invoiceOf(id).lines.map((line) => story.xero.accounts(ORGANISATION).find((account) => account.id === line.accountId)?.code);
  const byHand = aBill(story);
  await story.settle();
  const { id, lines } = story.invoiceOf(byHand);
  const other = story.xero.accounts(ORGANISATION).find((account) => account.code === '400')?.id;
  story.xero.editInvoice(id, { LineItems: lines.map((line) => ({ LineItemID: line.id, Description: line.description, Quantity: line.quantity, UnitAmount: line.unitAmount, AccountID: other, TaxType: line.taxType })) });
  await story.settle();
  const [versions, kept, moves] = [await story.store.settings.count(FIRM), codes(byHand), codes(bill)];
  await story.person.open(`${story.world.appUrl}/settings`);
  await story.person.press('Compare open invoices');
  await story.settle();
  const since = story.exchanges.length;
  await story.person.open(`${story.world.appUrl}/settings/preview`);
  expect(story.person.text).toContain('stands as earlier settings made it');
  await story.person.press('Make one open invoice anew');
  await story.settle();
  expect([moves.includes('200'), codes(bill).includes('200'), codes(bill).includes('260')]).toEqual([true, false, true]);
  expect([codes(byHand), story.writes('clio', since), story.writes('xero', since).filter((call) => !call.includes('History'))]).toEqual([kept, [], ['POST /api.xro/2.0/Invoices']]);
  expect([await story.store.settings.count(FIRM), (await story.link(bill))?.remakeAskedAt ?? null, (await story.link(bill))?.status]).toEqual([versions, null, 'up-to-date']);
  expect(await story.activity()).toEqual(expect.arrayContaining(['invoices-to-follow', 'invoice-updated']));
}
