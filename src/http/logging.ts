/**
 * What a log line may say. Fields are listed, not redacted: a token, a name or a narrative has no field to stand in.
 * `detail` takes error kinds and vendor correlation ids, never bodies.
 */
export interface LogFields {
  firm?: string;
  kind?: string;
  id?: string;
  count?: number;
  status?: number;
  ms?: number;
  method?: string;
  route?: string;
  reason?: string;
  detail?: string;
  reference?: string;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Text of an error that is safe to log: its name and message, without whatever objects hang on it. */
export const errorText = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error');
