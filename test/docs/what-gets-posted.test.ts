import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runExample } from './example.js';
import { FIRMS } from './sample-firms.js';

const page = readFileSync(join(__dirname, '../../docs/what-gets-posted.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml ([A-Z]\d+)\n([\s\S]*?)^```$/gm)].map((match) => ({ row: match[1] ?? '', text: match[2] ?? '' }));
/** First cells of the tables: `| B1 | …`. */
const rows = [...page.matchAll(/^\| ([A-Z]\d+) \|/gm)].map((match) => match[1] ?? '');

test('every row has its example and every example its row', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(new Set(rows).size).toBe(rows.length);
  expect(examples.map((example) => example.row)).toEqual(rows);
});

test.each(examples.map((example) => [example.row, example.text] as const))('%s comes out as the document says', (_row, text) => {
  const { said, came } = runExample(text);
  expect(came).toEqual(said);
});

test.each(examples.map((example) => [example.row, example.text] as const))('%s balances', (_row, text) => {
  const { came } = runExample(text);
  const total = (amounts: Record<string, string>) => Object.values(amounts).reduce((all, amount) => all + Math.round(Number(amount.replaceAll(',', '')) * 100), 0);
  expect(total(came.debit)).toBe(total(came.credit));
});

test('the accounts of the sample firms stand in the document', () => {
  const named = [...FIRMS.british.books.accounts, ...FIRMS.canadian.books.accounts].map((account) => `${account.code ?? ''} ${account.name}`);
  expect([...new Set(named)].filter((name) => !page.includes(name))).toEqual([]);
});
