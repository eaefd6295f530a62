import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Tokens at rest. An envelope is `v1.{kid}.{iv}.{ciphertext}.{tag}`, AES-256-GCM, all parts base64url. The context (such as
 * `us:1|xero:org|refreshToken`) is authenticated with it: an envelope copied into another firm, connection or field does not open.
 */
export interface Sealer {
  /** Encrypts with the first key. */
  seal(text: string, context: string): string;
  /** Decrypts with whichever key it was sealed with. Throws `UnsealableError`. */
  open(envelope: string, context: string): string;
  /** True when it was sealed with another than the first key, and so must be sealed again before that key is taken away. */
  needsReseal(envelope: string): boolean;
}

export class UnsealableError extends Error {
  constructor(readonly why: 'not-an-envelope' | 'unknown-key' | 'tampered') {
    super(MESSAGES[why]);
    this.name = 'UnsealableError';
  }
}

const MESSAGES = {
  'not-an-envelope': 'what is stored is not a sealed envelope',
  'unknown-key': 'sealed with a key that is not in SECRET_KEYS; put the earlier key back at the end of the list',
  tampered: 'the sealed envelope was changed, or belongs to another place',
} as const;

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  id: string;
  secret: Buffer;
}

/**
 * `secretKeys`: at least one, each at least 32 random bytes as base64 or hex (`openssl rand -base64 32`). To rotate, put the new key
 * first and keep the old one behind it until nothing needs resealing. Throws when a key is too short or neither base64 nor hex.
 */
export function createSealer(secretKeys: string[]): Sealer {
  const keys = secretKeys.map((text, at) => deriveKey(text, at + 1));
  const [current] = keys;
  if (!current) throw new Error('SECRET_KEYS needs at least one key: make one with openssl rand -base64 32');
  return {
    seal: (text, context) => sealWith(current, text, context),
    open: (envelope, context) => {
      const parts = split(envelope);
      const key = keys.find(({ id }) => id === parts.keyId);
      if (!key) throw new UnsealableError('unknown-key');
      return openWith(key, parts, context);
    },
    needsReseal: (envelope) => split(envelope).keyId !== current.id,
  };
}

function deriveKey(text: string, position: number): Key {
  const given = secretBytes(text.trim());
  if (!given) throw new Error(`Key ${position} of SECRET_KEYS is neither base64 nor hex: make one with openssl rand -base64 32`);
  if (given.length < 32) throw new Error(`Key ${position} of SECRET_KEYS has ${given.length} bytes, at least 32 are needed: make one with openssl rand -base64 32`);
  return { id: derive(given, 'tieout key id', 6).toString('base64url'), secret: derive(given, 'tieout sealed tokens', 32) };
}

function secretBytes(text: string): Buffer | undefined {
  if (/^([0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  return undefined;
}

const derive = (secret: Buffer, purpose: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, length));

const authenticated = (context: string): Buffer => Buffer.from(`${context}|${VERSION}`);

function sealWith(key: Key, text: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, iv, { authTagLength: TAG_BYTES }).setAAD(authenticated(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [VERSION, key.id, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

interface Parts {
  keyId: string;
  iv: Buffer;
  sealed: Buffer;
  tag: Buffer;
}

function split(envelope: string): Parts {
  const [version, keyId, ...rest] = envelope.split('.');
  const [iv, sealed, tag, beyond] = rest.map((part) => Buffer.from(part, 'base64url'));
  const whole = version === VERSION && keyId && iv?.length === IV_BYTES && sealed && tag?.length === TAG_BYTES && !beyond;
  if (!whole) throw new UnsealableError('not-an-envelope');
  return { keyId, iv, sealed, tag };
}

function openWith(key: Key, { iv, sealed, tag }: Parts, context: string): string {
  const decipher = createDecipheriv(CIPHER, key.secret, iv, { authTagLength: TAG_BYTES }).setAAD(authenticated(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch {
    throw new UnsealableError('tampered');
  }
}
