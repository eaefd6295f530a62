import { instantOf } from '../http/clock.js';
import { mark } from '../jobs/mark-kinds.js';
import type { FirmRecord } from '../store/records.js';
import { PRIORITY } from '../store/store.js';
import type { WebDeps } from './deps.js';

/** A session lives for hours; whether its person may still use Clio is asked this often while somebody of the firm is at work here. */
const ASK_AGAIN_MS = 15 * 60_000;

/** Only the worker speaks with Clio: it is asked to look, and the next page knows. The first time is when it reads the firm's lists. */
export async function keepAsking({ store, clock }: Pick<WebDeps, 'store' | 'clock'>, firm: FirmRecord): Promise<void> {
  if (!firm.inClio || clock.now() - Date.parse(firm.inClio.readAt) < ASK_AGAIN_MS) return;
  await store.marks.want([mark(firm.id, 'people', 'clio', PRIORITY.webhook)], instantOf(clock));
}
