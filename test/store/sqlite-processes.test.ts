import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openSqliteStore } from '../../src/store/sqlite-store.js';
import { compile } from '../compiled.js';
import { FIRM } from './sample-records.js';

interface Writer {
  process: ChildProcess;
  /** What it said was durable. */
  acknowledged: number;
  ready: Promise<unknown>;
  ended: Promise<unknown>;
  go: () => void;
}

const PROGRAM = 'test/store/sqlite-writer.ts';
const compiled = compile(PROGRAM);
const writers: Writer[] = [];
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-store-'));
  path = join(folder, 'tieout.db');
});

afterAll(() => compiled.remove());

afterEach(async () => {
  for (const writer of writers.splice(0)) writer.process.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function startWriter(name: string, count: number, onLine: (writer: Writer) => void = () => undefined): Writer {
  const process = spawn(globalThis.process.execPath, [compiled.path(PROGRAM), path, name, String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(process.stdout);
  const writer: Writer = { process, acknowledged: 0, ready: once(lines, 'line'), ended: once(process, 'close'), go: () => process.stdin.write('go\n') };
  lines.on('line', (line) => {
    if (line === 'ready') return;
    writer.acknowledged = Number(line);
    onLine(writer);
  });
  writers.push(writer);
  return writer;
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${name}-${at + 1}`);

test('two processes make and use one file together: every write of both is there', async () => {
  const both = [startWriter('a', 150), startWriter('b', 150)];
  await Promise.all(both.map(({ ready }) => ready));
  for (const { go } of both) go();
  await Promise.all(both.map(({ ended }) => ended));
  expect(both.map(({ acknowledged }) => acknowledged)).toEqual([150, 150]);
  const store = await openSqliteStore(path);
  expect(await store.deliveries.count(FIRM)).toBe(300);
  expect((await store.marks.owed(FIRM)).map(({ wanted }) => wanted)).toEqual([300]);
  await store.close();
});

test('killed in the middle of writing, nothing that was acknowledged is lost', async () => {
  let sawEnough: () => void;
  const enough = new Promise<void>((resolve) => (sawEnough = resolve));
  const writer = startWriter('k', 100_000, ({ acknowledged }) => {
    if (acknowledged >= 200) sawEnough();
  });
  await writer.ready;
  writer.go();
  await enough;
  writer.process.kill('SIGKILL');
  await writer.ended;
  expect(writer.acknowledged).toBeGreaterThanOrEqual(200);
  const store = await openSqliteStore(path);
  const expected = numbered('k', writer.acknowledged);
  expect(await store.deliveries.getMany(FIRM, expected)).toHaveLength(expected.length);
  const [mark] = await store.marks.owed(FIRM);
  expect(mark?.wanted).toBeGreaterThanOrEqual(writer.acknowledged);
  await store.close();
});
