import { pino, type DestinationStream } from 'pino';
import type { Log, LogFields } from './http/logging.js';

const FIELDS = ['firm', 'kind', 'id', 'count', 'status', 'ms', 'method', 'route', 'reason', 'detail', 'reference'] as const;

export function createLog(level: string, destination?: DestinationStream): Log {
  const logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination({ sync: true }));
  const allowed = (fields: LogFields = {}) => Object.fromEntries(FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
  return {
    info: (message, fields) => logger.info(allowed(fields), message),
    warn: (message, fields) => logger.warn(allowed(fields), message),
    error: (message, fields) => logger.error(allowed(fields), message),
  };
}
