/** Jest's asymmetric matchers, typed as what they are to us: unknown values that compare equal. */
export const someNumber: unknown = expect.any(Number);
export const someText: unknown = expect.any(String);

export function textWith(part: string): unknown {
  return expect.stringContaining(part);
}
