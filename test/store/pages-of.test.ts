import { pagesOf } from '../../src/store/pages-of.js';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { FIRM, OTHER_FIRM, link } from './sample-records.js';

async function sizesOf(links: number, size: number): Promise<{ sizes: number[]; ids: Set<string> }> {
  const store = await openSqliteStore(':memory:');
  for (let n = 0; n < links; n += 1) await store.links.insert(link(`bill:${n}:main`));
  await store.links.insert(link('expense:1', { kind: 'expense', role: '' }));
  await store.links.insert(link('bill:0:main', { firm: OTHER_FIRM }));
  const sizes: number[] = [];
  const ids = new Set<string>();
  for await (const page of pagesOf(store.links, FIRM, { index: 'kind', value: 'bill' }, size)) {
    sizes.push(page.length);
    for (const { id } of page) ids.add(id);
  }
  await store.close();
  return { sizes, ids };
}

test.each([
  [0, []],
  [2, [2]],
  [3, [3]],
  [7, [3, 3, 1]],
])('%d records come in pages of three, each once, and no other list among them', async (links, expected) => {
  const { sizes, ids } = await sizesOf(links, 3);
  expect(sizes).toEqual(expected);
  expect(ids.size).toBe(links);
});
