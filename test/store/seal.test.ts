import { randomBytes } from 'node:crypto';
import { createSealer, UnsealableError } from '../../src/store/seal.js';

const KEY = randomBytes(32).toString('base64');
const OLD_KEY = randomBytes(48).toString('hex');
const PLACE = 'us:100234|xero:org-1|refreshToken';
const TOKEN = 'a refresh token — with ünïcode';

const why = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UnsealableError) return error.why;
    throw error;
  }
  return 'opened';
};

describe('a sealed token', () => {
  const sealer = createSealer([KEY]);

  test('opens in its place', () => {
    const envelope = sealer.seal(TOKEN, PLACE);
    expect(envelope).toMatch(/^v1(\.[A-Za-z0-9_-]+){4}$/);
    expect(envelope).not.toContain(Buffer.from(TOKEN).toString('base64url').slice(0, 12));
    expect(sealer.open(envelope, PLACE)).toBe(TOKEN);
    expect(sealer.open(sealer.seal('', PLACE), PLACE)).toBe('');
  });

  test('never looks the same twice', () => {
    expect(new Set(Array.from({ length: 50 }, () => sealer.seal(TOKEN, PLACE))).size).toBe(50);
  });

  test('does not open in another firm, connection or field', () => {
    const envelope = sealer.seal(TOKEN, PLACE);
    for (const other of ['eu:7|xero:org-1|refreshToken', 'us:100234|xero:org-2|refreshToken', 'us:100234|xero:org-1|accessToken', ''])
      expect(why(() => sealer.open(envelope, other))).toBe('tampered');
  });

  test('does not open when any byte of it was changed', () => {
    const parts = sealer.seal(TOKEN, PLACE).split('.');
    for (const at of [2, 3, 4]) {
      const bytes = Buffer.from(parts[at] ?? '', 'base64url');
      for (let byte = 0; byte < bytes.length; byte += 1) {
        const changed = Buffer.from(bytes);
        changed[byte] = (changed[byte] ?? 0) ^ 1;
        expect(why(() => sealer.open(parts.with(at, changed.toString('base64url')).join('.'), PLACE))).toBe('tampered');
      }
    }
  });

  test('does not open with a shortened tag, another version or missing parts', () => {
    const envelope = sealer.seal(TOKEN, PLACE);
    const parts = envelope.split('.');
    const shortTag = parts.with(4, Buffer.from(parts[4] ?? '', 'base64url').subarray(0, 4).toString('base64url')).join('.');
    for (const wrong of [shortTag, envelope.replace('v1', 'v2'), parts.slice(0, 4).join('.'), `${envelope}.x`, '', TOKEN])
      expect(why(() => sealer.open(wrong, PLACE))).toBe('not-an-envelope');
  });

  test('says when its key is gone', () => {
    const other = createSealer([OLD_KEY]).seal(TOKEN, PLACE);
    expect(why(() => sealer.open(other, PLACE))).toBe('unknown-key');
  });
});

test('a new key seals, the old one still opens, and what must be sealed again is known', () => {
  const before = createSealer([OLD_KEY]);
  const envelope = before.seal(TOKEN, PLACE);
  expect(before.needsReseal(envelope)).toBe(false);
  const rotating = createSealer([KEY, OLD_KEY]);
  expect(rotating.open(envelope, PLACE)).toBe(TOKEN);
  expect(rotating.needsReseal(envelope)).toBe(true);
  const again = rotating.seal(rotating.open(envelope, PLACE), PLACE);
  expect(rotating.needsReseal(again)).toBe(false);
  expect(createSealer([KEY]).open(again, PLACE)).toBe(TOKEN);
});

test('the same key as hex and as base64 is one key', () => {
  const bytes = randomBytes(32);
  const envelope = createSealer([bytes.toString('hex')]).seal(TOKEN, PLACE);
  expect(createSealer([bytes.toString('base64')]).open(envelope, PLACE)).toBe(TOKEN);
});

test('keys that are missing, short or no keys are refused, naming which', () => {
  expect(() => createSealer([])).toThrow('at least one key');
  expect(() => createSealer([KEY, randomBytes(31).toString('base64')])).toThrow('Key 2 of SECRET_KEYS has 31 bytes');
  expect(() => createSealer(['a passphrase that is long enough but no key'])).toThrow('neither base64 nor hex');
  expect(() => createSealer([''])).toThrow('Key 1');
});
