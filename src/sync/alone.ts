import { ServiceError } from '../http/service-error.js';
import { StoppedError, type Retry } from '../jobs/retry.js';
import type { FirmContext } from './firm-context.js';

/** What one of several organisations refuses says nothing about the others: only its own work waits. */
export const alone = ({ division }: Pick<FirmContext, 'division'>, error: unknown, retry: Retry): Retry =>
  division && (error instanceof StoppedError || (error instanceof ServiceError && error.service === 'xero')) ? { ...retry, waits: 'mark' } : retry;
