import { randomBytes } from 'node:crypto';
import type { Region } from '../store/records.js';

/** The unguessable last part of a subscription's address; 256 bits. */
export const newSubscriptionToken = (): string => randomBytes(32).toString('base64url');

export const subscriptionUrl = (appUrl: string, token: string): string => `${appUrl}/webhooks/clio/${token}`;

/** The region stands in our own path because nothing in the launch's query can be trusted. No query: Clio appends one (inferred). */
export const actionUrl = (appUrl: string, region: Region): string => `${appUrl}/clio/actions/sync-with-xero-${region}`;

/** Where a subscription's secrets belong when sealed. */
export const secretContext = (firm: string, model: string, field: 'secret' | 'previousSecret'): string => `${firm}|subscription:${model}|${field}`;
