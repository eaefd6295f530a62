import { Router, type Response } from 'express';
import { z } from 'zod';
import { noteActivity } from '../../connections/note-activity.js';
import { soundsLikeTrust } from '../../core/propose-settings.js';
import type { Settings } from '../../core/settings.js';
import { maySecond, type MayConsent, type TrustRequest } from '../../core/trust-consent.js';
import { brokenBy, mayHoldDebt } from '../../core/trust-guardrails.js';
import { instantOf } from '../../http/clock.js';
import { hasTrustRights } from '../../store/role-of.js';
import { trustRequestId } from '../../store/trust-request-schema.js';
import type { WebDeps } from '../deps.js';
import { action, page, type Visitor } from '../guard.js';
import { notFound, Problem } from '../problem.js';
import { saveSettings } from '../save-settings.js';
import { setUpProgress, type Progress } from '../setup/progress.js';
import { show } from '../shell.js';
import { keepTrustRequest, trustRequests } from '../trust-requests.js';

const Asked = z.discriminatedUnion('do', [
  z.object({ do: z.literal('ask'), bankAccount: z.string().max(100), liabilityAccount: z.string().max(100) }),
  z.object({ do: z.literal('confirm'), name: z.string().max(200).default('') }),
  z.object({ do: z.literal('off') }),
]);

/** Accounts for money held for clients: each chosen by one person with trust rights and confirmed by another, off again by any of them. */
export function trust(deps: WebDeps): Router {
  const router = Router();

  router.get('/trust', page(deps, async (_request, response, visitor) => {
    await showTrust(deps, response, visitor, await setUpProgress(deps, visitor), null);
  }));

  router.post('/trust/:account', action(deps, 'viewer', async (request, response, visitor) => {
    if (!hasTrustRights(visitor.firm, visitor.session.userId)) throw noRights();
    const asked = Asked.safeParse(request.body);
    const progress = await setUpProgress(deps, visitor);
    const account = progress.facts.lists?.bankAccounts.find((each) => each.clioId === request.params['account'] && each.type === 'trust');
    if (!asked.success || !account) throw notFound();
    const said = await carryOut(deps, visitor, progress, { clioId: account.clioId, name: account.name }, asked.data);
    if (said === null) response.redirect(303, '/trust');
    else await showTrust(deps, response, visitor, progress, { clioId: account.clioId, says: said });
  }));

  return router;
}

type Account = { clioId: string; name: string };

/** Gives what stands in the way, in a sentence; null when it was done. */
async function carryOut(deps: WebDeps, visitor: Visitor, progress: Progress, account: Account, asked: z.infer<typeof Asked>): Promise<string | null> {
  const { firm, session } = visitor;
  const consent = { userId: session.userId, name: session.name, at: instantOf(deps.clock) };
  const request = (await trustRequests(deps.store, firm.id, progress.facts.lists)).get(account.clioId);
  if (asked.do === 'off') {
    await deps.store.runs.remove(firm.id, trustRequestId(account.clioId));
    await putInForce(deps, visitor, progress, account, null, `switched off trust account ${account.name}`);
    return null;
  }
  if (asked.do === 'ask') {
    const wanted = { name: account.name, bankAccount: asked.bankAccount, liabilityAccount: asked.liabilityAccount };
    const broken = brokenWith(progress, account, wanted);
    if (broken) return broken;
    await keepTrustRequest(deps.store, firm.id, account.clioId, { ...wanted, first: consent, second: null });
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'trust-asked', text: `${session.name} asked to set up trust account ${account.name}; a second consent is needed.` });
    return null;
  }
  if (!request || request.second) return 'Nothing waits for a second consent any more. Look at what is there now.';
  const may = maySecond(request, { userId: session.userId, now: deps.clock.now(), typed: asked.name, onePersonFirm: isOnePersonFirm(progress) });
  const refused = may === 'yes' ? brokenWith(progress, account, request) : REFUSALS[may];
  if (refused) return refused;
  await keepTrustRequest(deps.store, firm.id, account.clioId, { ...request, second: consent });
  await putInForce(deps, visitor, progress, account, request, `switched on trust account ${account.name}, first asked for by ${request.first.name}`);
  return null;
}

