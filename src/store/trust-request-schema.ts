import { z } from 'zod';
import type { TrustRequest } from '../core/trust-consent.js';
import { schemaOf } from './exact-schema.js';

const consent = z.object({ userId: z.string(), name: z.string(), at: z.iso.datetime() });

export const TrustRequestSchema = schemaOf<TrustRequest>()(
  z.object({ name: z.string(), bankAccount: z.string(), liabilityAccount: z.string(), first: consent, second: consent.nullable() }),
);

/** The result of the run that keeps a firm's request for one trust account of Clio. Throws ZodError. */
export const parseTrustRequest = (result: unknown): TrustRequest => TrustRequestSchema.parse(result);

export const trustRequestId = (clioId: string): string => `trust:${clioId}`;
