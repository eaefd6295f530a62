/** The sandbox's time. Tests hand in a virtual one; the demo uses the machine's. */
export interface SandboxClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
