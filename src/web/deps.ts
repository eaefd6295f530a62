import type { FreshToken } from '../connections/fresh-token.js';
import type { ConnectionDeps } from '../connections/ports.js';
import type { Log } from '../http/logging.js';

/** Everything the web needs, handed in by `app.ts`. */
export interface WebDeps extends ConnectionDeps {
  /** Our public origin, without a trailing slash. */
  appUrl: string;
  production: boolean;
  /** Proxies in front of us whose X-Forwarded-* headers count. */
  proxyHops: number;
  /** Secrets of at least 32 bytes: the first encrypts cookies, all decrypt. */
  sessionKeys: Uint8Array[];
  /** Xero's webhook signing keys: the current one, and the previous one while a change is under way. */
  xeroWebhookKeys: string[];
  /** A mail server is set: people are told by mail. */
  sendsMail: boolean;
  freshToken: FreshToken;
  log: Log;
}
