import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.js';

test('STORE_URL names a file, memory, or a MongoDB server; anything else is refused with what it may be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-store-'));
  const inFile = await openStore(`sqlite:${folder}/new/folder/tieout.db`);
  expect(await inFile.ping()).toBe(true);
  await inFile.close();
  expect((await stat(join(folder, 'new/folder/tieout.db'))).isFile()).toBe(true);
  await rm(folder, { recursive: true });
  const inMemory = await openStore('sqlite::memory:');
  expect(await inMemory.ping()).toBe(true);
  await inMemory.close();
  for (const wrong of ['', 'sqlite:', 'postgres://localhost/tieout', './data/tieout.db', 'mongodb:localhost'])
    await expect(openStore(wrong)).rejects.toThrow('STORE_URL must be');
});
