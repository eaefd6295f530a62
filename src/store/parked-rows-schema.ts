import { z } from 'zod';

/** A bill that a dry run says needs somebody, and that a person let wait by name, so that the others can go. It counts for what was asked then. */
const ParkedRow = z.object({ billId: z.string(), asked: z.string(), by: z.string(), at: z.iso.datetime() });
export type ParkedRow = z.infer<typeof ParkedRow>;

/** The result of the RunRecord that keeps them. Throws ZodError. */
export const parseParkedRows = (result: unknown): ParkedRow[] => z.object({ rows: z.array(ParkedRow) }).parse(result).rows;

export const PARKED_ROWS_ID = 'dry-run-parked';
