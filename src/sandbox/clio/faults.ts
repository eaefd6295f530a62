/** What goes wrong, for the next `times` (default 1) requests that match. */
export interface Fault {
  kind: 'status-500-before' | 'status-500-after-commit' | 'html-502' | '429' | 'drop-before' | 'drop-after-commit' | 'slow';
  /** Absent: any. */
  method?: string;
  /** Text that the path contains, or a pattern. Absent: any. */
  path?: string | RegExp;
  times?: number;
  /** How many that match get through first. */
  after?: number;
  retryAfterSeconds?: number;
  retryAfterAs?: 'seconds' | 'http-date';
  /** By the sandbox's clock. */
  delayMs?: number;
}

/** The first fault that matches; it is counted down and taken off the list when used up. */
export function pickFault(faults: Fault[], request: { method: string; path: string }): Fault | undefined {
  const index = faults.findIndex((fault) => matches(fault, request));
  const fault = faults[index];
  if (!fault) return undefined;
  if ((fault.after ?? 0) > 0) {
    faults[index] = { ...fault, after: (fault.after ?? 0) - 1 };
    return undefined;
  }
  const left = (fault.times ?? 1) - 1;
  if (left <= 0) faults.splice(index, 1);
  else faults[index] = { ...fault, times: left };
  return fault;
}

function matches(fault: Fault, request: { method: string; path: string }): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === 'string' ? request.path.includes(fault.path) : fault.path.test(request.path);
}
