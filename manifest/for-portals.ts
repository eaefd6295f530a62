import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Reasoned = z.object({ reason: z.string() });
const Everywhere = z.object({ name: z.string(), icon: z.string(), supportUrl: z.string(), privacyUrl: z.string(), redirectUris: z.array(z.string()) });
const ClioManifest = Everywhere.extend({
  summary: z.string(),
  description: z.string(),
  websiteUrl: z.string(),
  regions: z.record(z.string(), z.object({ portal: z.string(), host: z.string(), addToClioUrl: z.string() })),
  appUrl: z.string(),
  deauthorizationUrl: z.string(),
  permissions: z.array(Reasoned.extend({ name: z.string(), access: z.string() })),
  webhooks: z.object({ models: z.array(z.string()), onDemand: z.array(z.object({ model: z.string(), when: z.string() })) }),
  customActions: z.array(z.object({ label: z.string(), place: z.string(), targetUrl: z.string() })),
});
const XeroManifest = Everywhere.extend({
  type: z.string(),
  companyUrl: z.string(),
  loginUrl: z.string(),
  webhooks: z.object({ deliveryUrl: z.string(), categories: z.array(z.string()), whereOffered: z.array(z.string()) }),
  scopes: z.array(Reasoned.extend({ scope: z.string() })),
  scopesOnDemand: z.array(Reasoned.extend({ scope: z.string(), when: z.string() })),
});

/** What no program can know of whoever runs it. */
const YOURS = 'yours to write; enter its address';

const FOLDER = __dirname;

const USAGE = `Usage: npm run manifest -- --app-url https://your-public-address

Prints what to enter in Clio's developer portal of each region and in Xero's, for a server at that address.`;

/** What to enter where, for a server at `--app-url`. Returns the exit code. */
export function printManifest(flags: string[], say: (line: string) => void): number {
  const appUrl = appUrlIn(flags);
  if (appUrl === null) {
    say(USAGE);
    return 2;
  }
  const filled = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8').replaceAll('${APP_URL}', appUrl));
  const clio = ClioManifest.parse(filled('clio-app.json'));
  for (const [region, place] of Object.entries(clio.regions)) say(clioText(clio, region, place));
  say(xeroText(XeroManifest.parse(filled('xero-app.json'))));
  return 0;
}

/** Both vendors take https addresses only, save localhost for trials. */
function appUrlIn(flags: string[]): string | null {
  const given = flags[flags.indexOf('--app-url') + 1];
  if (!flags.includes('--app-url') || given === undefined || !URL.canParse(given)) return null;
  const url = new URL(given);
  const usable = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
  return usable && url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : null;
}

function clioText(clio: z.infer<typeof ClioManifest>, region: string, place: { portal: string; host: string; addToClioUrl: string }): string {
  const name = region.toUpperCase();
  return `
Clio, region ${name}: ${place.portal} (an application of its own in each region you serve)

  The application
  Name                    ${clio.name}
  Description             ${clio.description}
  Icon                    ${clio.icon} (also for custom actions)
  Website URL             ${clio.websiteUrl}
  Support URL             ${clio.supportUrl}
  Redirect URIs           ${clio.redirectUris.join(' ')}
  Deauthorization URL     ${clio.deauthorizationUrl}
  Terms                   ${YOURS}
  Permissions
${clio.permissions.map((each) => `    ${each.name.padEnd(15)} ${each.access.padEnd(6)} ${each.reason}`).join('\n')}

  The App Directory
  In one line             ${clio.summary}
  Add to Clio URL         ${place.addToClioUrl}
  App URL                 ${clio.appUrl}
  Privacy policy          ${clio.privacyUrl}
  Text and pictures       manifest/listing.md

  Nothing to enter, for the reviewer
  Webhooks                registered by the program for each firm: ${clio.webhooks.models.join(', ')}
${clio.webhooks.onDemand.map((each) => `                          ${each.model}: ${each.when}`).join('\n')}
  Custom actions          registered by the program for each user:
${clio.customActions.map((each) => `    ${each.label}, ${each.place.padEnd(14)} ${each.targetUrl.replace('{region}', region)}`).join('\n')}

  Then, in the server's environment: CLIO_${name}_CLIENT_ID and CLIO_${name}_CLIENT_SECRET from the application's page (host ${place.host}).`;
}

function xeroText(xero: z.infer<typeof XeroManifest>): string {
  const scopes = [...xero.scopes, ...xero.scopesOnDemand];
  const conditionOf = ({ scope }: { scope: string }) => xero.scopesOnDemand.filter((each) => each.scope === scope).map(({ when }) => ` Only when: ${when}`).join('');
  return `
Xero: https://developer.xero.com/app/manage (one app for all countries)

  App name                ${xero.name}
  Type                    ${xero.type}
  Icon                    ${xero.icon}
  Company or app URL      ${xero.companyUrl}
  Login URL               ${xero.loginUrl} (for the app launcher)
  Redirect URIs           ${xero.redirectUris.join(' ')}
  Support page            ${xero.supportUrl}
  Privacy policy          ${xero.privacyUrl}
  Terms of service        ${YOURS}
  Pricing                 ${YOURS}
  Webhook delivery URL    ${xero.webhooks.deliveryUrl}
  Webhook categories      ${xero.webhooks.categories.join(', ')}; ${xero.webhooks.whereOffered.join(', ')} too where the portal offers it
  Text and pictures       manifest/listing.md

  Scopes and their reasons (asked for at sign-in; the certification wants the reasons)
${scopes.map((each) => `    ${each.scope.padEnd(28)} ${each.reason}${conditionOf(each)}`).join('\n')}

  Then, in the server's environment: XERO_CLIENT_ID, XERO_CLIENT_SECRET and XERO_WEBHOOK_KEY. Start the server before pressing
  "Send 'Intent to receive'": it answers Xero's check by itself.`;
}
