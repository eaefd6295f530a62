import type { SandboxClock } from '../clock.js';
import { ClioRefusal } from './errors.js';
import type { ClioSwitches } from './switches.js';

const WINDOW_MS = 60_000;

/** Requests per access token in windows of 60 seconds. The window's form (fixed, from the first call) is inferred. */
export class RateLimit {
  private readonly windows = new Map<string, { endsAt: number; used: number }>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly switches: ClioSwitches,
  ) {}

  /** Counts one call and returns the headers; throws 429 when there is none left. */
  count(token: string): Record<string, string> {
    const limit = this.switches.rateLimit;
    if (limit === null) return {};
    const now = this.clock.now();
    let window = this.windows.get(token);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + WINDOW_MS, used: 0 };
      this.windows.set(token, window);
    }
    window.used += 1;
    const headers = {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - window.used)),
      'X-RateLimit-Reset': String(Math.ceil(window.endsAt / 1000)),
    };
    if (window.used <= limit) return headers;
    throw tooMany(Math.ceil((window.endsAt - now) / 1000), now, this.switches.retryAfter, headers);
  }
}

export function tooMany(seconds: number, now: number, form: ClioSwitches['retryAfter'], headers: Record<string, string> = {}): ClioRefusal {
  const retryAfter = form === 'seconds' ? String(seconds) : new Date(now + seconds * 1000).toUTCString();
  return new ClioRefusal(429, 'RateLimited', 'Too many requests', { ...headers, 'Retry-After': retryAfter });
}
