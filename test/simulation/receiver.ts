import type { Clock } from '../../src/http/clock.js';
import type { Log } from '../../src/http/logging.js';
import type { Store } from '../../src/store/store.js';
import { inTime, type Answer } from '../../src/web/webhooks/answer.js';
import { receiveFromClio } from '../../src/web/webhooks/clio.js';
import { receiveFromXero } from '../../src/web/webhooks/xero.js';
import { sealer } from './tokens.js';
import { SECRET, type Posted } from './webhook-sender.js';

/** What the routes of src/web/server.ts do with a webhook, without Express. */
export const receiverOn = (deps: { store: Store; clock: Clock; log: Log }) => ({ vendor, token, signature, rawBody }: Posted): Promise<Answer> =>
  inTime(deps, vendor === 'clio' ? receiveFromClio({ ...deps, sealer }, { token, hookSecret: undefined, signature, rawBody }) : receiveFromXero({ ...deps, xeroWebhookKeys: [SECRET] }, signature, rawBody));
