import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11000;

export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;

/** Two first upserts of one key at the same time: the server lets one of them fail, and the same upsert then finds the record. */
export async function retryingDuplicate<R>(upsert: () => Promise<R>): Promise<R> {
  try {
    return await upsert();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return await upsert();
  }
}
