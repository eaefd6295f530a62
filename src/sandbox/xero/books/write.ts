import type { Answer } from '../answer.js';
import type { Call } from '../call.js';
import { msDate } from '../dates.js';
import { envelope } from '../envelope.js';
import { zeroId } from '../ids.js';
import { elementsOf, readBody, type Incoming, type Json } from '../incoming.js';
import { BadBody, Refusal } from '../refusal.js';

export interface Written {
  json: Json;
  warnings?: string[];
}

export interface Batch {
  plural: string;
  /** The member that holds the element's id. */
  idName: string;
  write: (element: Incoming) => Written;
  /** Whether the endpoint knows `summarizeErrors`; the others always answer 400 for a bad element. */
  summarises: boolean;
}

const messages = (texts: string[]): { Message: string }[] => texts.map((Message) => ({ Message }));

/**
 * Writes the elements of a request one by one. With `summarizeErrors=false` the good ones stand and each tells its status;
 * otherwise one bad element makes the call 400 and, by the switch, nothing stands.
 */
export function writeBatch(call: Call, batch: Batch): Answer {
  const elements = elementsOf(readBody(call.body), batch.plural);
  if (elements.length === 0) throw new BadBody(`No ${batch.plural} were sent.`);
  const mixed = batch.summarises && call.query.get('summarizeErrors')?.toLowerCase() === 'false';
  const { undo } = call.organisation;
  const start = undo.point();
  const results = elements.map((element) => {
    const point = undo.point();
    try {
      return { element, written: batch.write(element) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      undo.backTo(point);
      return { element, errors: error.messages };
    }
  });
  const failed = results.filter((result) => result.errors !== undefined);
  if (failed.length > 0 && !mixed) {
    if (call.world.switches.failedBatch === 'nothing-saved') undo.backTo(start);
    return validationAnswer(failed.map(({ element, errors }) => ({ ...echo(element, batch.idName), ValidationErrors: messages(errors) })));
  }
  return envelope(call, batch.plural, results.map((result) => {
    if (result.errors !== undefined) return { ...echo(result.element, batch.idName), StatusAttributeString: 'ERROR', HasErrors: true, ValidationErrors: messages(result.errors) };
    const { json, warnings = [] } = result.written;
    const status = mixed || warnings.length > 0 ? { StatusAttributeString: warnings.length > 0 ? 'WARNING' : 'OK' } : {};
    return { ...json, ...status, ...(warnings.length > 0 ? { Warnings: messages(warnings) } : {}) };
  }));
}

/** The sent object; one that was to be created shows the all-zero id. That its days come back in Xero's own form, as in every answer, is inferred. */
function echo(element: Incoming, idName: string): Json {
  const days = Object.entries(element.json).flatMap(([name, value]) => (name.endsWith('Date') && typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? [[name, msDate(value)] as const] : []));
  return { ...element.json, ...Object.fromEntries(days), [idName]: element.filled(idName) ?? zeroId };
}

export function validationAnswer(elements: Json[]): Answer {
  return { status: 400, json: { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred', Elements: elements } };
}
