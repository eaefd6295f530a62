import { z } from 'zod';
import type { Instant } from '../core/calendar.js';
import { schemaOf } from './exact-schema.js';

/** Set-up under way: kept step by step, so that anybody of the firm can go on where somebody stopped. */
export interface SetUpDraft {
  /** What people entered and confirmed, by name of the form's field. */
  answers: Record<string, string>;
  /** Steps somebody finished, by name. */
  finished: Record<string, { by: string; at: Instant }>;
}

/** What another sync may have left in Xero: numbers of invoices that are called like a bill and are not ours. */
export interface LookAlikes {
  numbers: string[];
  lookedAt: Instant;
}

export const SetUpDraftSchema = schemaOf<SetUpDraft>()(
  z.object({ answers: z.record(z.string(), z.string()), finished: z.record(z.string(), z.object({ by: z.string(), at: z.iso.datetime() })) }),
);

export const LookAlikesSchema = schemaOf<LookAlikes>()(z.object({ numbers: z.array(z.string()), lookedAt: z.iso.datetime() }));

/** Ids of the two runs of a firm that hold them. */
export const SET_UP_ID = 'set-up';
export const LOOK_ALIKES_ID = 'look-alikes';

/** The results of these runs. Both throw ZodError. */
export const parseSetUpDraft = (result: unknown): SetUpDraft => SetUpDraftSchema.parse(result);
export const parseLookAlikes = (result: unknown): LookAlikes => LookAlikesSchema.parse(result);
