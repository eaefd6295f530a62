import { createConnection, type Connection } from 'mongoose';
import type { Stored } from './collection.js';
import { KINDS, type Kind } from './kinds.js';
import { MongoCollection } from './mongo-collection.js';
import { MongoLeases } from './mongo-leases.js';
import { MongoMarks } from './mongo-marks.js';
import { leaseModel, markModel, recordModel, type KindName } from './mongo-models.js';
import type { Store } from './store.js';

export interface MongoOptions {
  /** Overrides the database named in the URL; `tieout` when neither names one. */
  database?: string;
}

/** A write counts once a majority has it in the journal; reads see only such writes, and only on the primary. */
const DURABLE = { writeConcern: { w: 'majority', journal: true }, readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

/** The store in MongoDB (a replica set in production; nothing needs transactions). Makes missing collections and indexes. Throws when no server answers. */
export async function openMongoStore(url: string, { database = databaseIn(url) ?? 'tieout' }: MongoOptions = {}): Promise<Store> {
  const connection = await createConnection(url, { ...DURABLE, dbName: database, serverSelectionTimeoutMS: 5000, autoIndex: false, autoCreate: false }).asPromise();
  try {
    return await storeOn(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const databaseIn = (url: string): string | undefined => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1];

async function storeOn(connection: Connection): Promise<Store> {
  const collection = <T extends Stored, Index extends string>(kind: Kind<T, Index> & { name: KindName }) =>
    new MongoCollection(recordModel(connection, kind), kind);
  const store: Store = {
    firms: collection(KINDS.firms),
    connections: collection(KINDS.connections),
    settings: collection(KINDS.settings),
    books: collection(KINDS.books),
    links: collection(KINDS.links),
    holds: collection(KINDS.holds),
    subscriptions: collection(KINDS.subscriptions),
    deliveries: collection(KINDS.deliveries),
    activity: collection(KINDS.activity),
    cursors: collection(KINDS.cursors),
    runs: collection(KINDS.runs),
    alerts: collection(KINDS.alerts),
    tickets: collection(KINDS.tickets),
    marks: new MongoMarks(markModel(connection)),
    leases: new MongoLeases(connection, leaseModel(connection)),
    ping: () => answers(connection),
    close: () => connection.close(),
  };
  for (const model of Object.values(connection.models)) await model.createIndexes();
  return store;
}

async function answers(connection: Connection): Promise<boolean> {
  try {
    return (await connection.db?.command({ ping: 1 })) !== undefined;
  } catch {
    return false;
  }
}
