import { hold } from '../../src/core/hold.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import type { Keeping } from '../../src/sync/firm-context.js';
import { keepHolds } from '../../src/sync/record-outcome.js';
import { VirtualClock } from '../virtual-clock.js';

const FIRM = 'us:100234';
const CHOICES = [{ id: 'clio', label: 'Clio holds' }, { id: 'xero', label: 'Xero holds' }];
const drift = (xero: string) => hold('amount', 'DRIFT_AMOUNT', { field: 'total', clio: '100.00', xero, base: '100.00' }, CHOICES);

async function asked(xero: string) {
  const clock = new VirtualClock();
  const store = await openSqliteStore(':memory:', { now: () => clock.now() });
  let ids = 0;
  const context: Keeping = { firm: { id: FIRM }, held: { epoch: 1 }, store, clock, newId: () => `id-${(ids += 1)}` };
  await keepHolds(context, '41', [drift(xero)], '41');
  const question = async () => {
    const found = await store.holds.get(FIRM, '41:amount');
    if (!found) throw new Error('no question');
    return found;
  };
  const lines = async () => (await store.activity.list(FIRM)).map((line) => line.what);
  return { store, context, question, lines };
}

test('an answer stays while its question is the same, and goes when the facts have changed since', async () => {
  const { store, context, question, lines } = await asked('90.00');
  await store.holds.replace({ ...(await question()), answer: 'xero', answeredBy: 'Dana Whitlock' });
  await keepHolds(context, '41', [drift('90.00')], '41');
  expect(await question()).toMatchObject({ answer: 'xero', answeredBy: 'Dana Whitlock', open: true });

  await keepHolds(context, '41', [drift('10.00')], '41');
  expect(await question()).toMatchObject({ answer: null, answeredBy: null, open: true, facts: { xero: '10.00' } });
  expect(await lines()).toEqual(['hold-opened']);
});

test('what is solved is closed, and asked anew when it comes back', async () => {
  const { context, question, lines } = await asked('90.00');
  await keepHolds(context, '41', [], '41');
  expect(await question()).toMatchObject({ open: false });
  await keepHolds(context, '41', [drift('90.00')], '41');
  expect(await question()).toMatchObject({ open: true, answer: null, closedAt: null });
  expect(await lines()).toEqual(['hold-opened', 'hold-closed', 'hold-opened']);
});
