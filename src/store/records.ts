import { z } from 'zod';

/** Schemas of all stored records. A record that does not fit is reported, never guessed at. */

const stored = { firm: z.string().min(1), id: z.string().min(1), version: z.int().min(1), epoch: z.int().min(0) };
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const calendarDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const minor = z.int();

export const REGIONS = ['us', 'ca', 'eu', 'au'] as const;
export type Region = (typeof REGIONS)[number];

/** `digest`: nothing at once, everything in the daily letter. */
export const MAIL_CHOICES = ['all', 'digest', 'off'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** A firm is one Clio account in one region; id = `us:100234`. Kept under firm `*`, so that all firms can be listed. */
export const FirmRecord = z.object({
  ...stored,
  region: z.enum(REGIONS),
  clioAccountId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  installedAt: instant,
  /** People who signed in, by Clio user id. */
  people: z.record(z.string(), z.object({ name: z.string(), email: z.string().nullable(), roles: z.array(z.string()), lastSeenAt: instant })),
  /** What an administrator gave to people here, by Clio user id: a role in place of Clio's, and trust rights. Missing as long as nobody gave any. */
  rights: z.record(z.string(), z.object({ role: z.enum(['admin', 'bookkeeper', 'viewer']).nullable(), trust: z.boolean() })).optional(),
  /** Who could use Clio when it was last asked, by Clio user id. Missing until then. */
  inClio: z.object({ userIds: z.array(z.string()), readAt: instant }).optional(),
  /** How people chose to be told by mail, by Clio user id; who chose nothing is told everything. */
  mail: z.record(z.string(), z.enum(MAIL_CHOICES)).optional(),
});
export type FirmRecord = z.infer<typeof FirmRecord>;

/** A grant on one side. id = `clio:{userId}` or `xero:{organisationId}`. Tokens are sealed envelopes. */
export const ConnectionRecord = z.object({
  ...stored,
  side: z.enum(['clio', 'xero']),
  /** Clio user id, or Xero user id. */
  userId: z.string(),
  organisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  xeroConnectionId: z.string().nullable(),
  accessToken: z.string(),
  accessTokenEnds: instant,
  refreshToken: z.string().nullable(),
  previousRefreshToken: z.string().nullable(),
  refreshedAt: instant,
  scopes: z.array(z.string()),
  state: z.enum(['live', 'needs-reauth', 'removed']),
  stateReason: z.string().nullable(),
  connectedAt: instant,
  /** When what was kept of the organisation was found to be gone; missing for most. */
  resetNoticedAt: instant.optional(),
});
export type ConnectionRecord = z.infer<typeof ConnectionRecord>;

/**
 * Settings are kept by version: id = zero-padded number; the highest is in force. `body` is core's Settings, parsed by settings-schema.
 * Those of further organisations, and the firm's route between them, have a `+…:` before the number (settings-of, route-of), and come before the others.
 */
export const SettingsRecord = z.object({ ...stored, body: z.unknown(), by: z.string(), at: instant, note: z.string().nullable() });
export type SettingsRecord = z.infer<typeof SettingsRecord>;

/** What the organisation's ledger allows; id = organisation id. `body` is core's Books. */
export const BooksRecord = z.object({ ...stored, body: z.unknown(), at: instant });
export type BooksRecord = z.infer<typeof BooksRecord>;

/** A remote write that may be under way, saved before it is sent. The request itself lies in the frozen batch: a run of kind `batch` whose id is `key`. */
export const Intent = z.object({
  operation: z.string(),
  key: z.string().max(128),
  keyNumber: z.int().min(1),
  state: z.enum(['sending', 'unknown']),
  firstSentAt: instant,
  lastSentAt: instant,
  /** What to look for before anything may be sent again. */
  marker: z.string(),
});
export type Intent = z.infer<typeof Intent>;

export const STATUSES = ['up-to-date', 'on-its-way', 'ready-for-review', 'needs-you', 'left-out'] as const;
export type Status = (typeof STATUSES)[number];

/** What lists and pages show of a bill without asking a vendor. */
export const Shown = z.object({
  number: z.string(),
  clientName: z.string(),
  matters: z.array(z.string()),
  currency: z.string(),
  clioState: z.string(),
  clioTotal: minor,
  clioTax: minor,
  clioBalance: minor,
  issuedOn: calendarDate,
  xeroState: z.string().nullable(),
  xeroNumber: z.string().nullable(),
  xeroTotal: minor.nullable(),
  xeroTax: minor.nullable(),
  xeroDue: minor.nullable(),
  /** When the invoice had last changed when it was read, by Xero's clock. */
  xeroChangedAt: instant.nullable().default(null),
  seenAt: instant,
});
export type Shown = z.infer<typeof Shown>;

/** What reports show of a cost entered in Clio, as last read; minor units of `currency`. `bill`: the approved one it is charged on, and when that was first seen. */
export const CostShown = z.object({
  date: calendarDate,
  amount: minor,
  currency: z.string(),
  matterId: z.string().nullable(),
  matter: z.string(),
  category: z.string(),
  vendor: z.string(),
  bill: z.object({ clioId: z.string(), number: z.string(), seenAt: instant }).nullable(),
  /** Clio will never charge it. */
  notCharged: z.boolean(),
});
export type CostShown = z.infer<typeof CostShown>;

/** One line of the append-only account of what was done. id sorts by time. No tokens, no narratives. */
const activityLine = {
  at: instant,
  by: z.string(),
  what: z.string(),
  billId: z.string().nullable(),
  text: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The link this changed, and the record in Xero it has been linked to since. Missing on lines that are about none, and on older ones. */
  link: z.object({ id: z.string(), xeroId: z.string().nullable() }).nullish(),
  sweepAt: instant,
};
export const ActivityRecord = z.object({ ...stored, ...activityLine });
export type ActivityRecord = z.infer<typeof ActivityRecord>;

/**
 * "This Clio record is that Xero record." Unique: (firm, kind, role, clioId) and (organisation, kind, xeroId).
 * id: `contact:{clioId}` (`contact:{clioId}@{organisationId}` in a further organisation), `bill:{clioId}:{role}`, `payment:c{allocationId}`, `payment:x{paymentId}`,
 * `stray:{invoiceId}` for an invoice of ours that no bill is linked to, with the bill it was made for.
 */
export const LinkRecord = z.object({
  ...stored,
  kind: z.enum(['contact', 'bill', 'payment', 'credit', 'expense', 'stray']),
  role: z.string(),
  clioId: z.string().nullable(),
  xeroId: z.string().nullable(),
  organisationId: z.string(),
  billId: z.string().nullable(),
  clientId: z.string().nullable(),
  matterIds: z.array(z.string()),
  status: z.enum(STATUSES),
  /** A key of core/reasons. */
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.string()),
  shown: Shown.nullable(),
  /** Missing for what is no cost, and for older ones until they are read again. */
  cost: CostShown.nullish(),
  /** Kind-specific last agreed state: core's BillBase or PaymentLink fields. */
  base: z.unknown(),
  intent: Intent.nullable(),
  /** The organisation the firm's rules lead this bill to now, while it stays where its invoice is. */
  elsewhere: z.string().nullish(),
  /** Clio's id of the void or deleted bill whose number this one was issued under again; null for none, missing until it was looked for. */
  supersedes: z.string().nullish(),
  /** When a person asked for its invoice to follow the settings; null once it was looked at. */
  remakeAskedAt: instant.nullish(),
  /** What was last done to it, kept in the same write, so that a crash loses no line of the account. */
  told: z.object({ firm: z.string(), id: z.string(), ...activityLine }).nullish(),
  updatedAt: instant,
});
export type LinkRecord = z.infer<typeof LinkRecord>;

