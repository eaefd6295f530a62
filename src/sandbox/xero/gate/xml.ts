import { isJson } from '../incoming.js';

/** What Xero answers to whoever forgets `Accept: application/json`. The element names are the JSON's; the shape is approximate. */
export function toXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return `<${name}>${value.map((each) => toXml(name.replace(/s$/, ''), each)).join('')}</${name}>`;
  if (isJson(value)) return `<${name}>${Object.entries(value).map(([key, each]) => toXml(key, each)).join('')}</${name}>`;
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
}
