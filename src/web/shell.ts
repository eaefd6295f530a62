import type { Response } from 'express';
import { alarmsOf } from './alarms.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';
import { mayActAs } from '../store/role-of.js';

const NAVIGATION = [
  { href: '/', label: 'Home' },
  { href: '/bills', label: 'Bills' },
  { href: '/inbox', label: 'Inbox' },
  { href: '/tie-out', label: 'Tie-out' },
  { href: '/history', label: 'History' },
  { href: '/activity', label: 'Activity' },
  { href: '/settings', label: 'Settings' },
] as const;

interface View {
  /** Template in views/. */
  view: string;
  title: string;
  /** Address of the navigation entry this page belongs to. */
  section: string;
  data: Record<string, unknown>;
  status?: number;
}

/** Draws a page inside the frame every signed-in page shares: firm, organisation, navigation, and what blocks all work. */
export async function show(deps: WebDeps, response: Response, visitor: Visitor, view: View): Promise<void> {
  const { firm, session, role } = visitor;
  const [connections, open] = await Promise.all([deps.store.connections.list(firm.id), deps.store.holds.count(firm.id, 'open', 'open')]);
  const organisations = connections.filter((each) => each.side === 'xero' && each.state !== 'removed').map((each) => each.organisationName ?? 'an organisation');
  response.status(view.status ?? 200).render(view.view, {
    ...view.data,
    title: view.title,
    shell: {
      firmName: firm.name,
      organisations,
      personName: session.name,
      csrf: session.csrf,
      navigation: NAVIGATION.map((entry) => ({ ...entry, current: entry.href === view.section, count: entry.href === '/inbox' ? open : 0 })),
      alarms: await alarmsOf(deps, visitor, connections),
      sendsMail: deps.sendsMail,
      mayWork: mayActAs(role, 'bookkeeper'),
      mayAdminister: mayActAs(role, 'admin'),
    },
  });
}
