import { retryAfterMs } from './retry-after.js';
import { ServiceError, type ServiceErrorKind } from './service-error.js';

/** What is known about an answer that is not the one asked for. `writes`: the request could have changed something. */
export interface FailedReply {
  service: ServiceError['service'];
  status: number;
  headers: Readonly<Record<string, string>>;
  writes: boolean;
  /** Method and path, without query: queries can hold one-time secrets. */
  call: string;
  details?: string[];
  scope?: ServiceError['scope'];
  correlationId?: string | null;
}

const kinds: Partial<Record<number, ServiceErrorKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  412: 'conflict',
  429: 'rate-limited',
};

export function failureOf(reply: FailedReply, now: number): ServiceError {
  return new ServiceError({
    service: reply.service,
    kind: kindOf(reply),
    message: `${reply.service} answered ${reply.status} to ${reply.call}`,
    status: reply.status,
    details: (reply.details ?? []).map((detail) => detail.slice(0, 500)),
    retryAfterMs: retryAfterMs(reply.headers['retry-after'], now),
    scope: reply.status === 429 ? (reply.scope ?? 'minute') : null,
    correlationId: reply.correlationId ?? reply.headers['x-request-id'] ?? null,
  });
}

/** An answer that came, but cannot be understood; a write may have happened. */
export const unreadable = (reply: Omit<FailedReply, 'headers'>): ServiceError =>
  new ServiceError({
    service: reply.service,
    kind: outcomeUnknown(reply.writes),
    message: `${reply.service} gave an answer that cannot be read to ${reply.call}`,
    status: reply.status,
    details: (reply.details ?? []).map((detail) => detail.slice(0, 500)),
  });

/** Kept back at the last moment: nothing happened, and the work is taken up anew. Says nothing about the vendor. */
export class KeptBackError extends ServiceError {
  constructor(service: ServiceError['service'], call: string) {
    super({ service, kind: 'unavailable', message: `${call} was not sent: the firm is not held any more` });
  }
}

/** The same facts under another kind, where the caller knows more than the status tells. */
export const asKind = (error: ServiceError, kind: ServiceErrorKind): ServiceError =>
  new ServiceError({
    service: error.service,
    kind,
    message: error.message,
    status: error.status,
    details: error.details,
    retryAfterMs: error.retryAfterMs,
    scope: error.scope,
    correlationId: error.correlationId,
  });

export const outcomeUnknown = (writes: boolean): ServiceErrorKind => (writes ? 'ambiguous' : 'unavailable');

function kindOf({ status, writes }: FailedReply): ServiceErrorKind {
  const known = kinds[status];
  if (known) return known;
  // 408 and anything outside 4xx (redirects included: none is ever followed) say nothing about what was done.
  return status >= 400 && status < 500 && status !== 408 ? 'rejected' : outcomeUnknown(writes);
}
