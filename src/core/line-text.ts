import { formatDate } from './calendar.js';
import { type Charge, KIND_LABEL } from './charge.js';
import type { Settings } from './settings.js';

/** Xero's limit for a line's description. */
const LONGEST = 4_000;

/** What the client reads. Narratives may be privileged and names private: both only where the firm says so. */
export function lineText(members: Charge[], detail: Settings['invoice']['detail'], settings: Settings): string {
  const [first] = members;
  if (!first) return '';
  const label = KIND_LABEL[members.every((each) => each.kind === first.kind) ? first.kind : 'expense'];
  if (detail === 'bill' || !first.line) return label;
  const name = first.line.category?.name ?? label;
  if (detail === 'timekeeper' && first.kind === 'fee') return [label, settings.invoice.timekeepers ? first.line.timekeeper?.name : null].filter((part) => part).join(', ');
  if (detail !== 'activity') return name;
  const { date, quantity, kind, timekeeper, narrative, text } = first.line;
  const parts = [
    date === null ? null : formatDate(date),
    name,
    kind === 'fee' ? `${quantity} h` : null,
    settings.invoice.timekeepers ? timekeeper?.name : null,
    settings.invoice.narratives ? (narrative ?? text) : null,
  ];
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ').slice(0, LONGEST);
}
