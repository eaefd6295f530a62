/**
 * What no document settles about Xero, one switch each; the first value named is the default.
 * The numbers X1–X20 are those of `docs/vendor-assumptions.md`. All may be changed while the sandbox runs.
 */
export interface XeroSwitches {
  /** X1: what settling an invoice sends. */
  settlementEvents: 'invoice-update' | 'none' | 'invoice-update-and-payment';
  /** X2: a batch with one bad element and no `summarizeErrors=false` answers 400; are the good ones saved? */
  failedBatch: 'nothing-saved' | 'good-ones-saved';
  /** X3: a second call with the same key while the first still runs. */
  keyInUse: 'waits' | 'refused';
  /** X4: the number of a voided sales invoice: taken until it is renamed, free, or taken even when it was renamed before. */
  voidedNumber: 'taken' | 'free' | 'taken-for-good';
  /** X5: a line's posted `TaxAmount`. */
  postedTax: 'accepted' | 'recalculated';
  /** X6: status when the token lacks the scope. */
  missingScope: 401 | 403;
  /** X7: status when the organisation is not connected. */
  disconnected: 403 | 401;
  /** X8: a refresh token sent again within the grace period. */
  repeatedRefresh: 'new-pair' | 'same-pair';
  /** X9: may a document bear the lock date itself? */
  lockDateItself: 'closed' | 'open';
  /** X10: `If-Modified-Since` at the boundary. */
  modifiedSince: 'inclusive' | 'exclusive-seconds';
  /** X11: how long lists do not show a new record. */
  lookupLagMs: number;
  /** X12: the window of the 60 calls a minute. */
  minuteWindow: 'rolling' | 'fixed';
  /** X13: do `UpdatedDateUTC` and `FullyPaidOnDate` change when a payment is deleted? */
  unpaidInvoiceStamps: 'change' | 'stay';
  /** X14: the number of a deleted sales invoice. */
  deletedNumber: 'free' | 'taken';
  /** X15: webhook sequence numbers. */
  eventSequence: 'contiguous' | 'gaps';
  /** X16: two token sets of one person for one app. */
  tokenSetsOfOneUser: 'independent' | 'refresh-kills-others';
  /** The 30 minutes in which a replaced refresh token still works. */
  refreshGrace: 'thirty-minutes' | 'none';
  /** May one consent hand over several organisations? Only apps of the Advanced tier may offer it. */
  consent: 'one-organisation' | 'several-organisations';
  /** A line naming an archived or unknown account on an approved document. */
  unusableAccount: 'refused' | 'removed-with-warning';
  /** Deleting a reconciled payment. */
  reconciledPayment: 'refused' | 'deleted';
  /** Redirects to http://127.0.0.1; Xero takes only http://localhost. Allowed here because tests listen there. */
  loopbackRedirect: 'allowed' | 'refused';
  /** Calls a minute and organisation: 60. More only where a test is about something else. */
  minuteLimit: number;
  /** Calls a day and organisation: 5,000, on the Starter tier 1,000. */
  dayLimit: number;
  /** Calls a minute of the whole app. */
  appMinuteLimit: number;
  /** How long every API call takes, by the sandbox's clock. */
  latencyMs: number;
  /** Whether `summaryOnly` keeps the link back of an invoice; what it leaves out is named, and this is not among it. */
  summaryUrl: 'there' | 'left-out';
  /** X19: a filter of credit notes by contact. */
  creditNoteFilter: 'applied' | 'ignored';
  /** X21: whether the answer to a changed invoice lists what settles it. */
  writtenInvoice: 'whole' | 'without-settlements';
  /** X20: the words in which an unusable tracking option is refused. */
  trackingRefusal: 'names-it' | 'other-words';
  /** Delivery of webhooks gone wrong. */
  webhookDuplicates: boolean;
  webhookLosses: boolean;
  webhookReversed: boolean;
  /** Old samples end `eventDateUtc` in Z. */
  eventDateWithZ: boolean;
  /** Whether an event of a category nobody knows is mixed in. */
  unknownCategory: boolean;
}

export const defaultSwitches: XeroSwitches = {
  settlementEvents: 'invoice-update',
  failedBatch: 'nothing-saved',
  keyInUse: 'waits',
  voidedNumber: 'taken',
  postedTax: 'accepted',
  missingScope: 401,
  disconnected: 403,
  repeatedRefresh: 'new-pair',
  lockDateItself: 'closed',
  modifiedSince: 'inclusive',
  lookupLagMs: 0,
  minuteWindow: 'rolling',
  unpaidInvoiceStamps: 'change',
  deletedNumber: 'free',
  eventSequence: 'contiguous',
  tokenSetsOfOneUser: 'independent',
  refreshGrace: 'thirty-minutes',
  consent: 'one-organisation',
  unusableAccount: 'refused',
  reconciledPayment: 'refused',
  loopbackRedirect: 'allowed',
  minuteLimit: 60,
  dayLimit: 5_000,
  appMinuteLimit: 10_000,
  latencyMs: 0,
  summaryUrl: 'there',
  writtenInvoice: 'whole',
  creditNoteFilter: 'applied',
  trackingRefusal: 'names-it',
  webhookDuplicates: false,
  webhookLosses: false,
  webhookReversed: false,
  eventDateWithZ: false,
  unknownCategory: false,
};
