import { z } from 'zod';
import type { Instant } from '../core/calendar.js';
import { TakenError } from '../store/collection.js';
import type { TicketRecord } from '../store/records.js';
import type { ConnectionDeps } from './ports.js';

/** A holder that crashed blocks the others no longer than this. */
const HELD_MS = 120_000;
/** What must be left of a turn to ask a vendor in it: an answer takes half a minute at most, and the clocks of two processes may differ by more than that. */
const LEFT_TO_ASK_MS = 75_000;
/** A turn nobody ended is remembered for longer than Xero takes the token that was sent in it, which is 30 minutes. */
const REMEMBERED_MS = 45 * 60_000;

type Turn = Pick<ConnectionDeps, 'store' | 'clock'>;

const Body = z.object({ until: z.iso.datetime() });

/**
 * One process at a time may refresh a connection: a ticket with a fixed id is the lock, and inserting it is taking the turn.
 * Undefined while somebody else has it.
 */
export async function takeTurn(deps: Turn, firm: string, connectionId: string): Promise<TicketRecord | undefined> {
  const { tickets } = deps.store;
  const id = ticketOf(connectionId);
  const lasts = lasting(deps, HELD_MS);
  try {
    return await tickets.insert({ firm, id, kind: 'refresh-turn', ...lasts });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
  }
  const holder = await tickets.get(firm, id);
  if (!holder || isInTurn(deps, holder)) return undefined;
  try {
    return await tickets.replace({ ...holder, ...lasts });
  } catch {
    return undefined;
  }
}

export const isInTurn = ({ clock }: Pick<Turn, 'clock'>, turn: TicketRecord): boolean => clock.now() < endOf(turn);

/** Whether an answer would still come while the turn is ours. */
export const mayAsk = ({ clock }: Pick<Turn, 'clock'>, turn: TicketRecord): boolean => clock.now() < endOf(turn) - LEFT_TO_ASK_MS;

/** One that is over already may be another's by now. */
export async function endTurn(deps: Turn, turn: TicketRecord): Promise<void> {
  if (isInTurn(deps, turn)) await deps.store.tickets.remove(turn.firm, turn.id);
}

/** Others may take it at once, and whoever looks sees that it came to no known end. */
export async function leaveTurn(deps: Turn, turn: TicketRecord): Promise<void> {
  if (isInTurn(deps, turn)) await deps.store.tickets.replace({ ...turn, ...lasting(deps, 0) });
}

/** True when the last turn is over without having been ended: its holder died in it, or never learnt what became of its request. */
export async function wasLeft(deps: Turn, firm: string, connectionId: string): Promise<boolean> {
  const turn = await deps.store.tickets.get(firm, ticketOf(connectionId));
  return turn !== undefined && !isInTurn(deps, turn);
}

const ticketOf = (connectionId: string): string => `refresh:${connectionId}`;

function lasting({ clock }: Pick<Turn, 'clock'>, ms: number): { body: z.infer<typeof Body>; sweepAt: Instant } {
  const until = clock.now() + ms;
  return { body: { until: new Date(until).toISOString() }, sweepAt: new Date(until + REMEMBERED_MS).toISOString() };
}

/** Milliseconds UTC. One that an earlier version took is kept only as long as it lasts. */
function endOf({ body, sweepAt }: TicketRecord): number {
  const parsed = Body.safeParse(body);
  return Date.parse(parsed.success ? parsed.data.until : sweepAt);
}
