import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFile } from 'ejs';
import express, { type Express } from 'express';
import { deauthorized } from './deauthorized.js';
import type { WebDeps } from './deps.js';
import { errorPage } from './error-page.js';
import { amount, country, day, moment, shortDay } from './format.js';
import { health } from './health.js';
import { launches } from './launch.js';
import { metrics } from './metrics.js';
import { clioOAuth } from './oauth/clio.js';
import { xeroOAuth } from './oauth/xero.js';
import { about } from './pages/about.js';
import { activity } from './pages/activity.js';
import { bill } from './pages/bill.js';
import { bills } from './pages/bills.js';
import { costs } from './pages/costs.js';
import { dryRun } from './pages/dry-run.js';
import { goLive } from './pages/go-live.js';
import { history } from './pages/history.js';
import { home } from './pages/home.js';
import { includeAgain } from './pages/include-again.js';
import { inbox } from './pages/inbox.js';
import { organisationSettings } from './pages/organisation-settings.js';
import { organisations } from './pages/organisations.js';
import { mailChoice } from './pages/mail-choice.js';
import { people } from './pages/people.js';
import { settings } from './pages/settings.js';
import { settingsPreview } from './pages/settings-preview.js';
import { setup } from './pages/setup.js';
import { signOut } from './pages/sign-out.js';
import { tieOut } from './pages/tie-out.js';
import { trust } from './pages/trust.js';
import { notFound } from './problem.js';
import { refusedWebhookLimit, signInLimit } from './rate-limits.js';
import { requestLog } from './request-log.js';
import { noStore, scriptNonce, securityHeaders } from './security-headers.js';
import { clioWebhook } from './webhooks/clio.js';
import { rawBody } from './webhooks/raw-body.js';
import { xeroWebhook } from './webhooks/xero.js';
import { CLIO_STATES, STATUS_WORDS, XERO_STATES } from './wording.js';

const VIEWS = join(__dirname, '../../views');

/** The whole web side. Reading order: webhooks need the bytes as sent, so they come before anything that parses. */
export function createServer(deps: WebDeps): Express {
  const server = express();
  server.disable('x-powered-by');
  server.set('etag', false);
  server.set('trust proxy', deps.proxyHops);
  server.set('query parser', 'simple');
  server.set('views', VIEWS);
  server.set('view engine', 'ejs');
  server.engine('ejs', (path, data, done) => {
    renderFile(path, data, done);
  });
  Object.assign(server.locals, { amount, country, day, moment, shortDay, statusWords: STATUS_WORDS, clioStates: CLIO_STATES, xeroStates: XERO_STATES, assets: fingerprint() });

  server.use(requestLog(deps), scriptNonce, securityHeaders({ https: deps.appUrl.startsWith('https:') }));
  const refused = refusedWebhookLimit(deps);
  server.post('/webhooks/clio/:subscription', rawBody, clioWebhook(deps, refused));
  server.post('/webhooks/xero', rawBody, xeroWebhook(deps, refused));
  server.use(health(deps), metrics(deps));

  server.use('/assets', express.static(join(VIEWS, 'assets'), { immutable: true, maxAge: '365d', index: false, redirect: false }));
  server.use(noStore);
  server.use(['/oauth', '/clio'], signInLimit(deps));
  server.use(deauthorized(deps));
  server.use(express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 2_000 }));
  server.use(clioOAuth(deps), launches(deps), xeroOAuth(deps));
  server.use(about(), home(deps), dryRun(deps), goLive(deps), setup(deps), bills(deps), bill(deps), includeAgain(deps), inbox(deps), tieOut(deps), costs(deps), history(deps), settings(deps), organisations(deps), organisationSettings(deps), settingsPreview(deps), people(deps), mailChoice(deps), trust(deps), activity(deps), signOut(deps));
  server.use((_request, _response, next) => next(notFound()));
  server.use(errorPage(deps));
  return server;
}

/** Changes with the style sheet or the script, so that browsers may keep both for a year. */
function fingerprint(): string {
  const folder = join(VIEWS, 'assets');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
