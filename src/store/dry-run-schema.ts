import { z } from 'zod';
import { isReason, type Reason } from '../core/reasons.js';
import type { Rehearsed } from '../core/rehearse.js';
import { schemaOf } from './exact-schema.js';

const minor = z.int();
const reason = z.custom<Reason>((value) => typeof value === 'string' && isReason(value));

/** The result of a dry run of one organisation, as far as it has come. */
export interface DryRun {
  /** Open bills that go to the organisation, and how many were looked at: none while it is not connected or not set up. */
  bills: number;
  done: number;
  rows: Rehearsed[];
  /** Bills that go to no organisation yet; they are told with the one the firm began with. */
  unplaced: Rehearsed[];
  /** Fingerprint of the settings it was planned with. */
  settings: string;
}

const Row = z.object({
  billId: z.string(),
  number: z.string(),
  client: z.string(),
  currency: z.string(),
  issuedOn: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  due: minor,
  balance: minor,
  outcome: z.enum(['create', 'adopt', 'linked', 'left-out', 'needs-you']),
  reason: reason.nullable(),
  facts: z.record(z.string(), z.string()),
  contact: z.object({ how: z.enum(['linked', 'link', 'create', 'ask']), name: z.string() }).nullable(),
  invoiceNumber: z.string().nullable(),
  postings: z.array(z.object({ account: z.string(), debit: minor, credit: minor })),
  thenAsked: reason.nullable(),
  xeroDue: minor.nullable(),
});

export const DryRunSchema = schemaOf<DryRun>()(z.object({ bills: z.int(), done: z.int(), rows: z.array(Row), unplaced: z.array(Row).default([]), settings: z.string().default('') }));

/** The result of the RunRecord of a firm's dry run. Throws ZodError. */
export const parseDryRun = (result: unknown): DryRun => DryRunSchema.parse(result);

/** One per organisation (`atPlace`): a newer one takes its place. */
export const DRY_RUN_ID = 'dry-run';
