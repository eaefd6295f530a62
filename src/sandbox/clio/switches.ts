/**
 * Where no document says how Clio behaves, both answers can be shown. The first value of each is the default;
 * the numbers are those of the list of open questions. Mutable while the sandbox runs.
 */
export interface ClioSwitches {
  /** C1: is `paid` among an unpaid bill's `available_state_transitions`? Default: 'yes' in us and ca, 'never' in eu and au. */
  paidOffered: 'never' | 'yes';
  /** C2: what PATCH `state: paid` does to an unpaid bill. Default: 'settles' in us and ca, 'refused' (422) in eu and au. */
  patchPaid: 'refused' | 'settles' | 'state-only';
  /** C3: bill discount already in `total` [default], or in `due` only. */
  billDiscount: 'in-total' | 'in-due-only';
  /** C4: tax rounded once per bill and rate [default], or per line and summed. */
  taxRounding: 'per-bill' | 'per-line';
  /** C5: Pre or Post of the second tax is the bill's own [default], or the firm's of today for every bill. */
  secondaryTaxRule: 'of-bill' | 'of-firm';
  /** C6: `*_taxable_sub_total` as integers, as typed [default], or decimals. */
  taxableSubTotals: 'integer' | 'decimal';
  /** C7: interest inside the overdue bill [default], or on a bill of its own with `original_bill`. */
  interest: 'on-same-bill' | 'own-bill';
  /** C8: does the bill webhook fire when only payments or credits changed? Default true. */
  billEventOnPayment: boolean;
  /** C9: deliveries repeated after a failure. Default 5, the first after two minutes, doubling; then suspended. */
  webhookRetries: number;
  webhookRetryBaseMs: number;
  /** C10 */
  webhookSignature: 'hex' | 'base64';
  /** C11. Default 60 s. */
  nonceLifetimeMs: number;
  /** C12: a deleted bill is still shown with state `deleted` [default], or 404. */
  deletedBills: 'shown' | 'gone';
  /** C13: lines of many bills by `updated_since` [default], or `bill_id` required (422). */
  lineItemsWithoutBill: 'listed' | 'refused';
  /** C14 */
  retryAfter: 'seconds' | 'http-date';
  /** C15: how the deauthorisation URL is called. */
  deauthorization: 'post' | 'get' | 'none';
  /** C16: the refresh answer has no new refresh token [default], or one that replaces the old at once. */
  refreshTokenRotates: boolean;
  /** C17: `parent_type` of allocations takes text [default], or a number (1-based place in the documented enum), text then 400. */
  parentTypeFilter: 'text' | 'number';
  /** C18: balance of a voided bill. */
  voidedBalance: 'zero' | 'as-before';
  /** C19: `kind` filter of allocations tells write-offs from credit notes [default], or is ignored. */
  allocationKindFilter: boolean;
  /** C20: a field this account may not have: 400 for the whole request [default], or silently absent. */
  gatedFields: 'refused' | 'absent';
  /** C21: of a bill with several payers only the parts are shown [default], or the whole as well, which they then name. */
  splitWhole: 'not-shown' | 'shown';

  /** Requests per token and 60 seconds; null: unlimited. Default 50. */
  rateLimit: number | null;
  /** Seconds an access token lives. Default 2,592,000 (30 days). */
  accessTokenSeconds: number;
  /** Status of a POST or PATCH without the `data` wrapper. */
  bodyWithoutData: 422 | 400;
  /** A `limit` above the maximum. */
  limitAboveMaximum: 'capped' | 'refused';
  /** A documented filter with a value outside its enum. */
  badFilterValue: 'refused' | 'ignored';
  updatedSince: 'inclusive' | 'exclusive';
  /** `fields` with percent-encoded braces. */
  encodedBraces: 'accepted' | 'refused';
  /** Body keys that exist but cannot be written, as `paid` of a bill. */
  readOnlyKeys: 'dropped' | 'refused';
  /** What a disabled user's token gets. */
  disabledUserStatus: 401 | 403;
  /** The handshake of a new webhook goes out before or after the answer to the POST. */
  handshake: 'after-answer' | 'before-answer';
  /** `expires_at` of a webhook later than 31 days. */
  expiryBeyondMaximum: 'refused' | 'cut';
  /** Custom actions on bills: refused today (422); asked for by us. */
  billCustomActions: boolean;
  /** C22: whether a payment out of an operating account names the account as its source, and as its destination too; or every payment does. */
  operatingSource: 'source-only' | 'source-and-destination' | 'every-payment';
  /** C23: an edited payment keeps its allocation, or voids it and gets another. */
  editedPayment: 'same-allocation' | 'new-allocation';
  /** C24: whether the permissions asked for open the list of practice areas. */
  practiceAreas: 'listed' | 'refused';
  /** Multi-Tax, a feature per account: `tax_rate_configurations` and `tax_settings`. Default off. */
  multiTax: boolean;
  /** Splitting bills between payers, a feature per account: `split_invoice`. Default on. */
  splitInvoices: boolean;
  /** Legal aid, a feature of accounts in the United Kingdom: `legal_aid_uk_bill`. Default on. */
  legalAid: boolean;
  /** Status of `tax_rate_configurations` while Multi-Tax is off. */
  taxConfigurationsWhenOff: 404 | 403;
  /** Hard and soft costs, a setting of the firm. Default on; off: 422 when such an entry is created. */
  hardAndSoftCosts: boolean;
  /** Tax is taken on the lines before [default] or after the bill's discount. */
  billDiscountTax: 'not-reduced' | 'reduced';
}

export type Region = 'us' | 'ca' | 'eu' | 'au';

export function defaultSwitches(region: Region): ClioSwitches {
  const settles = region === 'us' || region === 'ca';
  return {
    paidOffered: settles ? 'yes' : 'never',
    patchPaid: settles ? 'settles' : 'refused',
    billDiscount: 'in-total',
    taxRounding: 'per-bill',
    secondaryTaxRule: 'of-bill',
    taxableSubTotals: 'integer',
    interest: 'on-same-bill',
    billEventOnPayment: true,
    webhookRetries: 5,
    webhookRetryBaseMs: 120_000,
    webhookSignature: 'hex',
    nonceLifetimeMs: 60_000,
    deletedBills: 'shown',
    lineItemsWithoutBill: 'listed',
    retryAfter: 'seconds',
    deauthorization: 'post',
    refreshTokenRotates: false,
    parentTypeFilter: 'text',
    voidedBalance: 'zero',
    allocationKindFilter: true,
    gatedFields: 'refused',
    splitWhole: 'not-shown',
    operatingSource: 'source-only',
    editedPayment: 'same-allocation',
    practiceAreas: 'listed',
    rateLimit: 50,
    accessTokenSeconds: 2_592_000,
    bodyWithoutData: 422,
    limitAboveMaximum: 'capped',
    badFilterValue: 'refused',
    updatedSince: 'inclusive',
    encodedBraces: 'accepted',
    readOnlyKeys: 'dropped',
    disabledUserStatus: 401,
    handshake: 'after-answer',
    expiryBeyondMaximum: 'refused',
    billCustomActions: false,
    multiTax: false,
    splitInvoices: true,
    legalAid: true,
    taxConfigurationsWhenOff: 404,
    hardAndSoftCosts: true,
    billDiscountTax: 'not-reduced',
  };
}
