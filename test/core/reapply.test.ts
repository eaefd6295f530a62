import fc from 'fast-check';
import { planBill } from '../../src/core/plan-bill.js';
import { editBill, inStep, mainInvoice } from './cases.js';
import { carryOut, settle, type World } from './ideal-xero.js';
import { aBill, aLine, anAllocation, settings, untaxed, vat } from './law-firm.js';

const THREE = ['7001', '7002', '7003'].map((clioId, index) => anAllocation({ clioId, parentId: clioId, amount: 10_000 * (index + 1), date: `2026-10-2${index}` }));

function paidThrice(): World {
  return inStep({ allocations: structuredClone(THREE), settings: { ...settings, editPaid: 'reapply' } });
}

/** One round, of which only the first steps are carried out; of the one that was cut, perhaps the mark on its link. */
function crashAfter(at: World, steps: number, marked: boolean): void {
  const { steps: planned } = planBill(at.truth);
  planned.slice(0, steps).forEach((step) => { carryOut(at, step); });
  const cut = planned[steps];
  const link = cut?.do === 'take-off-payment' ? at.truth.paymentLinks.find((each) => each.id === cut.linkId) : undefined;
  if (marked && link && cut?.do === 'take-off-payment') link.takenOff = { revision: cut.revision, back: false };
}

const edits = fc.array(fc.record({ net: fc.integer({ min: 1_000, max: 90_000 }), crashes: fc.array(fc.record({ steps: fc.nat(3), marked: fc.boolean() }), { maxLength: 5 }) }), { minLength: 1, maxLength: 4 });

test('whatever step a crash comes after, every payment stands once in the end and the invoice is the bill', () => {
  fc.assert(fc.property(edits, (drawn) => {
    const at = paidThrice();
    for (const { net, crashes } of drawn) {
      editBill(at, aBill({ lines: [aLine({ taxes: [{ ...vat, amount: 20_000 }] }), untaxed({ net })] }));
      for (const { steps, marked } of crashes) {
        crashAfter(at, steps, marked);
        const live = mainInvoice(at).payments.filter((payment) => payment.status === 'authorised');
        expect(new Set(live.map((payment) => payment.reference)).size).toBe(live.length);
      }
      expect(settle(at).holds).toEqual([]);
      const live = mainInvoice(at).payments.filter((payment) => payment.status === 'authorised');
      expect(live.map((payment) => [payment.reference, payment.amount, payment.date]).sort()).toEqual(THREE.map((each) => [`1043 C${each.clioId}`, each.amount, each.date]));
      expect(at.truth.invoices).toHaveLength(1);
      expect(mainInvoice(at)).toMatchObject({ total: at.truth.bill.due, amountDue: at.truth.bill.due - 60_000 });
    }
  }), { numRuns: 100, seed: 19 });
});
