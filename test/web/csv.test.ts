import { csv } from '../../src/web/csv.js';

test('text that a spreadsheet would calculate stays text; figures stay figures', () => {
  expect(csv([['=1+1', '+1', '-1', '@SUM(A1)', '  =1', '\t=1', '\0=1', 'O"Shea, & Co', { figure: '-14.00' }]])).toBe(`\uFEFF"'=1+1","'+1","'-1","'@SUM(A1)","'  =1","'\t=1","'\0=1","O""Shea, & Co",-14.00\r\n`);
});
