import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Reasoned = z.object({ reason: z.string() });
const ClioManifest = z.object({
  name: z.string(),
  regions: z.record(z.string(), z.object({ portal: z.string(), host: z.string(), addToClioUrl: z.string() })),
  appUrl: z.string(),
  redirectUris: z.array(z.string()),
  deauthorizationUrl: z.string(),
  permissions: z.array(Reasoned.extend({ name: z.string(), access: z.string() })),
  webhooks: z.object({ models: z.array(z.string()) }),
});
const XeroManifest = z.object({
  name: z.string(),
  type: z.string(),
  companyUrl: z.string(),
  loginUrl: z.string(),
  redirectUris: z.array(z.string()),
  webhooks: z.object({ deliveryUrl: z.string(), categories: z.array(z.string()) }),
  scopes: z.array(Reasoned.extend({ scope: z.string() })),
});

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

  Name                    ${clio.name}
  Website URL             ${clio.appUrl}
  Redirect URIs           ${clio.redirectUris.join(' ')}
  Add to Clio URL         ${place.addToClioUrl}
  Deauthorize URL         ${clio.deauthorizationUrl}
  Permissions
${clio.permissions.map((each) => `    ${each.name.padEnd(15)} ${each.access.padEnd(6)} ${each.reason}`).join('\n')}
  Webhooks                registered by the program itself for each firm: ${clio.webhooks.models.join(', ')}
  Custom actions          registered by the program itself for each user

  Then, in the server's environment: CLIO_${name}_CLIENT_ID and CLIO_${name}_CLIENT_SECRET from the application's page (host ${place.host}).`;
}

function xeroText(xero: z.infer<typeof XeroManifest>): string {
  return `
Xero: https://developer.xero.com/app/manage (one app for all countries)

  App name                ${xero.name}
  Type                    ${xero.type}
  Company or app URL      ${xero.companyUrl}
  Login URL               ${xero.loginUrl}
  Redirect URIs           ${xero.redirectUris.join(' ')}
  Webhook delivery URL    ${xero.webhooks.deliveryUrl}
  Webhook categories      ${xero.webhooks.categories.join(', ')}
  Scopes (asked for at sign-in; nothing to enter)
${xero.scopes.map((each) => `    ${each.scope.padEnd(26)} ${each.reason}`).join('\n')}

  Then, in the server's environment: XERO_CLIENT_ID, XERO_CLIENT_SECRET and XERO_WEBHOOK_KEY. Start the server before pressing
  "Send 'Intent to receive'": it answers Xero's check by itself.`;
}
