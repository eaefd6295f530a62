import { TakenError } from '../store/collection.js';
import type { TicketRecord } from '../store/records.js';
import type { ConnectionDeps } from './ports.js';

/** A holder that crashed blocks the others no longer than this. */
const HELD_MS = 120_000;
/** What must be left of a turn to ask a vendor in it: an answer takes half a minute at most, and the clocks of two processes may differ by more than that. */
const LEFT_TO_ASK_MS = 75_000;

type Turn = Pick<ConnectionDeps, 'store' | 'clock'>;

/**
 * One process at a time may refresh a connection: a ticket with a fixed id is the lock, and inserting it is taking the turn.
 * Undefined while somebody else has it.
 */
export async function takeTurn(deps: Turn, firm: string, connectionId: string): Promise<TicketRecord | undefined> {
  const id = `refresh:${connectionId}`;
  const until = new Date(deps.clock.now() + HELD_MS).toISOString();
  try {
    return await deps.store.tickets.insert({ firm, id, kind: 'refresh-turn', body: null, sweepAt: until });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
  const holder = await deps.store.tickets.get(firm, id);
  if (!holder || Date.parse(holder.sweepAt) > deps.clock.now()) return undefined;
  try {
    return await deps.store.tickets.replace({ ...holder, sweepAt: until });
  } catch {
    return undefined;
  }
}

export const isInTurn = ({ clock }: Pick<Turn, 'clock'>, turn: TicketRecord): boolean => clock.now() < Date.parse(turn.sweepAt);

/** Whether an answer would still come while the turn is ours. */
export const mayAsk = ({ clock }: Pick<Turn, 'clock'>, turn: TicketRecord): boolean => clock.now() < Date.parse(turn.sweepAt) - LEFT_TO_ASK_MS;

/** One that is over already may be another's by now. */
export async function endTurn(deps: Turn, turn: TicketRecord): Promise<void> {
  if (isInTurn(deps, turn)) await deps.store.tickets.remove(turn.firm, turn.id);
}
