import { Router } from 'express';
import { z } from 'zod';
import type { FirmRecord } from '../../store/records.js';
import { roleFromClio, roleOf } from '../../store/role-of.js';
import type { WebDeps } from '../deps.js';
import { firmFacts } from '../firm-facts.js';
import { giveRights, ROLE_WORDS } from '../give-rights.js';
import { action, page } from '../guard.js';
import { notFound } from '../problem.js';
import { show } from '../shell.js';

const Rights = z.object({ role: z.enum(['admin', 'bookkeeper', 'viewer', '']), trust: z.literal('on').optional() });

/** Who may do what here, and how administrators give and take it. */
export function people(deps: WebDeps): Router {
  const router = Router();

  router.get('/people', page(deps, async (_request, response, visitor) => {
    const { lists } = await firmFacts(deps.store, visitor.firm.id);
    const data = { everybody: everybody(visitor.firm, lists?.users ?? []), roleWords: ROLE_WORDS };
    await show(deps, response, visitor, { view: 'people', title: 'People', section: '/settings', data });
  }));

  router.post('/people/:user', action(deps, 'admin', async (request, response, visitor) => {
    const form = Rights.safeParse(request.body);
    const { lists } = await firmFacts(deps.store, visitor.firm.id);
    const person = everybody(visitor.firm, lists?.users ?? []).find((each) => each.userId === request.params['user']);
    if (!form.success || !person) throw notFound();
    const { role, trust } = form.data;
    await giveRights(deps, { firm: visitor.firm.id, by: visitor.session.name, to: person, role: role === '' ? null : role, trust: trust === 'on' });
    response.redirect(303, `/people#person-${person.userId}`);
  }));

  return router;
}

/** Clio's users, and whoever signed in and is no longer among them; by name. */
function everybody(firm: FirmRecord, users: { clioId: string; name: string }[]) {
  const names = new Map([...users.map((user) => [user.clioId, user.name] as const), ...Object.entries(firm.people).map(([id, person]) => [id, person.name] as const)]);
  return [...names].map(([userId, name]) => ({
    userId, name,
    lastSeenAt: firm.people[userId]?.lastSeenAt ?? null,
    inClio: firm.people[userId] ? roleFromClio(firm, userId) : null,
    given: firm.rights?.[userId]?.role ?? '',
    role: roleOf(firm, userId),
    trust: firm.rights?.[userId]?.trust ?? false,
  })).sort((a, b) => a.name.localeCompare(b.name));
}
