import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../problem.js';

const Answer = z.object({ state: z.string(), code: z.string().min(1).max(4_096).optional().catch(undefined), error: z.string().optional() });

/** What a vendor sends a person back with. Throws a `Problem` when the person, or the vendor, said no. */
export function answerOf(request: Request, vendor: 'Clio' | 'Xero'): { state: string; code: string | null; declined: Problem | null } {
  const answer = Answer.safeParse(request.query);
  if (!answer.success) throw incomplete(vendor);
  const { state, code, error } = answer.data;
  if (error === 'access_denied') return { state, code: null, declined: declined(vendor) };
  if (error !== undefined || code === undefined) return { state, code: null, declined: error === undefined ? incomplete(vendor) : refusalOf(vendor, error) };
  return { state, code, declined: null };
}

/** What a vendor may say of itself, and of our application (RFC 6749 §4.1.2.1); Xero adds `invalid_scope` for a scope the app was not given. */
const THEIR_TROUBLE = ['server_error', 'temporarily_unavailable'];
const OUR_REGISTRATION = ['invalid_request', 'unauthorized_client', 'unsupported_response_type', 'invalid_scope', 'invalid_client'];

function refusalOf(vendor: string, error: string): Problem {
  if (THEIR_TROUBLE.includes(error)) {
    return new Problem({ status: 502, title: `${vendor} has trouble of its own`, text: `${vendor} could not finish the sign-in. Nothing was changed. Try again in a few minutes.`, action: { label: 'Start again', href: '/' } });
  }
  if (!OUR_REGISTRATION.includes(error)) return incomplete(vendor);
  return new Problem({
    status: 502,
    title: `${vendor} refused this application`,
    text: `It was asked for something it does not allow this application, so another try will not help. Send the reference below to whoever runs Tieout: what is entered at ${vendor} must be what “npm run manifest” prints.`,
    action: { label: 'Go to the home page', href: '/' },
  });
}

const declined = (vendor: string) =>
  new Problem({ status: 403, title: `${vendor} was not connected`, text: 'The permission was declined, so nothing was changed. Start again whenever you like.', action: { label: 'Start again', href: '/' } });
const incomplete = (vendor: string) =>
  new Problem({ status: 400, title: `${vendor} did not finish the sign-in`, text: 'It sent you back without a permission. Start again; if it happens twice, tell us what you saw.', action: { label: 'Start again', href: '/' } });
