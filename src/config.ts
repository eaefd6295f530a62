import { z } from 'zod';
import type { MailServer } from './alerts/mail-server.js';

/** The only reader of the environment. Everything missing or malformed is reported at once, with what to do about it. */
export const REGION_NAMES = ['US', 'CA', 'EU', 'AU'] as const;

const CLIO_HOSTS = {
  US: 'https://app.clio.com',
  CA: 'https://ca.app.clio.com',
  EU: 'https://eu.app.clio.com',
  AU: 'https://au.app.clio.com',
} as const;

export interface ClioApp {
  url: string;
  clientId: string;
  clientSecret: string;
}

export interface Config {
  production: boolean;
  port: number;
  appUrl: string;
  storeUrl: string;
  secretKeys: string[];
  role: 'all' | 'web' | 'worker';
  /** One developer application per region; only configured regions are here. */
  clio: Partial<Record<'us' | 'ca' | 'eu' | 'au', ClioApp>>;
  xero: { clientId: string; clientSecret: string; webhookKeys: string[]; apiUrl: string; identityUrl: string; loginUrl: string };
  logLevel: string;
  /** Where mail goes out; null when nobody is told by mail. */
  mail: MailServer | null;
  /** Proxies in front of the server whose X-Forwarded-* headers count. */
  proxyHops: number;
}

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`Tieout cannot start. ${problems.length} setting(s) to fix in the environment:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const loopback = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

const origin = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || (url.protocol === 'http:' && loopback(url))) && url.pathname === '/' && !url.search;
}, 'must be an https address without a path, e.g. https://tieout.example.com (http is accepted for localhost only)').transform((text) => new URL(text).origin);

/** The bytes of one of SECRET_KEYS, given in hex or base64 as the sealer reads them; none when it is neither. */
export function keyBytes(key: string): Buffer {
  if (/^([0-9a-f]{2})+$/i.test(key)) return Buffer.from(key, 'hex');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(key) ? Buffer.from(key, 'base64') : Buffer.alloc(0);
}

const secretKeys = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()).filter(Boolean))
  .refine((keys) => keys.length > 0 && keys.every((key) => keyBytes(key).length >= 32), 'each key must be at least 32 random bytes in base64 or hex; make one with: openssl rand -base64 32')
  .refine((keys) => keys.every((key) => keyBytes(key).length < 32 || new Set(keyBytes(key)).size >= 12), 'a key is not random (it repeats itself); make one with: openssl rand -base64 32');

const smtpUrl = z
  .string()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '' && ['', '/'].includes(url.pathname) && !url.search && isDecodable(url.username) && isDecodable(url.password);
  }, 'must be the address of a mail server, e.g. smtps://user:password@smtp.example.com (special characters in the password as %40 and so on)')
  .transform((text) => new URL(text));

const ONE_ADDRESS = 'must be one address, e.g. Tieout <tieout@example.com>';

/** `tieout@example.com`, or `Tieout <tieout@example.com>`. */
const mailFrom = z
  .string()
  .transform((text) => /^(?:(?<name>[^<>@,;:"\\\p{Cc}]+?)\s*)?<(?<address>[^<>]+)>$/u.exec(text)?.groups ?? { address: text })
  .pipe(z.object({ name: z.string().default('Tieout'), address: z.email(ONE_ADDRESS) }));

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== '' || part === '';
  } catch {
    return false;
  }
}

const storeUrl = z.string().regex(/^(sqlite:|mongodb:\/\/|mongodb\+srv:\/\/)./, 'must start with sqlite: (a file, e.g. sqlite:./data/tieout.sqlite) or mongodb://');

const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
  APP_URL: origin,
  STORE_URL: storeUrl.default('sqlite:./data/tieout.sqlite'),
  SECRET_KEYS: secretKeys,
  ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
  XERO_CLIENT_ID: z.string().min(1),
  XERO_CLIENT_SECRET: z.string().min(1),
  /** Comma list: the current key first, the previous one while a change is under way. */
  XERO_WEBHOOK_KEY: z.string().min(1).transform((text) => text.split(',').map((key) => key.trim())),
  XERO_API_URL: origin.default('https://api.xero.com'),
  XERO_IDENTITY_URL: origin.default('https://identity.xero.com'),
  XERO_LOGIN_URL: origin.default('https://login.xero.com'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent').default('info'),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  PROXY_HOPS: z.coerce.number('must be a whole number').int().min(0).max(5).default(0),
});

const WHERE_TO_GET: Record<string, string> = {
  APP_URL: 'the public https address people and both vendors reach this server at',
  SECRET_KEYS: 'make one with: openssl rand -base64 32',
  XERO_CLIENT_ID: "Xero developer portal → your app → Configuration",
  XERO_CLIENT_SECRET: 'Xero developer portal → your app → Configuration → Generate a secret',
  XERO_WEBHOOK_KEY: 'Xero developer portal → your app → Webhooks → Webhooks key',
};

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = (name: string) => (env[name]?.trim() ? env[name].trim() : undefined);
  const problems: string[] = [];
  const clio = readClioApps(given, problems);
  if ((given('SMTP_URL') === undefined) !== (given('MAIL_FROM') === undefined)) problems.push(`${given('SMTP_URL') ? 'MAIL_FROM' : 'SMTP_URL'} is missing: the two belong together. Without both nobody is told by mail`);
  const result = Environment.safeParse(Object.fromEntries(Object.keys(Environment.shape).map((name) => [name, given(name)])));
  if (!result.success) problems.unshift(...result.error.issues.map((issue) => explain(String(issue.path[0]), issue.message, given)));
  if (!result.success || problems.length > 0) throw new ConfigError(problems);

  const values = result.data;
  return Object.freeze({
    production: values.NODE_ENV === 'production',
    port: values.PORT,
    appUrl: values.APP_URL,
    storeUrl: values.STORE_URL,
    secretKeys: values.SECRET_KEYS,
    role: values.ROLE,
    clio,
    xero: {
      clientId: values.XERO_CLIENT_ID,
      clientSecret: values.XERO_CLIENT_SECRET,
      webhookKeys: values.XERO_WEBHOOK_KEY,
      apiUrl: values.XERO_API_URL,
      identityUrl: values.XERO_IDENTITY_URL,
      loginUrl: values.XERO_LOGIN_URL,
    },
    logLevel: values.LOG_LEVEL,
    mail: mailServerOf(values.SMTP_URL, values.MAIL_FROM),
    proxyHops: values.PROXY_HOPS,
  });
}

function mailServerOf(url: URL | undefined, from: MailServer['from'] | undefined): MailServer | null {
  if (!url || !from) return null;
  const secure = url.protocol === 'smtps:';
  const auth = url.username === '' ? null : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (secure ? 465 : 587)), secure, onThisMachine: loopback(url), auth, from };
}

function explain(name: string, message: string, given: (name: string) => string | undefined): string {
  if (given(name) !== undefined) return `${name} ${message}`;
  const help = WHERE_TO_GET[name];
  return `${name} is missing${help ? `: ${help}` : ''}`;
}

function readClioApps(given: (name: string) => string | undefined, problems: string[]): Config['clio'] {
  const apps: Config['clio'] = {};
  for (const region of REGION_NAMES) {
    const clientId = given(`CLIO_${region}_CLIENT_ID`);
    const clientSecret = given(`CLIO_${region}_CLIENT_SECRET`);
    const url = origin.safeParse(given(`CLIO_${region}_URL`) ?? CLIO_HOSTS[region]);
    if (!url.success) problems.push(`CLIO_${region}_URL ${url.error.issues[0]?.message ?? 'is malformed'}`);
    if (clientId && !clientSecret) problems.push(`CLIO_${region}_CLIENT_SECRET is missing: CLIO_${region}_CLIENT_ID is set, the two belong together`);
    if (!clientId && clientSecret) problems.push(`CLIO_${region}_CLIENT_ID is missing: CLIO_${region}_CLIENT_SECRET is set, the two belong together`);
    if (clientId && clientSecret && url.success) apps[regionKey(region)] = { url: url.data, clientId, clientSecret };
  }
  if (Object.keys(apps).length === 0 && !problems.some((each) => each.startsWith('CLIO_'))) {
    problems.push('CLIO_US_CLIENT_ID and CLIO_US_CLIENT_SECRET (or those of CA, EU or AU) are missing: Clio developer portal of the region → your app → Key and Secret');
  }
  return apps;
}

const regionKey = (region: (typeof REGION_NAMES)[number]) => ({ US: 'us', CA: 'ca', EU: 'eu', AU: 'au' } as const)[region];
