import type { Instant } from './calendar.js';

/** Somebody with trust rights agreed, and when. */
export interface Consent {
  userId: string;
  name: string;
  at: Instant;
}

/** A trust account somebody wants to set up: nothing is in force before a second consent. */
export interface TrustRequest {
  name: string;
  bankAccount: string;
  liabilityAccount: string;
  first: Consent;
  second: Consent | null;
}

const HOUR_MS = 3_600_000;

export type MayConsent = 'yes' | 'same-person' | 'too-early' | 'name-differs';

/**
 * Whether this consent is the second one. It takes another person; where the firm has only one, the same person an hour later who types the
 * account's name, so that nothing happens by one hurried press.
 */
export function maySecond(request: TrustRequest, by: { userId: string; now: number; typed: string; onePersonFirm: boolean }): MayConsent {
  if (by.userId !== request.first.userId) return 'yes';
  if (!by.onePersonFirm) return 'same-person';
  if (by.now - Date.parse(request.first.at) < HOUR_MS) return 'too-early';
  return by.typed.trim().toLowerCase() === request.name.trim().toLowerCase() ? 'yes' : 'name-differs';
}
