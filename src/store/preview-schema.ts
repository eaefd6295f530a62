import { z } from 'zod';
import type { Settings } from '../core/settings.js';
import { schemaOf } from './exact-schema.js';
import { SettingsSchema } from './settings-schema.js';

/** Settings somebody wants to save, and what they would make of documents that were sent already. */
export interface SettingsPreview {
  settings: Settings;
  /** Id of the version they were changed from. */
  after: string;
  note: string;
  by: string;
  /** Null until the worker has planned it. `canFollow`: the invoice stands as it was made, so it could be made anew. */
  effect: { looked: number; changed: { billId: string; number: string; client: string; says: string[]; canFollow: boolean }[] } | null;
}

export const SettingsPreviewSchema = schemaOf<SettingsPreview>()(
  z.object({
    settings: SettingsSchema,
    after: z.string(),
    note: z.string(),
    by: z.string(),
    effect: z.object({ looked: z.int(), changed: z.array(z.object({ billId: z.string(), number: z.string(), client: z.string(), says: z.array(z.string()), canFollow: z.boolean().default(false) })) }).nullable(),
  }),
);

/** The result of the run that keeps a firm's preview. Throws ZodError. */
export const parsePreview = (result: unknown): SettingsPreview => SettingsPreviewSchema.parse(result);

/** One per firm: the newer takes the place of the older. Also the id of the mark that asks for it. */
export const PREVIEW_ID = 'preview';
