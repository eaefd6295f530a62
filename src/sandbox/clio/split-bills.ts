import { createBill, type NewBill } from './billing.js';
import { productInCents } from './decimal.js';
import type { Firm } from './firm.js';
import type { BillRecord } from './records.js';

export interface Payer {
  clientId: number;
  /** Percent of the whole; together 100. */
  portion: number;
}

/**
 * What billing a matter with several payers makes: one bill for each, that name each other. Whether the whole stays as a bill, and how its
 * cents are shared out, is not documented: a switch shows either, and the last payer takes what rounding leaves.
 */
export function createSplitBill(firm: Firm, spec: NewBill, payers: Payer[]): BillRecord[] {
  const whole = firm.switches.splitWhole === 'shown' ? createBill(firm, { ...spec, number: `${firm.nextBillNumber()}-W` }) : null;
  const shares = spec.lines.map((line) => shared(productInCents(line.price, line.quantity ?? 1), payers));
  const parts = payers.map(({ clientId }, place) =>
    createBill(firm, { ...spec, clientId, number: firm.nextBillNumber(), state: 'draft', lines: spec.lines.map((line, index) => ({ ...line, quantity: 1, price: (shares[index]?.[place] ?? 0) / 100 })) }),
  );
  const [first] = parts;
  const connectionId = `00000000-0000-4000-8000-${String(first?.id ?? 0).padStart(12, '0')}`;
  parts.forEach((part, place) => (part.split = { id: part.id + 700_000, connectionId, ofBillId: whole?.id ?? part.id, portion: payers[place]?.portion ?? 0 }));
  if (whole) whole.split = { id: whole.id + 700_000, connectionId, ofBillId: whole.id, portion: null };
  return [...parts, ...(whole ? [whole] : [])];
}

function shared(cents: number, payers: Payer[]): number[] {
  const parts = payers.map(({ portion }) => Math.floor((cents * portion) / 100));
  const rest = cents - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, place) => (place === parts.length - 1 ? part + rest : part));
}
