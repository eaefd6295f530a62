import type { Response } from 'express';
import { REMOVED_IN_XERO } from '../connections/notice-removal.js';
import { adviceOf, titleOf } from '../core/reasons.js';
import type { ConnectionRecord } from '../store/records.js';
import type { WebDeps } from './deps.js';
import type { Visitor } from './guard.js';
import { mayActAs } from './roles.js';

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
  const xero = xeroOf(connections);
  response.status(view.status ?? 200).render(view.view, {
    ...view.data,
    title: view.title,
    shell: {
      firmName: firm.name,
      organisationName: xero?.organisationName ?? null,
      personName: session.name,
      csrf: session.csrf,
      navigation: NAVIGATION.map((entry) => ({ ...entry, current: entry.href === view.section, count: entry.href === '/inbox' ? open : 0 })),
      alarm: alarmOf(connections, visitor),
      mayWork: mayActAs(role, 'bookkeeper'),
      mayAdminister: mayActAs(role, 'admin'),
    },
  });
}

/** The connection with the firm's organisation; undefined before the first, or after it was ended. */
export const xeroOf = (connections: ConnectionRecord[]): ConnectionRecord | undefined => connections.find((each) => each.side === 'xero' && each.state !== 'removed');

/** What stops everything, said on every page. */
function alarmOf(connections: ConnectionRecord[], visitor: Visitor): { title: string; text: string; href: string; label: string } | null {
  const clio = connections.filter((each) => each.side === 'clio');
  if (clio.length > 0 && clio.every((each) => each.state !== 'live')) {
    return { title: titleOf('CONN_CLIO_LOST', {}), text: adviceOf('CONN_CLIO_LOST', {}), href: `/oauth/clio/start?region=${visitor.region}`, label: 'Connect Clio again' };
  }
  const xero = xeroOf(connections);
  if (xero?.state === 'needs-reauth') {
    const reason = xero.stateReason === REMOVED_IN_XERO ? 'CONN_XERO_REMOVED' : 'CONN_XERO_EXPIRED';
    return { title: titleOf(reason, {}), text: adviceOf(reason, {}), href: '/oauth/xero/start', label: 'Connect Xero again' };
  }
  // Removed by the firm itself; before the first connection set-up says so in its own words.
  if (!xero && connections.some((each) => each.side === 'xero')) {
    return { title: titleOf('ORG_NOT_CONNECTED', {}), text: adviceOf('ORG_NOT_CONNECTED', {}), href: '/setup', label: 'Open set-up' };
  }
  return null;
}
