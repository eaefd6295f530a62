import { createInterface } from 'node:readline';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { PRIORITY } from '../../src/store/store.js';
import { AT, delivery, FIRM } from './sample-records.js';

/**
 * A process of its own for sqlite-processes.test.ts: `writer PATH NAME COUNT`. Writes deliveries NAME-1, NAME-2 … and wants the mark
 * `shared` once with each, and says each number on stdout only after the store has acknowledged both. Waits for a line on stdin first.
 */
async function write(path: string, name: string, count: number): Promise<void> {
  const store = await openSqliteStore(path);
  console.log('ready');
  await new Promise((resolve) => createInterface(process.stdin).once('line', resolve));
  for (let number = 1; number <= count; number += 1) {
    await Promise.all([
      store.deliveries.insert(delivery(`${name}-${number}`)),
      store.marks.want([{ firm: FIRM, kind: 'bill', id: 'shared', priority: PRIORITY.webhook }], AT),
    ]);
    process.stdout.write(`${number}\n`);
  }
  await store.close();
  process.exit(0);
}

const [path = '', name = '', count = '0'] = process.argv.slice(2);
void write(path, name, Number(count));
