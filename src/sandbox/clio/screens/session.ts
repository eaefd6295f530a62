import type { Request, Response } from 'express';
import type { Firm } from '../firm.js';
import { secret } from '../grants.js';
import type { UserRecord } from '../records.js';

/** Who is signed in to this region's pages. The cookie is named for the region: hosts on one machine share their cookies. */
export class Sessions {
  private readonly users = new Map<string, number>();

  constructor(private readonly firm: Firm) {}

  userOf(request: Request): UserRecord | null {
    const cookie = new RegExp(`(?:^|; )${this.cookieName()}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
    const user = cookie === undefined ? undefined : this.firm.users.get(this.users.get(cookie) ?? null);
    return user?.enabled ? user : null;
  }

  signIn(response: Response, userId: number): void {
    const id = secret();
    this.users.set(id, userId);
    response.cookie(this.cookieName(), id, { httpOnly: true, sameSite: 'lax', path: '/' });
  }

  signOut(response: Response): void {
    response.clearCookie(this.cookieName(), { path: '/' });
  }

  private cookieName(): string {
    return `practice_${this.firm.region}`;
  }
}
