/** Why a call to a vendor did not give what was asked. Decided by status and headers, never by message text. */
export type ServiceErrorKind =
  /** Over a limit; nothing happened. `retryAfterMs` says when to come back; `scope` which limit. */
  | 'rate-limited'
  /** A read did not get through, or the vendor is down; nothing changed. */
  | 'unavailable'
  /** The token is refused even after a refresh. */
  | 'unauthorized'
  /** The token is good, the right or the connection is missing. */
  | 'forbidden'
  | 'not-found'
  /** Somebody changed the record since it was read (412, 409). */
  | 'conflict'
  /** The vendor read it and said no; the same content will be refused again. */
  | 'rejected'
  /** A write was sent and its outcome is not known: time-out, lost answer, 5xx, unreadable answer. */
  | 'ambiguous';

export class ServiceError extends Error {
  readonly service: 'clio' | 'xero';
  readonly kind: ServiceErrorKind;
  readonly status: number | null;
  /** The vendor's own words, for "Details"; never for branching. */
  readonly details: string[];
  readonly retryAfterMs: number | null;
  /** For rate limits: which one. */
  readonly scope: 'minute' | 'day' | 'concurrent' | 'app' | null;
  /** What the vendor's support asks for. */
  readonly correlationId: string | null;

  constructor(facts: {
    service: 'clio' | 'xero';
    kind: ServiceErrorKind;
    message: string;
    status?: number | null;
    details?: string[];
    retryAfterMs?: number | null;
    scope?: ServiceError['scope'];
    correlationId?: string | null;
  }) {
    super(facts.message);
    this.name = 'ServiceError';
    this.service = facts.service;
    this.kind = facts.kind;
    this.status = facts.status ?? null;
    this.details = facts.details ?? [];
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.scope = facts.scope ?? null;
    this.correlationId = facts.correlationId ?? null;
  }
}
