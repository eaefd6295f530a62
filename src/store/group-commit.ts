import type { Database } from './sqlite-driver.js';

interface Waiting {
  /** Does the work; what it returns says so to whoever asked, once it is durable. */
  run: () => () => void;
  reject: (error: unknown) => void;
}

/**
 * All writes asked for in one turn of the event loop share one transaction, so one wait for the disk. Each is answered only after the
 * commit; one that fails is undone alone and leaves the others standing.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(private readonly database: Database) {}

  /** Runs `work` at once, on what is committed. */
  read<R>(work: () => R): Promise<R> {
    return new Promise((resolve) => resolve(work()));
  }

  /** Runs `work` inside the next transaction; it must not wait for anything. */
  write<R>(work: () => R): Promise<R> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        return () => resolve(result);
      };
      if (this.waiting.push({ run, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what is waiting, now. */
  flush(): void {
    const group = this.waiting;
    this.waiting = [];
    if (group.length === 0) return;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const answers = group.map((each) => this.attempt(each));
      this.database.exec('COMMIT');
      for (const answer of answers) answer();
    } catch (error) {
      this.rollBack();
      for (const each of group) each.reject(error);
    }
  }

  private attempt(waiting: Waiting): () => void {
    this.database.exec('SAVEPOINT one');
    try {
      const answer = waiting.run();
      this.database.exec('RELEASE one');
      return answer;
    } catch (error) {
      this.database.exec('ROLLBACK TO one; RELEASE one');
      return () => waiting.reject(error);
    }
  }

  private rollBack(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // After a full disk or a failed BEGIN there is no transaction left to roll back.
    }
  }
}
