const longestMs = 7 * 24 * 3_600_000;

/**
 * `Retry-After` as milliseconds from `now`: seconds or an HTTP date (RFC 9110 §10.2.3). Null when absent or unreadable,
 * so that a strange header becomes the caller's own back-off and never an immediate storm.
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = (header ?? '').trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), longestMs);
  if (!/[a-z]/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now, 0), longestMs);
}
