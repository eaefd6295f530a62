import { Router } from 'express';
import { STATUSES } from '../../store/records.js';
import { alarmsOf } from '../alarms.js';
import { billCounts } from '../bill-rows.js';
import type { WebDeps } from '../deps.js';
import { firmFacts, type FirmFacts } from '../firm-facts.js';
import { visitorOf, type Visitor } from '../guard.js';
import { forgetSession } from '../session.js';
import { show } from '../shell.js';
import { signInPage } from '../sign-in-page.js';

/** The start page: where things stand, and the next thing to do. */
export function home(deps: WebDeps): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const visitor = await visitorOf(deps, request);
    if (visitor) {
      await showHome(deps, response, visitor);
      return;
    }
    forgetSession(deps, response);
    signInPage(deps, response, { status: 200, back: '/' });
  });
  return router;
}

async function showHome(deps: WebDeps, response: Parameters<typeof show>[1], visitor: Visitor): Promise<void> {
  const firm = visitor.firm.id;
  const [facts, open, owed, activity, cursor, counts, connections] = await Promise.all([
    firmFacts(deps.store, firm),
    deps.store.holds.count(firm, 'open', 'open'),
    deps.store.marks.countOwed(firm),
    deps.store.activity.list(firm, { newestFirst: true, limit: 6 }),
    deps.store.cursors.get(firm, 'clio:bills'),
    billCounts(deps.store, firm),
    deps.store.connections.list(firm),
  ]);
  const stopped = (await alarmsOf(deps, visitor, connections)).some(({ stops }) => stops);
  const tally = STATUSES.map((status) => ({ status, count: counts[status] }));
  const data = { tally, owed, activity, lookedAt: cursor?.at ?? null, facts, next: nextThing(facts, { open, ready: counts['ready-for-review'], owed, stopped }) };
  await show(deps, response, visitor, { view: 'home', title: 'Home', section: '/', data });
}

interface NextThing {
  title: string;
  text: string;
  label: string;
  href: string;
}

function nextThing(facts: FirmFacts, { open, ready, owed, stopped }: { open: number; ready: number; owed: number; stopped: boolean }): NextThing {
  if (!facts.xero || !facts.settings) {
    return { title: 'Finish setting up', text: facts.xero ? 'Say which accounts and tax codes Xero should use.' : 'Connect the Xero organisation your firm keeps its books in.', label: 'Continue set-up', href: '/setup' };
  }
  if (stopped) return { title: 'Nothing goes on for now', text: 'The message above says what stands in the way. What waits is kept and goes on by itself afterwards.', label: 'See what waits', href: '/bills?status=on-its-way' };
  if (open > 0) return { title: open === 1 ? 'One thing needs you' : `${open} things need you`, text: 'Each says what happened and what to do. The rest goes on by itself.', label: 'Open inbox', href: '/inbox' };
  if (ready > 0) return { title: ready === 1 ? 'One bill waits for your OK' : `${ready} bills wait for your OK`, text: 'They are prepared and checked. Send them when you are happy with them.', label: 'Review bills', href: '/bills?status=ready-for-review' };
  if (owed > 0) return { title: 'Work is on its way', text: 'Tieout is reading both sides. There is nothing to do.', label: 'Watch bills', href: '/bills' };
  return { title: 'Nothing to do', text: 'Every bill Tieout knows is settled. Prove it to the cent with the tie-out.', label: 'Open tie-out', href: '/tie-out' };
}
