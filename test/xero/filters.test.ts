import { chunksOfIds, chunksOfNumbers, equals, searchTermFor } from '../../src/xero/filters.js';

test('ids go fifty to a call, each once', () => {
  const ids = Array.from({ length: 101 }, (_, index) => `id-${index}`);
  const chunks = chunksOfIds([...ids, 'id-0']);
  expect(chunks.map((chunk) => chunk.length)).toEqual([50, 50, 1]);
  expect(chunks.flat()).toEqual(ids);
  expect(chunksOfIds([])).toEqual([]);
});

test('a number with a comma never shares a call, for Xero would read it as two', () => {
  expect(chunksOfNumbers(['A-1', 'N 1,2', 'A-2', 'A-1'])).toEqual({ together: [['A-1', 'A-2']], alone: ['N 1,2'] });
});

test('long numbers are spread so that an address line stays short', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `${'n'.repeat(200)}${index}`);
  const { together } = chunksOfNumbers(numbers);
  expect(together.flat()).toEqual(numbers);
  expect(together.every((chunk) => chunk.map(encodeURIComponent).join('%2C').length <= 1_500)).toBe(true);
  expect(together.length).toBeLessThan(10);
});

test('a value that cannot be quoted safely is not quoted at all', () => {
  expect(equals('Name', "Quill & Co (O'Hara), Ltd")).toBe('Name=="Quill & Co (O\'Hara), Ltd"');
  expect(equals('Name', 'Robert "Bob" Hale')).toBeNull();
  expect(equals('Name', 'a" OR Name!="')).toBeNull();
  expect(equals('Name', 'back\\slash')).toBeNull();
});

test('a search term is the longest plain stretch, within fifty characters', () => {
  expect(searchTermFor('The "Very Long" Estate of Somebody')).toBe('Estate of Somebody');
  expect(searchTermFor('x'.repeat(80))).toHaveLength(50);
});
