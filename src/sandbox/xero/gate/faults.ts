export type FaultKind =
  | 'status-500-before'
  | 'status-500-after-commit'
  | 'html-502'
  | 'html-200-after-commit'
  | 'malformed-json-after-commit'
  | '503'
  | '429-minute'
  | '429-day'
  | '429-concurrent'
  | 'drop-before'
  | 'drop-after-commit'
  | 'slow'
  | 'slow-after-commit'
  | 'token-429'
  | 'token-500';

export interface FaultSpec {
  kind: FaultKind;
  /** Matches any method when absent. */
  method?: string;
  /** Matched against the path, such as /\/Invoices$/. */
  path?: RegExp;
  /** How many calls it hits; 1 when absent. */
  times?: number;
  /** How long `slow` takes by the sandbox's clock; 5 minutes when absent. */
  ms?: number;
}

/** Failures waiting for the calls they were made for. */
export class Faults {
  private waiting: { spec: FaultSpec; left: number }[] = [];

  add(spec: FaultSpec): void {
    this.waiting.push({ spec, left: spec.times ?? 1 });
  }

  clear(): void {
    this.waiting = [];
  }

  take(method: string, path: string): FaultSpec | undefined {
    const isToken = path === '/connect/token';
    const found = this.waiting.find(({ spec, left }) => left > 0 && (spec.method ?? method) === method && (spec.path?.test(path) ?? true) && spec.kind.startsWith('token-') === isToken);
    if (found) found.left -= 1;
    return found?.spec;
  }
}
