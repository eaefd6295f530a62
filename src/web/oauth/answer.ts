import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../problem.js';

const Answer = z.object({ state: z.string(), code: z.string().min(1).max(4_096).optional(), error: z.string().max(200).optional() });

/** What a vendor sends a person back with. Throws a `Problem` when the person, or the vendor, said no. */
export function answerOf(request: Request, vendor: 'Clio' | 'Xero'): { state: string; code: string | null; declined: Problem | null } {
  const answer = Answer.safeParse(request.query);
  if (!answer.success) throw incomplete(vendor);
  const { state, code, error } = answer.data;
  if (error === 'access_denied') return { state, code: null, declined: declined(vendor) };
  if (error !== undefined || code === undefined) return { state, code: null, declined: incomplete(vendor) };
  return { state, code, declined: null };
}

const declined = (vendor: string) =>
  new Problem({ status: 403, title: `${vendor} was not connected`, text: 'The permission was declined, so nothing was changed. Start again whenever you like.', action: { label: 'Start again', href: '/' } });
const incomplete = (vendor: string) =>
  new Problem({ status: 400, title: `${vendor} did not finish the sign-in`, text: 'It sent you back without a permission. Start again; if it happens twice, tell us what you saw.', action: { label: 'Start again', href: '/' } });
