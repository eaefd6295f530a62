import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Settings } from '../core/settings.js';
import { schemaOf } from './exact-schema.js';

const choice = z.string().min(1).nullable();

export const SettingsSchema = schemaOf<Settings>()(
  z.object({
    mode: z.enum(['review', 'automatic', 'paused']),
    startOn: z.iso.date(),
    liveSince: z.iso.date().nullable().default(null),
    invoice: z.object({
      status: z.enum(['draft', 'submitted', 'authorised']),
      detail: z.enum(['bill', 'category', 'timekeeper', 'activity']),
      narratives: z.boolean(),
      timekeepers: z.boolean(),
      brandingThemeId: choice,
      numberTemplate: z.string().includes('{bill}'),
      markSent: z.boolean(),
    }),
    income: z.object({
      feeAccount: choice,
      softCostAccount: choice,
      hardCostAccount: choice,
      interestAccount: choice,
      discountAccount: choice,
      rules: z.array(
        z.object({ when: z.enum(['category', 'utbms', 'timekeeper', 'practice-area', 'office', 'matter']), value: z.string(), accountCode: z.string() }),
      ),
    }),
    taxMap: z.record(z.string(), z.string()),
    rounding: z.object({ tolerance: z.int().min(0), account: choice }),
    bankMap: z.record(z.string(), z.string()),
    payments: z.object({
      fromXero: z.enum(['mark-paid-or-task', 'task', 'inbox', 'off']),
      sameWithinDays: z.int().min(0),
      taskAssigneeId: choice,
    }),
    editPaid: z.enum(['adjust', 'reapply', 'ask']),
    credits: z.object({ treatment: z.enum(['reduction', 'bad-debt', 'ask']), badDebtAccount: choice, byClient: z.record(z.string(), z.enum(['reduction', 'bad-debt'])).default({}) }),
    // Not in settings saved before there was a choice: contacts were left alone then, and costs taxed as Clio taxed them.
    contacts: z.object({ partialMatch: z.enum(['ask', 'create']), direction: z.enum(['create', 'clio-to-xero']).default('create') }),
    costs: z.object({ hard: z.enum(['off', 'spend', 'draft-bill', 'bill']), account: choice, bankAccount: choice, importFromXero: z.boolean() }),
    trust: z.record(z.string(), z.object({ name: z.string(), bankAccount: z.string().min(1), liabilityAccount: z.string().min(1) })).default({}),
    costTax: z.object({ categories: z.record(z.string(), z.enum(['disbursement', 'recharge'])), untagged: z.enum(['ask', 'as-clio']) }).default({ categories: {}, untagged: 'as-clio' }),
    tracking: z.array(z.object({ categoryId: z.string(), from: z.enum(['practice-area', 'office', 'responsible-attorney', 'matter']) })).max(2),
    lockPolicy: z.enum(['hold', 'first-open-day', 'draft']),
  }),
);

/** Settings as stored or as a form made them. Throws ZodError naming every field that does not fit. */
export const parseSettings = (value: unknown): Settings => SettingsSchema.parse(value);

/** Tells whether a plan was made with these settings, whatever the order of their fields. The mode says who carries a plan out, not what it is; going live changes nothing else. */
export const fingerprint = (settings: Settings): string => createHash('sha256').update(inOrder({ ...SettingsSchema.parse(settings), mode: null, liveSince: null })).digest('base64url');

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => `${JSON.stringify(key)}:${inOrder(each)}`).join()}}`;
}

/** Id of the run that holds settings which are tried in a plan and not in force. */
export const TRIAL_ID = 'trial';
