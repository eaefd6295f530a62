export interface User {
  id: string;
  email: string;
  givenName: string;
  familyName: string;
  /** Organisations this person may hand over. */
  organisationIds: string[];
}

export interface App {
  id: string;
  clientId: string;
  clientSecret: string;
  name: string;
  redirectUris: string[];
}

/** `http://localhost` is for tests, everything else must be https; Xero refuses the loopback address by number. */
export function redirectAllowed(uri: string, loopback: 'allowed' | 'refused'): boolean {
  const { protocol, hostname } = new URL(uri);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (hostname === 'localhost' || (loopback === 'allowed' && hostname === '127.0.0.1'));
}
