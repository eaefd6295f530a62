import { createHash } from 'node:crypto';

/** Identifiers that look random and are the same in every run. */
export function seededIds(seed: string): () => string {
  let drawn = 0;
  return () => {
    drawn += 1;
    return namedId(`${seed}/${drawn}`);
  };
}

export function namedId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const zeroId = '00000000-0000-0000-0000-000000000000';
