import type { NewBill } from '../billing.js';
import type { Region } from '../switches.js';

type Taxes = Pick<NewBill, 'taxRate' | 'secondaryTaxRate' | 'secondaryTaxRule'>;

/** Rates in percent. Where a country has one tax only, the bills of two taxes carry its reduced rates instead. */
export function taxesOf(region: Region): Record<'none' | 'one' | 'twoPre' | 'twoPost' | 'odd', Taxes> {
  const none = { taxRate: 0, secondaryTaxRate: 0 };
  const single = (rate: number, reduced: number) => ({
    none, one: { taxRate: rate, secondaryTaxRate: 0 }, twoPre: { taxRate: reduced, secondaryTaxRate: 0 }, twoPost: { taxRate: rate, secondaryTaxRate: 0 }, odd: { taxRate: 12.5, secondaryTaxRate: 0 },
  });
  const double = (first: number, second: number) => ({
    none, one: { taxRate: first, secondaryTaxRate: 0 }, twoPre: { taxRate: first, secondaryTaxRate: second, secondaryTaxRule: 'Pre' as const },
    twoPost: { taxRate: first, secondaryTaxRate: second, secondaryTaxRule: 'Post' as const }, odd: { taxRate: 8.875, secondaryTaxRate: 0 },
  });
  switch (region) {
    case 'us':
      return double(8.25, 1.375);
    case 'ca':
      return double(5, 7);
    case 'eu':
      return single(20, 5);
    case 'au':
      return single(10, 10);
  }
}
