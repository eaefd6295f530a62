import { z } from 'zod';
import { LeaseLostError } from './collection.js';
import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite-driver.js';
import type { Lease, Leases } from './store.js';

const Row = z.object({ owner: z.string(), epoch: z.int(), until: z.number() });

/** `until` is kept in milliseconds of the machine's clock: all processes on one file share it. */
export class SqliteLeases implements Leases {
  private readonly statement: Record<'acquire' | 'holder' | 'renew' | 'release', Statement>;

  constructor(database: Database, private readonly commits: GroupCommit, private readonly now: () => number) {
    this.statement = {
      acquire: database.prepare(
        `INSERT INTO leases (firm, owner, epoch, until) VALUES (?, ?, 1, ?)
         ON CONFLICT (firm) DO UPDATE SET owner = excluded.owner, epoch = epoch + 1, until = excluded.until WHERE until <= ? RETURNING owner, epoch, until`,
      ),
      holder: database.prepare('SELECT owner, epoch, until FROM leases WHERE firm = ? AND until > ?'),
      renew: database.prepare('UPDATE leases SET until = ? WHERE firm = ? AND owner = ? AND epoch = ? RETURNING owner, epoch, until'),
      release: database.prepare('UPDATE leases SET until = 0 WHERE firm = ? AND owner = ? AND epoch = ?'),
    };
  }

  acquire(firm: string, owner: string, forMs: number): Promise<Lease | undefined> {
    return this.commits.write(() => {
      const now = this.now();
      const [taken] = this.statement.acquire.all(firm, owner, now + forMs, now);
      return taken === undefined ? undefined : lease(firm, taken);
    });
  }

  holder(firm: string): Promise<Lease | undefined> {
    const [held] = this.statement.holder.all(firm, this.now());
    return Promise.resolve(held === undefined ? undefined : lease(firm, held));
  }

  renew({ firm, owner, epoch }: Lease, forMs: number): Promise<Lease> {
    return this.commits.write(() => {
      const [kept] = this.statement.renew.all(this.now() + forMs, firm, owner, epoch);
      if (kept === undefined) throw new LeaseLostError(firm);
      return lease(firm, kept);
    });
  }

  async release({ firm, owner, epoch }: Lease): Promise<void> {
    await this.commits.write(() => this.statement.release.run(firm, owner, epoch));
  }
}

function lease(firm: string, row: unknown): Lease {
  const { owner, epoch, until } = Row.parse(row);
  return { firm, owner, epoch, until: new Date(until).toISOString() };
}
