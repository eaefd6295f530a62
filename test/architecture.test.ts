import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const src = join(__dirname, '../src');

/**
 * Left to right: a file may import its own folder or one to its left. `store`, `clio` and `xero` stand side by side and never meet.
 * The demo is composition, as main.ts is, so it belongs to the root; the two alone may start the sandbox.
 */
const ORDER = [['core'], ['http'], ['store', 'clio', 'xero'], ['jobs'], ['connections'], ['sync'], ['alerts'], ['web'], ['(root)']];
const SANDBOX_STARTERS = ['main.ts', 'demo/'];

const rank = (folder: string) => ORDER.findIndex((step) => step.includes(folder));
const folderOf = (file: string) => (file.includes('/') && !file.startsWith('demo/') ? (file.split('/')[0] ?? '') : '(root)');

const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const files = paths.map((path) => {
  const text = readFileSync(join(src, path), 'utf8');
  const names = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+|\brequire\(\s*)['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
  const ours = names.filter((name) => name.startsWith('.')).map((name) => relative(src, join(src, dirname(path), name)));
  return { path, text, folder: folderOf(path), packages: names.filter((name) => !name.startsWith('.')), ours };
});

function mayImport(from: { path: string; folder: string }, target: string): boolean {
  const to = folderOf(target);
  if (from.folder === to) return true;
  if (from.folder === 'core' || from.folder === 'sandbox') return false;
  if (to === 'sandbox') return from.folder === '(root)' && SANDBOX_STARTERS.some((starter) => from.path.startsWith(starter));
  return rank(to) >= 0 && rank(to) < rank(from.folder);
}

const where = (test: (file: (typeof files)[number]) => boolean) => files.filter(test).map((file) => file.path);
const uses = (name: string) => (file: (typeof files)[number]) => file.packages.some((each) => each === name || each.startsWith(`${name}/`));

test('every folder of src has its place in the import order', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(where((file) => file.folder !== 'sandbox' && rank(file.folder) < 0)).toEqual([]);
});

test('imports go from right to left only, and the sandbox shares nothing with the application', () => {
  const broken = files.flatMap((file) => file.ours.filter((target) => !mayImport(file, target)).map((target) => `${file.path} imports ${target}`));
  expect(broken).toEqual([]);
});

test('the environment is read in one place, and each library lives in one folder', () => {
  expect(where((file) => /\bprocess\.env\b/.test(file.text) && file.path !== 'config.ts')).toEqual([]);
  expect(where((file) => uses('express')(file) && !['web', 'sandbox'].includes(file.folder))).toEqual([]);
  expect(where((file) => uses('mongoose')(file) && !file.path.startsWith('store/mongo-'))).toEqual([]);
  expect(where((file) => uses('nodemailer')(file) && file.folder !== 'alerts')).toEqual([]);
  expect(where((file) => uses('xero-node')(file) && file.folder !== 'xero')).toEqual([]);
});

test('no types are switched off, no work is left marked for later, no file hides behind a vague name', () => {
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '').replace(/'(?:[^'\\\n]|\\.)*'|`[^`]*`|"[^"\n]*"/g, "''");
  expect(where((file) => /(?::|<|\bas|,)\s*any\b/.test(code(file.text)))).toEqual([]);
  expect(where((file) => /eslint-disable|@ts-ignore|@ts-nocheck|@ts-expect-error|\b(?:TODO|FIXME|XXX)\b/.test(file.text))).toEqual([]);
  expect(where((file) => /(?:^|\/)(?:utils?|helpers?|common|services?|types)(?:\.ts$|\/)/.test(file.path))).toEqual([]);
});
