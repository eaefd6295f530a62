import { type Case } from './cases.js';
import { carryOut, settle, world } from './ideal-xero.js';
import { aBill, aLine, aTruth, settings, taxRate, books, vat } from './law-firm.js';
import { planBill } from '../../src/core/plan-bill.js';

const fifteen = { ...vat, key: 'primary:15', rate: '15' };
/** Three lines of 25.43 at 15 %: 11.43 line by line, 11.44 on the sum. */
const threeLines = aBill({ lines: ['1', '2', '3'].map((id) => aLine({ clioId: id, net: 2_543, category: { clioId: id, name: `Work ${id}`, xeroCode: null }, taxes: [{ ...fifteen, amount: 381 }] })), taxes: [{ ...fifteen, amount: 1_144 }] });
const atFifteen = { settings: { ...settings, taxMap: { none: 'NONE', 'primary:15': 'OUT15' } }, books: { ...books, taxRates: [taxRate('OUT15', '15'), taxRate('NONE', '0')] } };

/** Xero keeps its own tax: bill figures one cent above what any grouping gives. */
const offByACent = aBill({ lines: [aLine({ net: 2_543, taxes: [{ ...fifteen, amount: 382 }] })], taxes: [{ ...fifteen, amount: 382 }] });

function onStubbornXero(tolerance: number) {
  const at = world(aTruth({ bill: offByACent, ...atFifteen, settings: { ...atFifteen.settings, rounding: { tolerance, account: '860' } } }), true);
  for (const step of planBill(at.truth).steps) carryOut(at, step);
  return at;
}

export const CENT_CASES: Case[] = [
  { says: 'lines are put together where Xero would then come to the same cents', truth: () => aTruth({ bill: threeLines, ...atFifteen }), plans: ['create main 1043 of 2026-10-12: 76.29 + 11.44 = 87.73'] },
  { says: 'Xero put in its own tax: a rounding line makes up for it', truth: () => onStubbornXero(5).truth, plans: ['update main 1043 of 2026-10-12: 25.44 + 3.81 = 29.25'] },
  { says: 'and then all is well', truth: () => { const at = onStubbornXero(5); settle(at); return at.truth; }, plans: [] },
  { says: 'above the tolerance a person looks', truth: () => onStubbornXero(0).truth, plans: ['hold TOTAL_MISMATCH (invoice:main)'] },
];
