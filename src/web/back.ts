/** A path on our own site to return to after signing in; anything else becomes the home page. */
export function safeBack(path: unknown, appUrl: string): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[\x21-\x7e]{0,400}$/.test(path) || !URL.canParse(path, appUrl)) return '/';
  const url = new URL(path, appUrl);
  return url.origin === appUrl ? `${url.pathname}${url.search}` : '/';
}
