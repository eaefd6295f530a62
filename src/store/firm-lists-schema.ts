import { z } from 'zod';
import type { FirmLists } from '../core/firm-lists.js';
import { schemaOf } from './exact-schema.js';

export const FirmListsSchema = schemaOf<FirmLists>()(
  z.object({
    bankAccounts: z.array(z.object({ clioId: z.string(), name: z.string(), type: z.enum(['operating', 'trust']), currency: z.string().nullable() })),
    taxCombinations: z.array(z.object({ key: z.string(), label: z.string(), rate: z.string() })),
    costCategories: z.array(z.object({ clioId: z.string(), name: z.string(), xeroCode: z.string().nullable(), kind: z.enum(['hard', 'soft']).nullable().default(null) })),
    // Not in lists read before account rules could be set; the next reading fills them.
    workCategories: z.array(z.object({ clioId: z.string(), name: z.string(), xeroCode: z.string().nullable() })).default([]),
    utbmsCodes: z.array(z.object({ clioId: z.string(), name: z.string() })).default([]),
    practiceAreas: z.array(z.string()).default([]),
    offices: z.array(z.string()).default([]),
    matters: z.array(z.object({ clioId: z.string(), name: z.string() })).default([]),
    users: z.array(z.object({ clioId: z.string(), name: z.string() })),
    readAt: z.iso.datetime(),
  }),
);

/** The body of the BooksRecord `clio`. Throws ZodError. */
export const parseFirmLists = (body: unknown): FirmLists => FirmListsSchema.parse(body);
