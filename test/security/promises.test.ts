import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+) \| (V[\d., V]+) \| (.+) \|$/gm)];

test('every promise has its place in the ASVS and a test that is there', () => {
  expect(rows.length).toBeGreaterThan(15);
  for (const [, promise = '', sections = '', proofs = ''] of rows) {
    expect([promise, sections.split(', ').every((section) => /^V(?:[1-9]|1[0-7])\.\d\.\d\d?$/.test(section))]).toEqual([promise, true]);
    const files = [...proofs.matchAll(/\]\((test\/[\w./-]+)\)/g)].map((match) => match[1] ?? '');
    expect([promise, files.length > 0, files.filter((file) => !existsSync(join(root, file)))]).toEqual([promise, true, []]);
  }
});

test('every proof in this folder is named', () => {
  const proofs = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts') && name !== 'promises.test.ts');
  expect(proofs.filter((name) => !page.includes(`test/security/${name}`))).toEqual([]);
});

test('reports go to a place that exists, and to no invented address', () => {
  expect(page).toContain('private vulnerability report');
  expect(page).not.toMatch(/[\w.]+@[\w.]+|mailto:/);
});
