import type { Request, Response } from 'express';
import { Refusal } from '../refusal.js';
import { formOf } from './form.js';
import { html, page } from './page.js';

/** Runs what a form asks for and goes back to a page; what the books refuse is told with their words. */
export async function act(request: Request, response: Response, back: string, work: (form: URLSearchParams) => unknown): Promise<void> {
  try {
    await work(formOf(request));
    response.redirect(303, back);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'Something went wrong';
    const body = html`<div class="card"><p class="bad" role="alert">${reason}</p><p><a href="${back}">Go back</a></p></div>`;
    response.status(error instanceof Refusal ? 422 : 400).type('html').send(page({ title: 'That was not possible', body }));
  }
}
