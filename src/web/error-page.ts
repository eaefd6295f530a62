import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { errorText } from '../http/logging.js';
import { ServiceError } from '../http/service-error.js';
import type { WebDeps } from './deps.js';
import { Problem } from './problem.js';

const HttpError = z.object({ status: z.int().min(400).max(499), expose: z.literal(true) });

/** Last resort for whatever a page throws: a page that says what to do, and a log line with the same reference. */
export function errorPage(deps: Pick<WebDeps, 'log'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    const reference = problem.status >= 500 ? randomBytes(5).toString('hex') : null;
    if (reference) deps.log.error('a page failed', { reference, method: request.method, route: request.path, detail: errorText(error) });
    response.status(problem.status).render('error', { title: problem.title, problem, reference });
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ServiceError) return vendorProblem(error);
  const asked = HttpError.safeParse(error);
  if (asked.success) return new Problem({ status: asked.data.status, title: 'The request was not understood', text: 'Something in it was malformed or too large. Go back, reload the page and try again.' });
  return new Problem({ status: 500, title: 'Something went wrong on our side', text: 'Nothing was lost. Try again in a minute; if it stays, send us the reference below.' });
}

function vendorProblem(error: ServiceError): Problem {
  const name = error.service === 'clio' ? 'Clio' : 'Xero';
  if (error.kind === 'unauthorized' || error.kind === 'forbidden') {
    const region = error.service === 'clio' ? ' and choose the country your firm’s Clio is in' : '';
    return new Problem({ status: 403, title: `${name} did not accept the sign-in`, text: `The permission was refused or has run out; nothing was changed. Start again from the home page${region}.`, action: { label: 'Go to the home page', href: '/' } });
  }
  if (error.kind === 'rejected') {
    return new Problem({ status: 502, title: `${name} refused this application`, text: `${name} does not know the id or secret of this server’s application, so another try will not help. Send the reference below to whoever runs Tieout. Nothing was changed.`, action: { label: 'Go to the home page', href: '/' } });
  }
  return new Problem({ status: 502, title: `${name} did not answer`, text: `${name} could not be reached or was too busy. Nothing was changed. Try again in a minute.`, action: { label: 'Go to the home page', href: '/' } });
}
