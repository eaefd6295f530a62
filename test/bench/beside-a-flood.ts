import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker, type RunMarks } from '../../src/jobs/worker.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { PRIORITY } from '../../src/store/store.js';
import { VirtualClock } from '../virtual-clock.js';

const QUIET_FIRMS = 19;
const SECOND = 1_000;
const LASTS_MS = 6 * 60 * SECOND;
/** What a batch takes: a handful of calls, each a few hundred milliseconds. */
const BATCH_TAKES_MS = 2 * SECOND;
const QUIET_EVERY_MS = 60 * SECOND;
const FLOOD_PER_SECOND = 100;
const STEP_MS = 100;
const NO_LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * From the moment a bill of a quiet firm is wanted until it is done, 95 of 100, in virtual seconds: the real worker on a real file, whose
 * batches take two seconds each, beside a firm that never gets to the end of its bills, or without it.
 */
export async function quietFirmsWait({ flood }: { flood: boolean }): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-flood-'));
  const clock = new VirtualClock();
  const store = await openSqliteStore(join(folder, 'flood.sqlite'), { now: () => clock.now() });
  const took: number[] = [];
  const runMarks: RunMarks = async (held, marks) => {
    await clock.sleep(BATCH_TAKES_MS);
    if (held.firm !== 'flood') took.push(...marks.map((mark) => clock.now() - Date.parse(mark.firstWantedAt)));
    return marks.map((mark) => ({ mark, done: true }));
  };
  const worker = new Worker({ store, clock, log: NO_LOG, owner: 'bench', runMarks });
  const want = (firm: string, id: string) => ({ firm, kind: 'bill', id, priority: PRIORITY.webhook });
  try {
    worker.start();
    for (let at = 0; at < LASTS_MS; at += STEP_MS) {
      const quiet = Array.from({ length: QUIET_FIRMS }, (_each, index) => index).filter((index) => at % QUIET_EVERY_MS === index * 3 * SECOND);
      const flooding = flood && at % SECOND === 0 ? Array.from({ length: FLOOD_PER_SECOND }, (_each, index) => want('flood', `${at}-${index}`)) : [];
      const requests = [...quiet.map((index) => want(`quiet-${index}`, String(at))), ...flooding];
      if (requests.length > 0) await store.marks.want(requests, new Date(clock.now()).toISOString());
      await clock.advance(STEP_MS);
    }
    return percentile(took, 0.95) / SECOND;
  } finally {
    const stopped = worker.stop();
    await clock.advance(BATCH_TAKES_MS);
    await stopped;
    await store.close();
    await rm(folder, { recursive: true });
  }
}

export const percentile = (values: number[], share: number): number => [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;
