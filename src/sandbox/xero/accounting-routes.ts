import { accountRoutes } from './books/accounts.js';
import { contactRoutes } from './books/contacts.js';
import { brandingThemeRoutes, currencyRoutes } from './books/currencies.js';
import { historyRoutes } from './books/history.js';
import { organisationRoutes } from './books/organisation-api.js';
import { taxRateRoutes } from './books/tax-rates.js';
import { trackingRoutes } from './books/tracking.js';
import { advanceRoutes } from './banking/advances.js';
import { bankTransactionRoutes } from './banking/bank-transactions.js';
import { bankTransferRoutes } from './banking/bank-transfers.js';
import { batchPaymentRoutes } from './banking/batch-payments.js';
import { manualJournalRoutes } from './banking/manual-journals.js';
import type { Route } from './call.js';
import { allocationRoutes } from './documents/allocations.js';
import { creditNoteRoutes } from './documents/credit-notes.js';
import { invoiceRoutes } from './documents/invoices.js';
import { paymentRoutes } from './documents/payments.js';

export const accountingRoutes: Route[] = [
  ...organisationRoutes,
  ...accountRoutes,
  ...taxRateRoutes,
  ...trackingRoutes,
  ...currencyRoutes,
  ...brandingThemeRoutes,
  ...contactRoutes,
  ...invoiceRoutes,
  ...paymentRoutes,
  ...creditNoteRoutes,
  ...allocationRoutes,
  ...bankTransactionRoutes,
  ...advanceRoutes,
  ...batchPaymentRoutes,
  ...bankTransferRoutes,
  ...manualJournalRoutes,
  ...historyRoutes,
];
