import { createHash, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

/** Signs Xero's tokens with RS256. One key a process: making one takes a noticeable moment. */
export class Signer {
  private readonly keys = (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  readonly jwk = this.publicJwk();

  private publicJwk(): Record<string, unknown> & { kid: string } {
    const jwk = this.keys.publicKey.export({ format: 'jwk' });
    const kid = createHash('sha256').update(jwk.n ?? '').digest('hex').slice(0, 40).toUpperCase();
    return { kty: jwk.kty, use: 'sig', alg: 'RS256', kid, x5t: Buffer.from(kid, 'hex').toString('base64url'), n: jwk.n, e: jwk.e };
  }

  token(claims: object): string {
    const body = `${encode({ alg: 'RS256', kid: this.jwk.kid, x5t: this.jwk['x5t'], typ: 'JWT' })}.${encode(claims)}`;
    return `${body}.${sign('RSA-SHA256', Buffer.from(body), this.keys.privateKey).toString('base64url')}`;
  }

  isOurs(token: string): boolean {
    const [head, claims, signature] = token.split('.');
    if (head === undefined || claims === undefined || signature === undefined) return false;
    return verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), this.keys.publicKey, Buffer.from(signature, 'base64url'));
  }
}
