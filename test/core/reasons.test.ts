import { isReason, REASONS, sentence, type Reason } from '../../src/core/reasons.js';

const all = Object.keys(REASONS).filter(isReason);

test.each(all)('%s says what happened and what to do in three sentences at most', (reason: Reason) => {
  const { title, whatToDo } = REASONS[reason];
  expect(title.length).toBeGreaterThan(5);
  expect(title).not.toMatch(/[.!]$|[A-Z]{3,}_/);
  expect(whatToDo).toMatch(/[.]$/);
  const filled = whatToDo.replace(/\{\w+\}/g, 'x');
  expect(filled.split(/(?<=[.?!])\s/).length).toBeLessThanOrEqual(title.endsWith('?') ? 2 : 3);
  expect(sentence(reason, {})).not.toMatch(/[{}]|undefined/);
});

test('facts stand where the sentence wants them', () => {
  expect(sentence('CURRENCY_NOT_ENABLED', { currency: 'USD' })).toBe('USD is not set up in Xero. The organisation does not hold this currency. Add it in Xero; the bill then goes by itself.');
});

test('a stored text that is no reason is recognised', () => {
  expect([isReason('toString'), isReason('NUMBER_TAKEN')]).toEqual([false, true]);
});
