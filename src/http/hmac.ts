import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureEncoding = 'hex' | 'base64';

const shape: Record<SignatureEncoding, RegExp> = { hex: /^[0-9a-f]{64}$/i, base64: /^[A-Za-z0-9+/]{43}=$/ };

export const hmacSha256 = (secret: string, rawBytes: Uint8Array): Buffer => createHmac('sha256', secret).update(rawBytes).digest();

/**
 * True when `header` is the HMAC-SHA256 of exactly these bytes under one of the secrets. Takes the same time
 * whichever secret or byte is wrong; a missing header, an empty secret or an odd length never matches.
 */
export function signatureMatches(
  header: string | undefined,
  rawBytes: Uint8Array,
  secrets: readonly string[],
  encodings: readonly SignatureEncoding[],
): boolean {
  const text = (header ?? '').trim();
  const candidates = encodings.filter((encoding) => shape[encoding].test(text)).map((encoding) => Buffer.from(text, encoding));
  let matches = false;
  for (const secret of secrets.filter((each) => each !== '')) {
    const expected = hmacSha256(secret, rawBytes);
    for (const candidate of candidates) matches = timingSafeEqual(candidate, expected) || matches;
  }
  return matches;
}
