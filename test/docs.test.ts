import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSwitches as clioDefaults } from '../src/sandbox/clio/switches.js';
import { defaultSwitches as xeroDefaults } from '../src/sandbox/xero/switches.js';

const root = join(__dirname, '..');
const page = readFileSync(join(root, 'docs/vendor-assumptions.md'), 'utf8');
const sections = page.split(/^### /m).slice(1).map((text) => ({ id: /^\S+/.exec(text)?.[0] ?? '', text }));

test('every open question has its section, with expectation, safety, switch and test', () => {
  const wanted = [...Array.from({ length: 24 }, (_, index) => `C${index + 1}`), ...Array.from({ length: 21 }, (_, index) => `X${index + 1}`)];
  expect(sections.map((section) => section.id)).toEqual(wanted);
  for (const { text } of sections) for (const part of ['Expected:', 'Either way:', 'Sandbox:', 'To settle:']) expect(text).toContain(`**${part}**`);
});

test('the switches named exist in the sandboxes', () => {
  const known = { C: Object.keys(clioDefaults('us')), X: Object.keys(xeroDefaults) };
  const named = sections.flatMap(({ id, text }) => {
    const line = /\*\*Sandbox:\*\*(.*)/.exec(text)?.[1] ?? '';
    return [...line.matchAll(/(?:^| )`([a-zA-Z]+)`(?=:| \()/g)].map((match) => ({ id, name: match[1] ?? '' }));
  });
  expect(new Set(named.map((each) => each.id)).size).toBe(sections.length);
  expect(named.filter(({ id, name }) => !known[id.startsWith('C') ? 'C' : 'X'].includes(name))).toEqual([]);
});

test('files that the documents point to are there', () => {
  const documents = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/vendor-assumptions.md', 'manifest/listing.md'].filter((path) => existsSync(join(root, path)));
  const pointed = documents.flatMap((document) => [...readFileSync(join(root, document), 'utf8').matchAll(/`((?:src|test|docs|manifest|views)\/[\w./-]*[\w])`/g)].map((match) => `${document} → ${match[1] ?? ''}`));
  expect(pointed.length).toBeGreaterThan(30);
  expect(pointed.filter((each) => !existsSync(join(root, each.split(' → ')[1] ?? '')))).toEqual([]);
});
