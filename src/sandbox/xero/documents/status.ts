import type { Incoming } from '../incoming.js';
import { Refusal, refuseIf } from '../refusal.js';
import type { DocumentStatus } from '../books/organisation.js';

const moves: Record<DocumentStatus, DocumentStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED', 'VOIDED'],
  VOIDED: [],
  DELETED: [],
};

/** The status a new document gets: DRAFT unless sent. */
export function firstStatus(element: Incoming, kind: string): DocumentStatus {
  const sent = element.filled('Status') ?? 'DRAFT';
  const status = (['DRAFT', 'SUBMITTED', 'AUTHORISED'] as const).find((each) => each === sent);
  if (!status) throw new Refusal([`${kind} not of valid status for creation`]);
  return status;
}

/** The status after a change. `settled` says that payments or credits are applied. PAID is never written by a caller. */
export function nextStatus(element: Incoming, kind: string, before: DocumentStatus, settled: boolean): DocumentStatus {
  const sent = element.filled('Status') ?? before;
  refuseIf(before === 'VOIDED' || before === 'DELETED', `${kind} not of valid status for modification`);
  refuseIf(settled && (sent === 'VOIDED' || sent === 'DELETED'), `The status ${sent} cannot be applied to the ${kind.toLowerCase()} because it has payments or credit notes allocated to it.`);
  const status = moves[before].find((each) => each === sent);
  if (!status) throw new Refusal([`${kind} not of valid status for modification`]);
  return before === 'PAID' && status !== 'VOIDED' ? 'PAID' : status;
}
