import { divide, toUnits } from './decimal.js';

export interface LinePrice {
  quantity: number;
  unitAmount: number;
  discountRate?: number;
  /** Cents. */
  discountAmount?: number;
}

/** The line's amount in cents: quantity × price, less its discount, rounded once. */
export function lineAmount(price: LinePrice): number {
  const gross = toUnits(price.quantity, 4) * toUnits(price.unitAmount, 4);
  const keptShare = 1_000_000n - toUnits(price.discountRate ?? 0, 4);
  return Number(divide(gross * keptShare, 1_000_000_000_000n)) - (price.discountAmount ?? 0);
}
