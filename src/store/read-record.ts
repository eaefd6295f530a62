import { z } from 'zod';
import { UnreadableError, type Stored } from './collection.js';
import type { Kind } from './kinds.js';

/** Parses what the database held. Throws `UnreadableError` when it does not fit its kind. */
export function readRecord<T extends Stored>(kind: Kind<T>, id: string, held: unknown): T {
  const parsed = kind.schema.safeParse(held);
  if (!parsed.success) throw new UnreadableError(kind.name, id, z.prettifyError(parsed.error));
  return parsed.data;
}
