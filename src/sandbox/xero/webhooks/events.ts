import { createHmac, randomInt } from 'node:crypto';
import type { Change } from '../books/organisation.js';

export interface Subscription {
  url: string;
  key: string;
  categories: string[];
  status: 'none' | 'pending' | 'checking' | 'ok' | 'failed' | 'disabled';
}

export interface Event {
  tenantId: string;
  change: Change;
}

const folders: Record<Change['category'], string> = { CONTACT: 'Contacts', INVOICE: 'Invoices', CREDITNOTE: 'CreditNotes', PREPAYMENT: 'Prepayments', OVERPAYMENT: 'Overpayments', PAYMENT: 'Payments' };

export function eventJson(event: Event, withZ: boolean): object {
  const { change, tenantId } = event;
  return {
    resourceUrl: `https://api.xero.com/api.xro/2.0/${folders[change.category]}/${change.id}`,
    resourceId: change.id,
    tenantId,
    tenantType: 'ORGANISATION',
    eventCategory: change.category,
    eventType: change.type,
    eventDateUtc: withZ ? new Date(change.at).toISOString() : new Date(change.at).toISOString().replace('Z', ''),
    ...(change.data === undefined ? {} : { data: change.data }),
  };
}

/** Xero's bodies have blanks where no serialiser puts them, so whoever re-serialises before hashing fails. */
export function bodyOf(events: object[], first: number, last: number): string {
  return `{"events":${JSON.stringify(events)},"firstEventSequence": ${first},"lastEventSequence": ${last}, "entropy": "${entropy()}"}`;
}

function entropy(): string {
  return Array.from({ length: 20 }, () => String.fromCharCode(65 + randomInt(26))).join('');
}

export function signature(body: string, key: string): string {
  return createHmac('sha256', key).update(body, 'utf8').digest('base64');
}
