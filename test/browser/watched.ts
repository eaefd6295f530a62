import type { BrowserContext, Page } from 'playwright-core';

/** Every tab of a browser window, watched: what went wrong in any of them, and requests to anybody but the given origins, in words. */
export function watched(context: BrowserContext, origins: string[]): string[] {
  const problems: string[] = [];
  const note = (page: Page, text: string) => problems.push(`${new URL(page.url()).pathname}: ${text}`);
  context.on('page', (page) => {
    // What the Content-Security-Policy refuses is told here as well.
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') note(page, message.text());
    });
    page.on('pageerror', (error) => note(page, error.message));
    page.on('requestfailed', (request) => {
      // A look for news that was under way when the person went to another page.
      const left = request.resourceType() === 'fetch' && request.failure()?.errorText === 'net::ERR_ABORTED';
      if (!left) note(page, `${request.url()} failed: ${request.failure()?.errorText ?? ''}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) note(page, `${response.url()} answered ${response.status()}`);
    });
    page.on('request', (request) => {
      if (!origins.includes(new URL(request.url()).origin)) note(page, `asked somebody else: ${request.url()}`);
    });
  });
  return problems;
}
