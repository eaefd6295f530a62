import { ServiceError } from '../http/service-error.js';

/** Null for a record that does not exist; every other failure stays one. */
export async function absentAsNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ServiceError && error.kind === 'not-found') return null;
    throw error;
  }
}
