import type { Request, Response } from 'express';

/** A cookie of ours by name; undefined when absent or sent twice (then somebody else set one of them). */
export function readCookie(request: Request, name: string): string | undefined {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

/** `__Host-` pins a cookie to this host and https; browsers refuse that prefix on http://localhost. */
export const cookieName = (appUrl: string, name: string): string => (appUrl.startsWith('https:') ? `__Host-${name}` : name);

export function writeCookie(response: Response, appUrl: string, name: string, value: string, lifeMs: number): void {
  response.cookie(cookieName(appUrl, name), value, { httpOnly: true, secure: appUrl.startsWith('https:'), sameSite: 'lax', path: '/', maxAge: lifeMs });
}

export function clearCookie(response: Response, appUrl: string, name: string): void {
  response.clearCookie(cookieName(appUrl, name), { httpOnly: true, secure: appUrl.startsWith('https:'), sameSite: 'lax', path: '/' });
}
