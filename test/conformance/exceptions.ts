import type { Finding } from './check-exchange.js';

/** A departure from a vendor's file that we know of and mean: what exactly, why it is right nevertheless, and who says so. */
export interface Exception {
  id: string;
  vendor: 'clio' | 'xero';
  where: { operation?: RegExp; part: Finding['part']; pointer?: RegExp; name?: string[] };
  why: string;
  source: string;
}

const PAGES = 'api-docs/paging of docs.developers.clio.com';
const ANSWERS_SEEN = 'public recordings of live Xero answers (Demo Company, April 2026)';

export const EXCEPTIONS: Exception[] = [
  {
    id: 'clio-paging', vendor: 'clio', where: { part: 'response', operation: /^GET /, pointer: /^$/, name: ['meta'] },
    why: 'Lists carry meta.paging; the file describes data alone.', source: PAGES,
  },
  {
    id: 'clio-oauth', vendor: 'clio', where: { part: 'path', operation: /^(GET|POST) \/(oauth\/(authorize|token|deauthorize)|app_integrations_callback)$/ },
    why: 'Consent, tokens and the end of Add to Clio lie outside the API that the file describes.', source: 'api-docs/authorization and guides/add-to-clio of docs.developers.clio.com',
  },
  {
    id: 'clio-webhook-activation', vendor: 'clio', where: { part: 'path', operation: /^PUT \/api\/v4\/webhooks\/\d+\/activate$/ },
    why: 'The delayed handshake is described in the prose of the webhooks section only.', source: 'info.description of clio-v4.json, section Webhooks',
  },
  {
    id: 'clio-launch-nonce', vendor: 'clio', where: { part: 'query', name: ['custom_action_nonce'] },
    why: 'A custom action is verified by reading its subject with the nonce.', source: 'guides/clio-manage/custom-actions of docs.developers.clio.com',
  },
  {
    id: 'clio-task-dates', vendor: 'clio', where: { part: 'request', operation: /^(POST|PATCH) \/tasks(\/\{id\})?\.json$/, pointer: /\/due_at$/ },
    why: 'Typed date-time, described as an ISO date; answered as a date.', source: 'description of due_at in clio-v4.json',
  },
  {
    id: 'clio-note-owner', vendor: 'clio', where: { part: 'request', operation: /^POST \/notes\.json$/, name: ['matter', 'contact'] },
    why: 'Both owners are listed as required; a note has the one that its type names.', source: 'description of the two properties in clio-v4.json',
  },
  {
    id: 'clio-launch-subject', vendor: 'clio', where: { part: 'path', operation: /^GET \/api\/v4\/(matters|contacts|bills)\/\d+$/ },
    why: 'Clio names the subject of a custom action without the .json that the file has everywhere; it is read back under that very name.', source: 'guides/clio-manage/custom-actions; subject_url as seen in published code',
  },
  {
    id: 'clio-action-on-bills', vendor: 'clio', where: { part: 'request', operation: /^POST \/custom_actions\.json$/, pointer: /\/ui_reference$/ },
    why: 'A button on bills is asked for although the file lists no such place; a refusal is expected today.', source: 'ours',
  },
  {
    id: 'clio-credit-kind', vendor: 'clio', where: { part: 'query', operation: /^GET \/allocations\.json$/, name: ['kind'] },
    why: 'Tells a write-off from a credit note since September 2026; the file at hand is of April.', source: 'Manage v4 description of September 2026, as published in marshall1727/clio-mcp',
  },
  {
    id: 'clio-multi-tax', vendor: 'clio', where: { part: 'path', operation: /^GET \/api\/v4\/tax_rate_configurations\.json$/ },
    why: 'Multi-Tax came after the April file.', source: 'Manage v4 description of September 2026, as published in marshall1727/clio-mcp',
  },
  {
    id: 'clio-multi-tax-fields', vendor: 'clio', where: { part: 'query', name: ['fields=tax_settings', 'fields=input_tax_settings'] },
    why: 'Multi-Tax came after the April file; the field is asked for as optional.', source: 'Manage v4 description of September 2026, as published in marshall1727/clio-mcp',
  },
  {
    id: 'clio-multi-tax-lines', vendor: 'clio', where: { part: 'response', name: ['tax_settings', 'input_tax_settings'] },
    why: 'Multi-Tax came after the April file.', source: 'Manage v4 description of September 2026, as published in marshall1727/clio-mcp',
  },
  {
    id: 'clio-version-gone', vendor: 'clio', where: { part: 'status', name: ['410'] },
    why: 'An API version that is malformed or withdrawn is answered with 410.', source: 'info.description of clio-v4.json, section Minor Versions',
  },
  {
    id: 'clio-server-trouble', vendor: 'clio', where: { part: 'status', name: ['500', '502', '503', '504'] },
    why: 'No file lists its own outages.', source: 'inferred; HTTP',
  },
  {
    id: 'xero-envelope', vendor: 'xero', where: { part: 'response', pointer: /^$/, name: ['Id', 'Status', 'ProviderName', 'DateTimeUTC'] },
    why: 'Every accounting answer carries these around its records; the schemas describe the records.', source: 'examples in xero-accounting.yaml; ' + ANSWERS_SEEN,
  },
  {
    id: 'xero-date-companions', vendor: 'xero', where: { part: 'response', name: ['DateString', 'DueDateString', 'DateUTCString', 'CreatedDateUTCString', 'UpdatedDateUTCString'] },
    why: 'Dates have a readable companion that most schemas leave out.', source: 'examples in xero-accounting.yaml; ' + ANSWERS_SEEN,
  },
  {
    id: 'xero-tracking-flags', vendor: 'xero', where: { part: 'response', pointer: /Options\/\*$/, name: ['HasValidationErrors', 'IsDeleted', 'IsArchived', 'IsActive'] },
    why: 'Options carry flags that TrackingOption leaves out.', source: 'examples of TrackingCategories in xero-accounting.yaml; ' + ANSWERS_SEEN,
  },
  {
    id: 'xero-element-errors', vendor: 'xero', where: { part: 'response', operation: /^(PUT|POST) \/(Contacts|Payments|CreditNotes|BatchPayments)/, pointer: /^\/\w+\/\*$/, name: ['HasErrors', 'StatusAttributeString'] },
    why: 'With summarizeErrors=false every element says whether it failed; the schemas list the two flags for some kinds only.', source: 'developer.xero.com: bulk create and update, examples in xero-accounting.yaml',
  },
  {
    id: 'xero-payment-services', vendor: 'xero', where: { part: 'response', pointer: /\/(Invoices\/\*|Invoice)$/, name: ['InvoicePaymentServices'] },
    why: 'Invoices list their payment services; the schema does not know them.', source: ANSWERS_SEEN,
  },
  {
    id: 'xero-credit-id', vendor: 'xero', where: { part: 'response', pointer: /\/(CreditNotes|Overpayments|Prepayments)\/\*$/, name: ['ID'] },
    why: 'Credit notes, overpayments and prepayments carry their id a second time as ID.', source: 'examples in xero-accounting.yaml; ' + ANSWERS_SEEN,
  },
  {
    id: 'xero-allocation-removed', vendor: 'xero', where: { part: 'response', operation: /^DELETE \/CreditNotes\/\{CreditNoteID\}\/Allocations\//, name: ['Amount', 'AllocationId', 'Invoice'] },
    why: 'The answer spells AllocationId and gives the invoices as a list, unlike the schema Allocation.', source: 'example of the operation in xero-accounting.yaml',
  },
  {
    id: 'xero-refusals', vendor: 'xero', where: { part: 'status', name: ['401', '403', '404', '412', '429', '500', '502', '503', '504'] },
    why: 'The file lists 200 and 400; rights, limits and outages are described in the guides.', source: 'developer.xero.com: OAuth 2.0 FAQ, limits, response codes',
  },
  {
    id: 'xero-refused-reads', vendor: 'xero', where: { part: 'status', operation: /^GET /, name: ['400'] },
    why: 'A filter that cannot be read is refused with 400, listed for writes only.', source: 'developer.xero.com: response codes',
  },
  {
    id: 'xero-refused-elements', vendor: 'xero', where: { part: 'response', pointer: /^\/Elements\/\*/ },
    why: 'A refused write gives back the records that were sent, with their errors; Element lists ids and errors only.', source: 'example of 400 in xero-accounting.yaml',
  },
  {
    id: 'xero-oauth', vendor: 'xero', where: { part: 'path', operation: /^(GET|POST) \/(identity\/connect\/authorize|connect\/(token|revocation)|\.well-known\/openid-configuration(\/jwks)?)$/ },
    why: 'Consent, tokens and keys are OpenID Connect, not part of the described APIs.', source: 'securitySchemes of xero-accounting.yaml; OpenID Connect Discovery',
  },
  {
    id: 'xero-connection-times', vendor: 'xero', where: { part: 'response', operation: /^GET \/Connections$/, pointer: /^\/\*\/(created|updated)DateUtc$/ },
    why: 'Written with seven decimals and without a zone, which the format date-time does not allow.', source: 'example of GET /Connections in xero-identity.yaml',
  },
];

export const exceptionFor = (finding: Finding): Exception | undefined =>
  EXCEPTIONS.find(({ vendor, where }) =>
    vendor === finding.vendor &&
    where.part === finding.part &&
    (where.operation?.test(finding.operation) ?? true) &&
    (where.pointer?.test(finding.pointer) ?? true) &&
    (where.name?.includes(finding.name) ?? true));
