import { createHash } from 'node:crypto';
import type { Answer } from '../answer.js';
import type { XeroSwitches } from '../switches.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const inFlightAtOnce = 5;

export type LimitProblem = 'minute' | 'day' | 'concurrent' | 'appminute';

interface Usage {
  recent: number[];
  windowStart: number;
  inWindow: number;
  inFlight: number;
}

/** Counts calls per app and organisation, and per app. Refused calls are not counted, which is inferred. */
export class Limits {
  private readonly tenants = new Map<string, Usage>();
  private readonly apps = new Map<string, number[]>();

  constructor(private readonly switches: XeroSwitches) {}

  /** Counts the call in, or names the limit it met. */
  enter(clientId: string, tenantId: string, now: number): { problem: LimitProblem; retryAfter: number | undefined } | undefined {
    const usage = this.usage(clientId, tenantId, now);
    const app = this.appCalls(clientId, now);
    if (usage.inFlight >= inFlightAtOnce) return { problem: 'concurrent', retryAfter: undefined };
    if (usage.inWindow >= this.switches.dayLimit) return { problem: 'day', retryAfter: seconds(usage.windowStart + day - now) };
    if (usage.recent.length >= this.switches.minuteLimit) return { problem: 'minute', retryAfter: seconds(this.minuteEnds(usage, now) - now) };
    if (app.length >= this.switches.appMinuteLimit) return { problem: 'appminute', retryAfter: seconds((app[0] ?? now) + minute - now) };
    usage.recent.push(now);
    app.push(now);
    usage.inWindow += 1;
    usage.inFlight += 1;
    return undefined;
  }

  leave(clientId: string, tenantId: string, now: number): void {
    this.usage(clientId, tenantId, now).inFlight -= 1;
  }

  headers(clientId: string, tenantId: string, now: number): Record<string, string> {
    const usage = this.usage(clientId, tenantId, now);
    return {
      'X-MinLimit-Remaining': String(Math.max(0, this.switches.minuteLimit - usage.recent.length)),
      'X-DayLimit-Remaining': String(Math.max(0, this.switches.dayLimit - usage.inWindow)),
      'X-AppMinLimit-Remaining': String(Math.max(0, this.switches.appMinuteLimit - this.appCalls(clientId, now).length)),
    };
  }

  private usage(clientId: string, tenantId: string, now: number): Usage {
    const key = `${clientId} ${tenantId}`;
    const start = dayStart(tenantId, now);
    const usage = this.tenants.get(key) ?? { recent: [], windowStart: start, inWindow: 0, inFlight: 0 };
    this.tenants.set(key, usage);
    if (usage.windowStart !== start) Object.assign(usage, { windowStart: start, inWindow: 0 });
    const since = this.switches.minuteWindow === 'rolling' ? now - minute : now - (now % minute) - 1;
    usage.recent = usage.recent.filter((at) => at > since);
    return usage;
  }

  private minuteEnds(usage: Usage, now: number): number {
    return this.switches.minuteWindow === 'rolling' ? (usage.recent[0] ?? now) + minute : now - (now % minute) + minute;
  }

  private appCalls(clientId: string, now: number): number[] {
    const calls = (this.apps.get(clientId) ?? []).filter((at) => at > now - minute);
    this.apps.set(clientId, calls);
    return calls;
  }
}

/** The day's window is fixed and starts at another time of day for each organisation. */
function dayStart(tenantId: string, now: number): number {
  const offset = createHash('sha256').update(tenantId).digest().readUInt32BE(0) % day;
  return Math.floor((now - offset) / day) * day + offset;
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

export function limitAnswer(problem: LimitProblem, retryAfter: number | undefined): Answer {
  const headers: Record<string, string> = { 'X-Rate-Limit-Problem': problem };
  if (retryAfter !== undefined) headers['Retry-After'] = String(retryAfter);
  return { status: 429, text: '', headers };
}
