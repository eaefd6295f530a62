import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { MARK_KINDS } from '../../jobs/mark-kinds.js';
import { REGIONS } from '../../store/records.js';
import { cookieName, readCookie, writeCookie } from '../cookies.js';
import type { WebDeps } from '../deps.js';
import { Problem } from '../problem.js';

const COOKIE = 'tieout-attempt';
const LIFE_MS = 10 * 60_000;

const ForClio = z.object({
  vendor: z.literal('clio'),
  region: z.enum(REGIONS),
  install: z.boolean(),
  back: z.string(),
  /** What to look at once the person is known: "Sync with Xero" was pressed before Tieout knew them. */
  wanted: z.object({ kind: z.enum(MARK_KINDS), id: z.string() }).nullable(),
});
const ForXero = z.object({ vendor: z.literal('xero'), firm: z.string(), userId: z.string(), nonce: z.string(), further: z.boolean().default(false) });
const browser = { browser: z.string() };
const Body = z.discriminatedUnion('vendor', [ForClio.extend(browser), ForXero.extend(browser)]);
type Body = z.infer<typeof Body>;

/** What we knew when a person left for a vendor's consent page. */
export type Attempt = z.input<typeof ForClio> | z.input<typeof ForXero>;

type Deps = Pick<WebDeps, 'store' | 'clock' | 'appUrl'>;

/**
 * Begins a consent and returns its `state`: single use, ten minutes, bound to this browser by a cookie, to the vendor (so that one vendor's
 * answer cannot be taken for the other's) and, for Xero, to the person signed in.
 */
export async function beginAttempt(deps: Deps, request: Request, response: Response, attempt: Attempt): Promise<string> {
  const name = cookieName(deps.appUrl, COOKIE);
  const known = readCookie(request, name);
  const browser = known !== undefined && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString('base64url');
  writeCookie(response, deps.appUrl, COOKIE, browser, LIFE_MS);
  const state = randomBytes(32).toString('base64url');
  const sweepAt = new Date(deps.clock.now() + LIFE_MS).toISOString();
  await deps.store.tickets.insert({ firm: '*', id: `consent:${state}`, kind: 'consent', body: { ...attempt, browser: digest(browser) }, sweepAt });
  return state;
}

/** Uses the attempt up. Throws a `Problem` when the state is unknown, used, too old, another vendor's or another browser's. */
export async function endAttempt<Vendor extends Body['vendor']>(deps: Deps, request: Request, vendor: Vendor, state: unknown): Promise<Extract<Body, { vendor: Vendor }>> {
  const id = z.string().regex(/^[\w-]{43}$/).safeParse(state);
  const ticket = id.success ? await deps.store.tickets.get('*', `consent:${id.data}`) : undefined;
  const body = Body.safeParse(ticket?.body);
  const browser = readCookie(request, cookieName(deps.appUrl, COOKIE));
  if (!ticket || ticket.kind !== 'consent' || !body.success || browser === undefined) throw notOurs();
  if (!timingSafeEqual(Buffer.from(digest(browser)), Buffer.from(body.data.browser)) || !isOf(body.data, vendor)) throw notOurs();
  if (!(await deps.store.tickets.remove('*', ticket.id))) throw notOurs();
  if (Date.parse(ticket.sweepAt) <= deps.clock.now()) throw notOurs();
  return body.data;
}

const isOf = <Vendor extends Body['vendor']>(body: Body, vendor: Vendor): body is Extract<Body, { vendor: Vendor }> => body.vendor === vendor;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const notOurs = () =>
  new Problem({
    status: 400,
    title: 'This sign-in cannot be finished',
    text: 'It was started in another browser, was already used, or took longer than ten minutes. Start it again; nothing was changed.',
    action: { label: 'Start again', href: '/' },
  });
