import type { Request, RequestHandler, Response } from 'express';
import { ClioRefusal } from '../errors.js';
import type { UserRecord } from '../records.js';
import { signInFor } from './consent.js';
import { param } from './form.js';
import { html, page, type Html } from './page.js';
import type { ScreenParts } from './screens.js';

/** A page for a signed-in user; others are sent to sign in first. */
export function showing(parts: ScreenParts, show: (request: Request, user: UserRecord) => { title: string; body: Html } | null): RequestHandler {
  return (request, response) => {
    const user = parts.sessions.userOf(request);
    if (!user) {
      response.redirect(signInFor(request));
      return;
    }
    const shown = show(request, user);
    const frame = { firmName: parts.firm.facts.name, user };
    if (shown) response.send(page({ ...frame, title: shown.title, notice: param(request, 'notice') }, shown.body));
    else response.status(404).send(page({ ...frame, title: 'Not found' }, html`<p>There is no such record.</p>`));
  };
}

/** A form's action: does it and goes to `back`, with the refusal as a notice when there was one. */
export function doing(parts: ScreenParts, back: (request: Request) => string, act: (request: Request, user: UserRecord, response: Response) => string | Promise<string>): RequestHandler {
  return async (request, response) => {
    const user = parts.sessions.userOf(request);
    if (!user) {
      response.redirect('/nc/sign_in');
      return;
    }
    let notice: string;
    try {
      notice = await act(request, user, response);
    } catch (error) {
      if (!(error instanceof ClioRefusal)) throw error;
      notice = error.message;
    }
    response.redirect(`${back(request)}?notice=${encodeURIComponent(notice)}`);
  };
}
