import type { Instant } from '../core/calendar.js';

/** The instant with exactly three digits of milliseconds: stored instants are compared as text. Throws RangeError on what is no instant. */
export const fixedInstant = (instant: Instant): Instant => new Date(instant).toISOString();
