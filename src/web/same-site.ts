import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';

/** Browsers say where a form was posted from; what does not say so, or says elsewhere, is refused. */
export function postedFromOurPages(request: Request, appUrl: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return request.get('origin') === appUrl;
}

const WithToken = z.object({ csrf: z.string() });

/** The form carries the token of this session, so it was made for this person. */
export function carriesToken(request: Request, expected: string): boolean {
  const body = WithToken.safeParse(request.body);
  if (!body.success) return false;
  const [given, wanted] = [Buffer.from(body.data.csrf), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
