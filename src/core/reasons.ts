/** Key of the one table that pages, log, e-mail and tests read. */
export type Reason = string;
