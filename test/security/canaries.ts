/** Secrets that are easy to find again: each a fixed word no program would make up by itself. */
export const CANARIES = {
  clioAccess: 'CANARY-clio-access-7f3a91',
  clioRefresh: 'CANARY-clio-refresh-2b8c04',
  xeroAccess: 'CANARY-xero-access-c5d6e7',
  xeroRefresh: 'CANARY-xero-refresh-918273',
  hookSecret: 'CANARY-hook-secret-aa55bb66',
} as const;

/** The canaries whose text, or base64 or hex of it, stands in these bytes. */
export function leaked(bytes: Buffer | string, secrets: readonly string[] = Object.values(CANARIES)): string[] {
  const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
  return secrets.filter((secret) => {
    const raw = Buffer.from(secret);
    // The first and last characters of base64 depend on the neighbours: the middle is enough.
    const middle = raw.toString('base64').slice(4, -4);
    return [secret, raw.toString('hex'), middle].some((form) => text.includes(form));
  });
}
