import { z } from 'zod';
import { LeaseLostError } from './collection.js';
import { fixedInstant } from './fixed-instant.js';
import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite-driver.js';
import { PRIORITY, type Mark, type MarkRequest, type Marks, type Rest } from './store.js';

const Row = z.object({
  firm: z.string(), kind: z.string(), id: z.string(), wanted: z.int(), done: z.int(), priority: z.enum(PRIORITY), notBefore: z.string(),
  attempts: z.int(), lastReason: z.string().nullable(), firstWantedAt: z.string(), changedAt: z.string().nullable(),
  restUntil: z.string().nullable(), restless: z.int(),
});
const Firm = z.object({ firm: z.string() });
const Count = z.object({ count: z.number() });

const COLUMNS = 'firm, kind, id, wanted, done, priority, notBefore, attempts, lastReason, firstWantedAt, changedAt, restUntil, restless';

/** Owed and due at the moment given, twice. */
const DUE = `wanted > done AND notBefore <= ? AND (priority = ${PRIORITY.person} OR restUntil IS NULL OR restUntil <= ?)`;

/**
 * In the update, plain names are the row as it stands: what was owed keeps the sooner and the more urgent, what was not starts afresh.
 * SQLite's max() of two is NULL when either is: a change at an unknown moment stays unknown.
 */
const WANT = `
  INSERT INTO marks (firm, kind, id, wanted, done, priority, notBefore, attempts, lastReason, firstWantedAt, epoch, changedAt) VALUES (?, ?, ?, 1, 0, ?, ?, 0, NULL, ?, 0, ?)
  ON CONFLICT (firm, kind, id) DO UPDATE SET
    wanted = wanted + 1,
    priority = iif(wanted > done, min(priority, excluded.priority), excluded.priority),
    notBefore = iif(wanted > done, min(notBefore, excluded.notBefore), excluded.notBefore),
    attempts = iif(wanted > done, attempts, 0),
    lastReason = iif(wanted > done, lastReason, NULL),
    firstWantedAt = iif(wanted > done, firstWantedAt, excluded.firstWantedAt),
    changedAt = iif(wanted > done, max(changedAt, excluded.changedAt), excluded.changedAt)`;

export class SqliteMarks implements Marks {
  private readonly statement: Record<'want' | 'firmsDue' | 'due' | 'finish' | 'postpone' | 'restTogether' | 'park' | 'unpark' | 'owed' | 'countOwed', Statement>;

  constructor(database: Database, private readonly commits: GroupCommit) {
    this.statement = {
      want: database.prepare(WANT),
      firmsDue: database.prepare(`SELECT firm FROM marks WHERE ${DUE} GROUP BY firm ORDER BY min(priority), min(firstWantedAt), firm LIMIT ?`),
      due: database.prepare(`SELECT ${COLUMNS} FROM marks WHERE firm = ? AND ${DUE} ORDER BY priority, firstWantedAt, kind, id LIMIT ?`),
      finish: database.prepare(
        'UPDATE marks SET done = max(done, ?), attempts = 0, lastReason = NULL, firstWantedAt = max(firstWantedAt, ?), restUntil = ?, restless = ?, epoch = ? WHERE firm = ? AND kind = ? AND id = ? AND epoch <= ?',
      ),
      postpone: database.prepare(
        'UPDATE marks SET notBefore = ?, attempts = attempts + 1, lastReason = ?, epoch = ? WHERE firm = ? AND kind = ? AND id = ? AND epoch <= ?',
      ),
      restTogether: database.prepare('UPDATE marks SET restUntil = ? WHERE firm = ? AND restless > 0 AND restUntil > ? AND restUntil < ?'),
      park: database.prepare('UPDATE marks SET notBefore = max(notBefore, ?), lastReason = ? WHERE firm = ? AND wanted > done'),
      unpark: database.prepare('UPDATE marks SET notBefore = ? WHERE firm = ? AND wanted > done AND notBefore > ? AND lastReason IN (SELECT value FROM json_each(?))'),
      owed: database.prepare(`SELECT ${COLUMNS} FROM marks WHERE firm = ? AND wanted > done ORDER BY priority, firstWantedAt, kind, id`),
      countOwed: database.prepare('SELECT count(*) AS count FROM marks WHERE firm = ? AND wanted > done'),
    };
  }

  want(requests: MarkRequest[], now: string): Promise<void> {
    return this.commits.write(() => {
      for (const { firm, kind, id, priority, notBefore, changedAt } of requests)
        this.statement.want.run(firm, kind, id, priority, fixedInstant(notBefore ?? now), fixedInstant(now), changedAt === undefined ? null : fixedInstant(changedAt));
    });
  }

  firmsDue(now: string, limit: number): Promise<string[]> {
    return this.commits.read(() => this.statement.firmsDue.all(fixedInstant(now), fixedInstant(now), limit).map((row) => Firm.parse(row).firm));
  }

  due(firm: string, now: string, limit: number): Promise<Mark[]> {
    return this.commits.read(() => this.statement.due.all(firm, fixedInstant(now), fixedInstant(now), limit).map((row) => Row.parse(row)));
  }

  finish(mark: Mark, epoch: number, now: string, rest?: Rest): Promise<void> {
    const restUntil = rest ? fixedInstant(rest.until) : null;
    return this.commits.write(() => {
      const { changes } = this.statement.finish.run(mark.wanted, fixedInstant(now), restUntil, rest?.restless ?? 0, epoch, mark.firm, mark.kind, mark.id, epoch);
      if (Number(changes) === 0) throw new LeaseLostError(mark.firm);
    });
  }

  postpone(mark: Mark, until: string, reason: string, epoch: number): Promise<void> {
    return this.commits.write(() => {
      const { changes } = this.statement.postpone.run(fixedInstant(until), reason, epoch, mark.firm, mark.kind, mark.id, epoch);
      if (Number(changes) === 0) throw new LeaseLostError(mark.firm);
    });
  }

  restTogether(firm: string, until: string, since: string): Promise<void> {
    const end = fixedInstant(until);
    return this.commits.write(() => void this.statement.restTogether.run(end, firm, fixedInstant(since), end));
  }

  park(firm: string, until: string, reason: string): Promise<number> {
    return this.commits.write(() => Number(this.statement.park.run(fixedInstant(until), reason, firm).changes));
  }

  unpark(firm: string, reasons: readonly string[], now: string): Promise<number> {
    const at = fixedInstant(now);
    return this.commits.write(() => Number(this.statement.unpark.run(at, firm, at, JSON.stringify(reasons)).changes));
  }

  owed(firm: string): Promise<Mark[]> {
    return this.commits.read(() => this.statement.owed.all(firm).map((row) => Row.parse(row)));
  }

  countOwed(firm: string): Promise<number> {
    return this.commits.read(() => Count.parse(this.statement.countOwed.get(firm)).count);
  }
}
