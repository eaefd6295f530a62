/** A day without a time, `YYYY-MM-DD`, in the zone of whoever wrote it on the document. Compared as text. */
export type CalendarDate = string;

/** A moment, ISO 8601 in UTC with a trailing Z. */
export type Instant = string;
