import { Router } from 'express';
import { z } from 'zod';
import { readersAtOnce, readersOfDigest } from '../../alerts/who-is-told.js';
import { changeRecord } from '../../connections/change-record.js';
import { noteActivity } from '../../connections/note-activity.js';
import { MAIL_CHOICES, type FirmRecord, type MailChoice } from '../../store/records.js';
import type { WebDeps } from '../deps.js';
import { action, page } from '../guard.js';
import { Problem } from '../problem.js';
import { show } from '../shell.js';

const Choice = z.object({ choice: z.enum(MAIL_CHOICES) });

const CHOICE_WORDS: Record<MailChoice, { label: string; text: string }> = {
  all: { label: 'Everything', text: 'What cannot wait at once, and once a day what else is new.' },
  digest: { label: 'Once a day', text: 'One letter in the morning, and only when there is news.' },
  off: { label: 'Nothing', text: 'No mail. Everything still stands on these pages.' },
};

/** What each person wants to be told by mail, for themselves alone. */
export function mailChoice(deps: WebDeps): Router {
  const router = Router();

  router.get('/mail', page(deps, async (_request, response, visitor) => {
    const { firm, session } = visitor;
    const data = { words: CHOICE_WORDS, choice: firm.mail?.[session.userId] ?? 'all', address: firm.people[session.userId]?.email ?? null, told: whoIsTold(firm) };
    await show(deps, response, visitor, { view: 'mail-choice', title: 'Mail', section: '/settings', data });
  }));

  router.post('/mail', action(deps, 'viewer', async (request, response, { firm, session }) => {
    const form = Choice.safeParse(request.body);
    if (!form.success) throw new Problem({ status: 400, title: 'Nothing was chosen', text: 'Choose one of the three and save again.', action: { label: 'Back to mail', href: '/mail' } });
    const { choice } = form.data;
    await changeRecord(deps.store.firms, '*', firm.id, ({ mail }) => ({ mail: { ...mail, [session.userId]: choice } }));
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'mail-chosen', text: `${session.name} chose what mail to get: ${CHOICE_WORDS[choice].label.toLowerCase()}.` });
    response.redirect(303, '/mail');
  }));

  return router;
}

/** By name, so that nobody has to guess whether a failure would reach anybody. */
const whoIsTold = (firm: FirmRecord) => ({
  connections: readersAtOnce(firm, 'CONN_CLIO_LOST').map(({ name }) => name),
  amounts: readersAtOnce(firm, 'TOTAL_MISMATCH').map(({ name }) => name),
  daily: readersOfDigest(firm).map(({ name }) => name),
});
