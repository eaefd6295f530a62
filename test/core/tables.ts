import { BILL_CASES } from './bill-cases.js';
import type { Case } from './cases.js';
import { CENT_CASES } from './cent-cases.js';
import { CODING_CASES } from './coding-cases.js';
import { CREDIT_CASES } from './credit-cases.js';
import { LIFE_CASES } from './life-cases.js';
import { PAYMENT_CASES } from './payment-cases.js';
import { REFUND_CASES } from './refund-cases.js';

/** Every table of cases for `planBill`. */
export const TABLES: [what: string, cases: Case[]][] = [
  ['a bill without an invoice', BILL_CASES],
  ['payments', PAYMENT_CASES],
  ['the life of an invoice', LIFE_CASES],
  ['credits', CREDIT_CASES],
  ['refunds', REFUND_CASES],
  ['cents', CENT_CASES],
  ['coding', CODING_CASES],
];
