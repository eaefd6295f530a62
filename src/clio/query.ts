export type Query = readonly (readonly [name: string, value: string | number])[];

/**
 * A query with its braces and commas left as they are: a production client met refusals of percent-encoded `fields`.
 * Names such as `ids[]` are ours and go out as written.
 */
export function queryText(query: Query): string {
  return query.map(([name, value]) => `${name}=${literalBraces(encodeURIComponent(value))}`).join('&');
}

export const idsQuery = (ids: readonly string[]): Query => ids.map((id) => ['ids[]', id]);

const literalBraces = (text: string): string => text.replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('%2C', ',');
