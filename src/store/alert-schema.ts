import { z } from 'zod';

const instant = z.iso.datetime();

/** What a letter tells of its alert: that it began, that it got worse, that it is over; or a day's news. */
export const TELLINGS = ['opened', 'worse', 'solved', 'digest'] as const;
export type Telling = (typeof TELLINGS)[number];

/** A mail to one person. `owed` until the mail server has taken it; `dropped` when it never will, or the person is not to have it any more. */
export const Letter = z.object({
  id: z.string(),
  /** Clio user id. */
  to: z.string(),
  tells: z.enum(TELLINGS),
  state: z.enum(['owed', 'sent', 'dropped']),
  attempts: z.int(),
  notBefore: instant,
  sentAt: instant.nullable(),
});
export type Letter = z.infer<typeof Letter>;

/**
 * What people are told by mail, with the letters about it, so that to decide and to owe is one write.
 * `cause`: one thing that stands in the way, from when it was seen until it is over; id names it, and it may come again.
 * `digest`: the news of one day, id `digest:{day}`; `openedAt` is up to when it tells.
 */
export const AlertRecord = z.object({
  firm: z.string().min(1),
  id: z.string().min(1),
  version: z.int().min(1),
  epoch: z.int().min(0),
  kind: z.enum(['cause', 'digest']),
  /** A key of core/reasons; null for a digest. */
  reason: z.string().nullable(),
  /** Names of organisations it is about. */
  organisations: z.array(z.string()),
  /** Nothing here but amounts, dates and counts: it goes into mail. */
  facts: z.record(z.string(), z.string()),
  /** How many records it stops. */
  count: z.int(),
  /** The page where it is mended. */
  path: z.string(),
  /** Grows when it gets worse. */
  stage: z.int(),
  openedAt: instant,
  solvedAt: instant.nullable(),
  /** A digest's news by reason. */
  news: z.array(z.object({ reason: z.string(), count: z.int() })),
  letters: z.array(Letter),
  sweepAt: instant,
});
export type AlertRecord = z.infer<typeof AlertRecord>;
