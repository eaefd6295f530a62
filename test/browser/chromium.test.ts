import { findChromium, launchChromium } from './chromium.js';

test('the path that was asked for comes first, and a wrong one is passed over', () => {
  expect(findChromium(process.execPath)).toBe(process.execPath);
  expect(findChromium('/nowhere/chromium')).toBe(findChromium());
});

(findChromium(process.env.CHROMIUM_PATH) === null ? test.skip : test)('the browser opens a page and closes again', async () => {
  const browser = await launchChromium();
  const page = await browser?.newPage();
  await page?.setContent('<h1>Tieout</h1>');
  expect(await page?.textContent('h1')).toBe('Tieout');
  await browser?.close();
});
