import { booksIn } from './books.js';
import { type CallDeps, createCalls } from './call.js';
import { contactsIn } from './contacts.js';
import { costsIn } from './costs.js';
import { creditNotesIn } from './credit-notes.js';
import { historyIn } from './history.js';
import { invoiceReadsIn } from './invoice-reads.js';
import { invoiceWritesIn } from './invoice-writes.js';
import { paymentsIn } from './payments.js';
import type { Xero } from './xero.js';

/** One organisation, spoken to with one firm's token. Cheap: make one per run. */
export function createXero(deps: CallDeps): Xero {
  const calls = createCalls(deps);
  const writingUntil = (moment: number): Xero => createXero({ ...deps, mayWrite: () => deps.mayWrite?.() !== false && deps.clock.now() <= moment });
  return { writingUntil, dayShareLeft: () => deps.budget.dayShareLeft(), ...booksIn(calls), ...invoiceReadsIn(calls), ...invoiceWritesIn(calls), ...paymentsIn(calls), ...contactsIn(calls), ...historyIn(calls), ...creditNotesIn(calls), ...costsIn(calls) };
}
