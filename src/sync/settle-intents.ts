import type { OpenFirm } from './firm-context.js';
import { readyToSync } from './open-firm.js';
import { openIntents } from './operations.js';

/** What a try left open is settled before the next bill or cost is looked at; where none follows, at night. */
export async function settleIntents(open: OpenFirm): Promise<void> {
  const context = await readyToSync(open);
  if (context) await openIntents(context);
}
