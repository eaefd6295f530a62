import type { z } from 'zod';
import { invalid } from './errors.js';

/** A body against its write schema. Unknown keys are dropped, as Clio does; the wording of the refusal is inferred. */
export function parsed<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(`An invalid argument was supplied: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
