/** What has ids in Xero, in the order of the alphabet. */
const KINDS = ['allocation', 'contact', 'hand', 'invoice', 'line', 'note', 'payment', 'refund', 'spend'] as const;
export type IdKind = (typeof KINDS)[number];

/** A UUID, as Xero's ids are, that tells what it names. Ids stand in the order of their kinds, then of their numbers as text. */
export const xeroId = (kind: IdKind, number: number): string => `0000000${KINDS.indexOf(kind) + 1}-0000-4000-8000-${String(number).replace(/\d/g, (digit) => (Number(digit) + 1).toString(16)).padEnd(12, '0')}`;

/** For people: `invoice-12` in the place of such an id. */
export const named = (text: string): string =>
  text.replace(/0000000([1-9])-0000-4000-8000-([1-9a]+)0*/g, (_id, kind: string, digits: string) => `${KINDS[Number(kind) - 1] ?? ''}-${digits.replace(/./g, (digit) => String(parseInt(digit, 16) - 1))}`);
