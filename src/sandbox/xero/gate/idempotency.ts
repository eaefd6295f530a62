import { createHash } from 'node:crypto';
import { exception, type Answer } from '../answer.js';

const lifetime = 6 * 60_000;

interface Kept {
  fingerprint: string;
  at: number;
  answer: Promise<Answer>;
  done: boolean;
}

/** The answers kept per app and key for 6 minutes from the first call, errors included. */
export class KeptAnswers {
  private kept = new Map<string, Kept>();

  /** Runs the call once per key; the same key with another request is refused. */
  async once(key: { clientId: string; key: string; request: string }, now: number, whileRunning: 'waits' | 'refused', run: () => Promise<Answer>): Promise<Answer> {
    if (key.key.length > 128) return exception(10, 'ValidationException', 'Idempotency Key must be at most 128 characters long.');
    this.forgetOld(now);
    const place = `${key.clientId} ${key.key}`;
    const fingerprint = createHash('sha256').update(key.request).digest('hex');
    const before = this.kept.get(place);
    if (before && before.fingerprint !== fingerprint) return exception(10, 'ValidationException', `Idempotency Key ${key.key} is used with a different request.`);
    if (before && !before.done && whileRunning === 'refused') return exception(10, 'ValidationException', `Idempotency Key ${key.key} is in use by a request that has not finished.`);
    if (before) return before.answer;
    const entry: Kept = { fingerprint, at: now, answer: run(), done: false };
    this.kept.set(place, entry);
    const answer = await entry.answer;
    entry.done = true;
    return answer;
  }

  private forgetOld(now: number): void {
    for (const [place, entry] of this.kept) {
      if (entry.at + lifetime > now) break;
      this.kept.delete(place);
    }
  }
}