const REFUSALS: Record<Exclude<MayConsent, 'yes'>, string> = {
  'same-person': 'You asked for it, so another person with trust rights has to confirm it.',
  'too-early': 'You are the only person of this firm: confirm it an hour after you asked for it.',
  'name-differs': 'Type the account’s name as Clio shows it.',
};

/** Before going live it stands in set-up alone, which puts it in force with everything else. */
async function putInForce(deps: WebDeps, { firm, session }: Visitor, { facts }: Progress, { clioId, name }: Account, request: TrustRequest | null, note: string): Promise<void> {
  if (!facts.settings) {
    await noteActivity(deps, { firm: firm.id, by: session.name, what: 'trust-set-up', text: `${session.name} ${note}.` });
    return;
  }
  const { body, record } = facts.settings;
  const others = Object.fromEntries(Object.entries(body.trust).filter(([other]) => other !== clioId));
  if (!request && body.trust[clioId] === undefined) return;
  const trust: Settings['trust'] = request ? { ...others, [clioId]: { name, bankAccount: request.bankAccount, liabilityAccount: request.liabilityAccount } } : others;
  await saveSettings(deps, { firm: firm.id, by: session.name, body: { ...body, trust }, note, after: record.id });
}

function brokenWith({ facts, chosen }: Progress, { clioId }: Account, wanted: Settings['trust'][string]): string | null {
  const { books, lists } = facts;
  const settings = facts.settings?.body ?? chosen?.settings;
  if (!books || !lists || !settings) return 'The lists of Xero and Clio are still arriving. Connect Xero first.';
  const [why] = brokenBy(clioId, wanted, { ...settings, trust: { ...settings.trust, [clioId]: wanted } }, books, lists);
  return why === undefined ? null : `This cannot be, because ${why.trim()}. Choose another account, or change the other setting first.`;
}

/** Clio has one person who may sign in. */
const isOnePersonFirm = ({ facts }: Progress): boolean => (facts.lists?.users.length ?? 0) === 1;

async function showTrust(deps: WebDeps, response: Response, visitor: Visitor, progress: Progress, wrong: { clioId: string; says: string } | null): Promise<void> {
  const { books, lists, settings } = progress.facts;
  const requests = await trustRequests(deps.store, visitor.firm.id, lists);
  const banks = (books?.accounts ?? []).filter((account) => account.active && account.isBank);
  const liabilities = (books?.accounts ?? []).filter(mayHoldDebt);
  const likely = banks.filter((account) => soundsLikeTrust(account.name));
  const inForce = settings?.body ?? progress.chosen?.settings;
  const accounts = (lists?.bankAccounts ?? []).filter((each) => each.type === 'trust').map(({ clioId, name }) => {
    const on = inForce?.trust[clioId] ?? null;
    const request = requests.get(clioId) ?? null;
    return {
      clioId, name, on, waiting: request && !request.second ? request : null,
      broken: on && inForce && books ? brokenBy(clioId, on, inForce, books, lists) : [],
      mine: request?.first.userId === visitor.session.userId,
      wrong: wrong?.clioId === clioId ? wrong.says : null,
    };
  });
  const nameOf = { bank: (id: string) => books?.accounts.find((each) => each.xeroId === id)?.name ?? 'a bank that is gone', liability: (code: string) => `${code} ${books?.accounts.find((each) => each.code === code)?.name ?? 'which is gone'}` };
  const data = { accounts, banks, liabilities, suggested: likely.length === 1 ? likely[0] : null, nameOf, ready: books !== null && lists !== null, mayTrust: hasTrustRights(visitor.firm, visitor.session.userId), onlyPerson: isOnePersonFirm(progress), live: settings !== null };
  await show(deps, response, visitor, { view: 'trust', title: 'Money held for clients', section: '/settings', data, ...(wrong ? { status: 422 } : {}) });
}

const noRights = () =>
  new Problem({ status: 403, title: 'It takes trust rights', text: 'No role includes them: an administrator gives them to each person by name. Ask one to do so on the People page.', action: { label: 'Open people', href: '/people' } });