/** An open or answered question. id = `{billId}:{about}`. */
export const HoldRecord = z.object({
  ...stored,
  billId: z.string(),
  about: z.string(),
  reason: z.string(),
  facts: z.record(z.string(), z.string()),
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
  open: z.boolean(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  openedAt: instant,
  closedAt: instant.nullable(),
});
export type HoldRecord = z.infer<typeof HoldRecord>;

/** A webhook subscription with Clio. id = `{model}`; `token` is the unguessable last part of its URL. */
export const SubscriptionRecord = z.object({
  ...stored,
  model: z.string(),
  token: z.string().min(32),
  clioWebhookId: z.string().nullable(),
  /** Sealed. */
  secret: z.string().nullable(),
  /** Sealed; still accepted while the vendor changes over. */
  previousSecret: z.string().nullable(),
  state: z.enum(['expecting-handshake', 'enabled', 'suspended', 'ended']),
  expiresAt: instant.nullable(),
  lastDeliveryAt: instant.nullable(),
});
export type SubscriptionRecord = z.infer<typeof SubscriptionRecord>;

/** One webhook request received. id = sha256 of vendor, subscription and raw body, so a repeat is the same record. */
export const DeliveryRecord = z.object({
  ...stored,
  vendor: z.enum(['clio', 'xero']),
  receivedAt: instant,
  repeats: z.int(),
  marks: z.array(z.string()),
  sweepAt: instant,
});
export type DeliveryRecord = z.infer<typeof DeliveryRecord>;

/** How far a sweep has come; `at` is the vendor's clock. */
export const CursorRecord = z.object({ ...stored, at: instant, position: z.string().nullable() });
export type CursorRecord = z.infer<typeof CursorRecord>;

/** A backfill, dry run or tie-out with its result. */
export const RunRecord = z.object({ ...stored, kind: z.string(), startedAt: instant, endedAt: instant.nullable(), result: z.unknown() });
export type RunRecord = z.infer<typeof RunRecord>;

/** A single-use thing with an end, firm `*` while nobody is known: OAuth state, used nonce. */
export const TicketRecord = z.object({ ...stored, kind: z.string(), body: z.unknown(), sweepAt: instant });
export type TicketRecord = z.infer<typeof TicketRecord>;
