import { z } from 'zod';
import type { Books } from '../core/books.js';
import { schemaOf } from './exact-schema.js';

const accountClass = z.enum(['asset', 'equity', 'expense', 'liability', 'revenue']);

export const BooksSchema = schemaOf<Books>()(
  z.object({
    organisation: z.object({
      xeroId: z.string(),
      name: z.string(),
      shortCode: z.string(),
      country: z.string(),
      baseCurrency: z.string(),
      demo: z.boolean(),
      trial: z.boolean().default(false),
      timeZone: z.string(),
    }),
    lockedThrough: z.iso.date().nullable(),
    currencies: z.array(z.string()),
    accounts: z.array(
      z.object({
        xeroId: z.string(),
        code: z.string().nullable(),
        name: z.string(),
        class: accountClass,
        isBank: z.boolean(),
        currency: z.string().nullable(),
        active: z.boolean(),
        system: z.string().nullable(),
        takesPayments: z.boolean(),
        taxType: z.string().nullable(),
      }),
    ),
    taxRates: z.array(z.object({ taxType: z.string(), name: z.string(), rate: z.string(), active: z.boolean(), classes: z.array(accountClass) })),
    tracking: z.array(
      z.object({
        xeroId: z.string(),
        name: z.string(),
        active: z.boolean(),
        options: z.array(z.object({ xeroId: z.string(), name: z.string(), active: z.boolean() })),
      }),
    ),
    // Not in books read before a theme could be chosen.
    brandingThemes: z.array(z.object({ xeroId: z.string(), name: z.string() })).default([]),
    readAt: z.iso.datetime(),
    // Not in books read before it was kept apart: such are read again before anything is written.
    lockReadAt: z.iso.datetime().default('1970-01-01T00:00:00Z'),
  }),
);

/** The body of a BooksRecord. Throws ZodError. */
export const parseBooks = (value: unknown): Books => BooksSchema.parse(value);
