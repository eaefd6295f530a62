import { z } from 'zod';
import { ServiceError } from '../http/service-error.js';
import { validationMessages, warningMessages } from './error-body.js';
import { refusalOf } from './refusals.js';
import { noId } from './wire.js';
import type { WriteResult } from './xero.js';

const outcome = z.object({
  HasErrors: z.boolean().nullish(),
  HasValidationErrors: z.boolean().nullish(),
  StatusAttributeString: z.string().nullish(),
  ValidationErrors: z.array(z.unknown()).nullish(),
});

/** How one kind of document is recognised among the elements of an answer. */
export interface Matching<Sent, Value> {
  /** Where the elements are: `Invoices`, `Payments`, … */
  plural: string;
  idField: string;
  /** What tells sent documents apart, as it was sent and as an element shows it (null when it shows none). */
  keySent: (sent: Sent) => string;
  keyOf: (element: unknown) => string | null;
  toValue: (element: unknown, sent: Sent) => Value;
}

/**
 * One result per sent document, in the order sent, by position and by key, so that an answer in another order is read right.
 * Throws when a document's outcome is not in the answer: nobody may then take it for refused, or for written.
 */
export function resultsOf<Sent, Value>(body: unknown, sent: readonly Sent[], matching: Matching<Sent, Value>): WriteResult<Value>[] {
  const { elements, allRefused } = elementsOf(body, matching.plural);
  const [only] = sent;
  if (only !== undefined && sent.length === 1 && elements.length === 1) return [allRefused ? refused(elements[0]) : resultOf(elements[0], only, matching, false)];
  const keys = elements.map((element) => matching.keyOf(element));
  const free = new Set(elements.keys());
  const take = (index: number): number | undefined => (free.delete(index) ? index : undefined);
  const byPlace = sent.map((each, index) => (keys[index] === matching.keySent(each) ? take(index) : undefined));
  const byKey = sent.map((each, index) => byPlace[index] ?? take(keys.findIndex((key, at) => free.has(at) && key === matching.keySent(each))));
  return sent.map((each, index) => {
    const at = byKey[index] ?? (keys[index] === null && elements.length === sent.length ? take(index) : undefined);
    if (at === undefined) throw new Error(`No element for document ${index + 1} of ${sent.length}`);
    return resultOf(elements[at], each, matching, allRefused);
  });
}

/** The result of a write that is about one document. */
export function oneResultOf<Sent, Value>(body: unknown, sent: Sent, matching: Matching<Sent, Value>): WriteResult<Value> {
  const [result] = resultsOf(body, [sent], matching);
  if (!result) throw new Error('No element in the answer');
  return result;
}

function resultOf<Sent, Value>(element: unknown, sent: Sent, matching: Matching<Sent, Value>, allRefused: boolean): WriteResult<Value> {
  if (isRefused(element, matching.idField, allRefused)) return refused(element);
  // Inside a 400: this one had no fault of its own, and whether it was saved is not said.
  if (allRefused) throw new ServiceError({ service: 'xero', kind: 'ambiguous', message: 'Xero refused a batch and did not say what became of a faultless document in it', status: 400, details: [] });
  return { ok: true, value: matching.toValue(element, sent), warnings: warningMessages(element) };
}

function refused(element: unknown): WriteResult<never> {
  const messages = validationMessages(element);
  return { ok: false, refused: refusalOf(messages), messages };
}

function isRefused(element: unknown, idField: string, in400: boolean): boolean {
  const { HasErrors, HasValidationErrors, StatusAttributeString, ValidationErrors } = outcome.parse(element);
  if (in400) return validationMessages(element).length > 0;
  if (HasErrors || HasValidationErrors || StatusAttributeString === 'ERROR' || (ValidationErrors ?? []).length > 0) return true;
  return z.object({ [idField]: z.literal(noId) }).safeParse(element).success;
}

/** A validation failure of the whole call (400) lists the sent documents under `Elements`, each with its reasons. */
function elementsOf(body: unknown, plural: string): { elements: unknown[]; allRefused: boolean } {
  const refused = z.object({ Elements: z.array(z.unknown()) }).safeParse(body);
  if (refused.success) return { elements: refused.data.Elements, allRefused: true };
  return { elements: rowsOf(body, plural), allRefused: false };
}

/** The list an answer is about. Throws when it is not there, as with a page of HTML. */
export function rowsOf(body: unknown, plural: string): unknown[] {
  return z.record(z.string(), z.unknown()).transform((it) => z.array(z.unknown()).parse(it[plural])).parse(body);
}
