import type { SandboxClock } from '../clock.js';
import { secret } from './grants.js';
import type { ClioSwitches } from './switches.js';

/** Proof that a user pressed a custom action on a record: single use, short-lived, good for that user and record only. */
export class Nonces {
  private readonly open = new Map<string, { userId: number; subject: string; expiresAt: number }>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly switches: ClioSwitches,
  ) {}

  mint(userId: number, subject: string): string {
    const nonce = secret();
    this.open.set(nonce, { userId, subject, expiresAt: this.clock.now() + this.switches.nonceLifetimeMs });
    return nonce;
  }

  /** A nonce shown for the wrong user or record is used up all the same (inferred). */
  use(nonce: string, userId: number, subject: string): boolean {
    const found = this.open.get(nonce);
    this.open.delete(nonce);
    return found?.userId === userId && found.subject === subject && found.expiresAt > this.clock.now();
  }
}
