import type { World } from '../world.js';
import type { Document } from '../books/organisation.js';

/** Whether a record still holds its number. Numbers are compared without regard to case, which is inferred. */
export function holdsNumber(world: World, document: Document): boolean {
  if (document.status === 'DELETED') return world.switches.deletedNumber === 'taken';
  return document.status !== 'VOIDED' || world.switches.voidedNumber !== 'free';
}

/** `INV-0001`, the first that is free. */
export function nextNumber(prefix: string, taken: (number: string) => boolean): string {
  for (let count = 1; ; count += 1) {
    const number = `${prefix}-${String(count).padStart(4, '0')}`;
    if (!taken(number)) return number;
  }
}
