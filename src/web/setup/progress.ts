import { instantOf } from '../../http/clock.js';
import { mark, type MarkKind } from '../../jobs/mark-kinds.js';
import { DRY_RUN_ID, parseDryRun } from '../../store/dry-run-schema.js';
import { fingerprint } from '../../store/settings-schema.js';
import { LOOK_ALIKES_ID, parseLookAlikes, type SetUpDraft } from '../../store/set-up-schema.js';
import { PRIORITY } from '../../store/store.js';
import type { WebDeps } from '../deps.js';
import { dryRunResult } from '../dry-run-result.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import type { Visitor } from '../guard.js';
import { needsSomebody, whoParked } from '../parked-rows.js';
import { confirmedTrust, trustRequests } from '../trust-requests.js';
import { WORDING } from '../wording.js';
import { checkSteps, type CheckedStep, type DryRunFacts } from './check-steps.js';
import { draftOf } from './draft.js';
import { draftSettings, type DraftSettings } from './draft-settings.js';
import type { Settings } from '../../core/settings.js';

const DAY_MS = 86_400_000;

/** How far a firm's set-up has come, step by step. */
export interface Progress {
  facts: FirmFacts;
  draft: SetUpDraft;
  chosen: DraftSettings | null;
  lookAlikes: string[];
  steps: CheckedStep[];
  /** The first step that still wants somebody. */
  next: CheckedStep | undefined;
}

export async function setUpProgress(deps: WebDeps, visitor: Visitor): Promise<Progress> {
  const firm = visitor.firm.id;
  const [facts, draft, seen] = await Promise.all([firmFacts(deps.store, firm), draftOf(deps.store, firm), deps.store.runs.get(firm, LOOK_ALIKES_ID)]);
  const { books, lists } = facts;
  const chosen = books && lists ? draftSettings({ books, lists, words: WORDING[visitor.region], today: instantOf(deps.clock).slice(0, 10), trust: confirmedTrust(await trustRequests(deps.store, firm, lists)) }, draft) : null;
  const lookAlikes = seen ? parseLookAlikes(seen.result).numbers : [];
  const steps = checkSteps({ facts, draft, chosen, lookAlikes, dryRun: chosen && (await dryRunFacts(deps, firm, facts.settings?.body ?? chosen.settings)) });
  return { facts, draft, chosen, lookAlikes, steps, next: steps.find((each) => each.state === 'wrong' || each.state === 'open') ?? steps.find((each) => each.state === 'waiting') };
}

async function dryRunFacts(deps: WebDeps, firm: string, settings: Settings): Promise<DryRunFacts | null> {
  const record = await deps.store.runs.get(firm, DRY_RUN_ID);
  if (!record) return null;
  const { settings: tried } = parseDryRun(record.result);
  const [result, parkedBy] = await Promise.all([dryRunResult(deps.store, firm), whoParked(deps.store, firm)]);
  const red = (result?.rows ?? []).filter(needsSomebody);
  const current = tried === fingerprint(settings) && deps.clock.now() - Date.parse(record.endedAt ?? record.startedAt) < DAY_MS;
  return { ended: record.endedAt !== null, current, needYou: red.length, unparked: red.filter((row) => parkedBy(row) === null).length };
}

/** What the pages lack is asked of the worker, sooner than anything else; they show it arriving. */
export async function askForMissing(deps: WebDeps, visitor: Visitor, { facts }: Progress): Promise<void> {
  const firm = visitor.firm.id;
  const organisationId = facts.xero?.state === 'live' ? facts.xero.organisationId : null;
  const wanted: { kind: MarkKind; id: string }[] = [];
  if (!facts.lists || (organisationId !== null && !facts.books)) wanted.push({ kind: 'books', id: organisationId ?? 'clio' });
  if (organisationId !== null && !facts.settings && !(await deps.store.runs.get(firm, LOOK_ALIKES_ID))) wanted.push({ kind: 'look-alikes', id: organisationId });
  if (wanted.length === 0) return;
  const owed = await deps.store.marks.owed(firm);
  const missing = wanted.filter((each) => !owed.some((mark) => mark.kind === each.kind));
  await deps.store.marks.want(missing.map((each) => mark(firm, each.kind, each.id, PRIORITY.person)), instantOf(deps.clock));
}
