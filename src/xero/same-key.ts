/**
 * For how long after its first use an idempotency key may be sent again: Xero keeps one six minutes (reported by several who use it, not
 * documented), and a request may be under way for up to four.
 */
export const SAME_KEY_MS = 2 * 60_000;
