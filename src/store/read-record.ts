import { z } from 'zod';
import { UnreadableError, type Draft, type Stored } from './collection.js';
import type { Kind } from './kinds.js';

/** Parses what the database held. Throws `UnreadableError` when it does not fit its kind. */
export function readRecord<T extends Stored>(kind: Kind<T>, id: string, held: unknown): T {
  const parsed = kind.schema.safeParse(held);
  if (!parsed.success) throw new UnreadableError(kind.name, id, z.prettifyError(parsed.error));
  return parsed.data;
}

/** The record exactly as it will be read back: what no reader could read is refused before it is written. */
export function plainRecord<T extends Stored>(kind: Kind<T>, record: Draft<T>, version: number, epoch: number): T {
  const plain: unknown = JSON.parse(JSON.stringify({ ...record, version, epoch }));
  return readRecord(kind, record.id, plain);
}
