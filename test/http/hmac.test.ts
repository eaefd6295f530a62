import { hmacSha256, signatureMatches } from '../../src/http/hmac.js';

// RFC 4231, test case 2.
const bytes = Buffer.from('what do ya want for nothing?');
const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
const base64 = Buffer.from(hex, 'hex').toString('base64');

test('the digest agrees with the published vector', () => {
  expect(hmacSha256('Jefe', bytes).toString('hex')).toBe(hex);
});

test.each<[string, string | undefined, string[], ('hex' | 'base64')[], boolean]>([
  ['hex', hex, ['Jefe'], ['hex'], true],
  ['upper-case hex', hex.toUpperCase(), ['Jefe'], ['hex'], true],
  ['base64', base64, ['Jefe'], ['base64'], true],
  ['either encoding', base64, ['Jefe'], ['hex', 'base64'], true],
  ['base64 where hex is asked', base64, ['Jefe'], ['hex'], false],
  ['an older secret', hex, ['newer', 'Jefe'], ['hex'], true],
  ['a wrong secret', hex, ['other'], ['hex'], false],
  ['an empty secret', hmacSha256('', bytes).toString('hex'), [''], ['hex'], false],
  ['no secret', hex, [], ['hex'], false],
  ['no header', undefined, ['Jefe'], ['hex', 'base64'], false],
  ['an empty header', '', ['Jefe'], ['hex', 'base64'], false],
  ['a short header', hex.slice(2), ['Jefe'], ['hex', 'base64'], false],
  ['a header with a prefix', `sha256=${hex}`, ['Jefe'], ['hex', 'base64'], false],
])('%s', (_, header, secrets, encodings, expected) => {
  expect(signatureMatches(header, bytes, secrets, encodings)).toBe(expected);
});

test('one changed byte of the body is noticed', () => {
  expect(signatureMatches(hex, Buffer.from('what do ya want for nothing!'), ['Jefe'], ['hex'])).toBe(false);
});
