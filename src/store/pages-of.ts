import type { Collection, Stored } from './collection.js';

/** All records of a list, a page at a time, for lists that may be longer than what should be held at once. */
export async function* pagesOf<T extends Stored, Index extends string>(collection: Pick<Collection<T, Index>, 'list'>, firm: string, listed: { index: Index; value: string }, size: number): AsyncGenerator<T[]> {
  let after: string | undefined;
  for (;;) {
    const page = await collection.list(firm, { ...listed, limit: size, ...(after === undefined ? {} : { after }) });
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)?.id;
  }
}
