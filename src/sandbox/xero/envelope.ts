import type { Answer } from './answer.js';
import type { Call } from './call.js';
import { msDateBare } from './dates.js';
import type { Json } from './incoming.js';

/** What wraps every answer of the Accounting API. */
export function envelope(call: Call, plural: string, elements: Json[], more: Json = {}): Answer {
  return {
    status: 200,
    json: { Id: call.world.newId(), Status: 'OK', ProviderName: call.app.name, DateTimeUTC: msDateBare(call.world.clock.now()), ...more, [plural]: elements },
  };
}
