import { createInterface } from 'node:readline';
import { createFreshToken } from '../../src/connections/fresh-token.js';
import * as clioOAuth from '../../src/clio/oauth.js';
import { systemClock } from '../../src/http/clock.js';
import { openStore } from '../../src/store/open-store.js';
import { createSealer } from '../../src/store/seal.js';
import * as xeroOAuth from '../../src/xero/oauth.js';

/**
 * A process of its own for refreshing-processes.test.ts: `token-taker STORE KEY IDENTITY FIRM CONNECTION`. Says `ready`, waits for a line on
 * stdin, then says the access token it would use.
 */
async function take(storeUrl: string, key: string, identityUrl: string, firm: string, connection: string): Promise<void> {
  const store = await openStore(storeUrl);
  const clientFor = () => {
    throw new Error('nobody asks Clio here');
  };
  const freshToken = createFreshToken({
    store, clock: systemClock, sealer: createSealer([key]), clio: { apps: {}, oauth: clioOAuth, clientFor },
    xero: { app: { apiUrl: identityUrl, identityUrl, loginUrl: identityUrl, clientId: 'app', clientSecret: 'secret', redirectUri: 'http://localhost/', scopes: [], clock: systemClock }, oauth: xeroOAuth },
  });
  console.log('ready');
  await new Promise((resolve) => createInterface(process.stdin).once('line', resolve));
  console.log(await freshToken(firm, connection));
  await store.close();
  process.exit(0);
}

const [storeUrl = '', key = '', identityUrl = '', firm = '', connection = ''] = process.argv.slice(2);
void take(storeUrl, key, identityUrl, firm, connection);
