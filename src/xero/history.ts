import type { Calls } from './call.js';
import { filled } from './filled.js';
import { HistoryRecord, HistoryRecords } from './sdk.js';
import { rowsOf } from './write-results.js';
import type { Xero } from './xero.js';

/** Longest note Xero keeps. */
const longest = 2_500;

export function historyIn(calls: Calls): Pick<Xero, 'noteOnInvoice'> {
  return {
    async noteOnInvoice(id, text, key) {
      const records = filled(new HistoryRecords(), { historyRecords: [filled(new HistoryRecord(), { details: text.slice(0, longest) })] });
      await calls.write('write a note', (api, tenant) => api.createInvoiceHistory(tenant, id, records, key), (body) => rowsOf(body, 'HistoryRecords'));
    },
  };
}
