import { z } from 'zod';
import type { Database } from './sqlite-driver.js';

/**
 * The file's layout, step by step; `user_version` counts the steps done. A step once released is never edited, only followed by another.
 * Every kind has its own table: the record as JSON in `body`, and one column per index of kinds.ts (`many` indexes have a side table).
 */
const STEPS: string[] = [
  `
  CREATE TABLE firms (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (firm, id)) STRICT;
  CREATE TABLE connections (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    organisation TEXT UNIQUE, user TEXT UNIQUE, PRIMARY KEY (firm, id)) STRICT;
  CREATE TABLE settings (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (firm, id)) STRICT;
  CREATE TABLE books (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (firm, id)) STRICT;

  CREATE TABLE links (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    clio TEXT UNIQUE, xero TEXT UNIQUE, bill TEXT, client TEXT, kind TEXT, status TEXT, intent TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX links_bill ON links (firm, bill, id) WHERE bill IS NOT NULL;
  CREATE INDEX links_client ON links (firm, client, id) WHERE client IS NOT NULL;
  CREATE INDEX links_kind ON links (firm, kind, id);
  CREATE INDEX links_status ON links (firm, status, id);
  CREATE INDEX links_intent ON links (firm, intent, id) WHERE intent IS NOT NULL;
  CREATE TABLE links_matter (firm TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (firm, value, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX links_matter_id ON links_matter (firm, id);

  CREATE TABLE holds (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    bill TEXT, open TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX holds_bill ON holds (firm, bill, id);
  CREATE INDEX holds_open ON holds (firm, open, id) WHERE open IS NOT NULL;

  CREATE TABLE subscriptions (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    token TEXT UNIQUE, PRIMARY KEY (firm, id)) STRICT;

  CREATE TABLE deliveries (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    sweepAt TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX deliveries_sweepAt ON deliveries (sweepAt);

  CREATE TABLE activity (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    bill TEXT, sweepAt TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX activity_bill ON activity (firm, bill, id) WHERE bill IS NOT NULL;
  CREATE INDEX activity_sweepAt ON activity (sweepAt);

  CREATE TABLE cursors (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (firm, id)) STRICT;
  CREATE TABLE runs (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (firm, id)) STRICT;

  CREATE TABLE tickets (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    sweepAt TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX tickets_sweepAt ON tickets (sweepAt);

  CREATE TABLE marks (firm TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, wanted INTEGER NOT NULL, done INTEGER NOT NULL, priority INTEGER NOT NULL,
    notBefore TEXT NOT NULL, attempts INTEGER NOT NULL, lastReason TEXT, firstWantedAt TEXT NOT NULL, epoch INTEGER NOT NULL, PRIMARY KEY (firm, kind, id)) STRICT;
  CREATE INDEX marks_owed ON marks (firm, priority, firstWantedAt) WHERE wanted > done;

  CREATE TABLE leases (firm TEXT PRIMARY KEY, owner TEXT NOT NULL, epoch INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
  `,
  'ALTER TABLE marks ADD COLUMN changedAt TEXT;',
  'ALTER TABLE marks ADD COLUMN restUntil TEXT; ALTER TABLE marks ADD COLUMN restless INTEGER NOT NULL DEFAULT 0;',
  `
  CREATE TABLE alerts (firm TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, epoch INTEGER NOT NULL, body TEXT NOT NULL,
    kind TEXT, open TEXT, owed TEXT, sweepAt TEXT, PRIMARY KEY (firm, id)) STRICT;
  CREATE INDEX alerts_kind ON alerts (firm, kind, id);
  CREATE INDEX alerts_open ON alerts (firm, open, id) WHERE open IS NOT NULL;
  CREATE INDEX alerts_owed ON alerts (firm, owed, id) WHERE owed IS NOT NULL;
  CREATE INDEX alerts_sweepAt ON alerts (sweepAt);
  `,
];

const Version = z.object({ user_version: z.int() });
const Verdict = z.object({ integrity_check: z.string() });

/** Brings the file to the newest layout. Processes opening it together wait for one another. Throws on a damaged or a newer file. */
export function migrate(database: Database, path: string): void {
  const { integrity_check: verdict } = Verdict.parse(database.prepare('PRAGMA integrity_check(1)').get());
  if (verdict !== 'ok') throw new Error(`The database ${path} is damaged (${verdict}). Restore the last backup before starting.`);
  database.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: done } = Version.parse(database.prepare('PRAGMA user_version').get());
    if (done > STEPS.length) throw new Error(`The database ${path} was written by a newer Tieout (layout ${done}, known ${STEPS.length}). Start the newer version.`);
    for (const step of STEPS.slice(done)) database.exec(step);
    database.exec(`PRAGMA user_version = ${STEPS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
