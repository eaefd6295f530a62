import { load, type CheerioAPI } from 'cheerio';
import { CookieJar } from 'tough-cookie';

const MOST_REDIRECTS = 12;

/** Somebody with a browser, without the browser: opens pages, keeps cookies, follows redirects, presses buttons of forms. */
export class Visitor {
  private readonly cookies = new CookieJar(undefined, { rejectPublicSuffixes: false });
  private here: { url: URL; status: number; html: string } | null = null;
  /** The page as a tree, once somebody looks at it. */
  private tree: CheerioAPI | null = null;

  get url(): URL {
    return this.page.url;
  }

  get status(): number {
    return this.page.status;
  }

  get html(): string {
    return this.page.html;
  }

  /** The visible text of the page, white space folded. */
  get text(): string {
    return this.$('body').text().replace(/\s+/g, ' ').trim();
  }

  get $(): CheerioAPI {
    return (this.tree ??= load(this.page.html));
  }

  async open(address: string | URL): Promise<this> {
    return this.go('GET', new URL(address, this.here?.url), null);
  }

  /** Follows the first link with this text (or the part of it). */
  async follow(text: string): Promise<this> {
    const link = this.$('a[href]').filter((_index, each) => this.$(each).text().replace(/\s+/g, ' ').includes(text)).first();
    const href = link.attr('href');
    if (href === undefined) throw this.lost(`no link "${text}"`);
    return this.open(href);
  }

  /** Presses the button with this text, with the form's fields as they stand, save those given. An array ticks several boxes of one name. */
  async press(button: string, fields: Record<string, string | string[]> = {}, within = 'form'): Promise<this> {
    const { $ } = this;
    const pressed = $(within).find('button, input[type=submit]').filter((_index, each) => ($(each).text() || ($(each).attr('value') ?? '')).replace(/\s+/g, ' ').trim().includes(button)).first();
    const form = pressed.attr('form') === undefined ? pressed.closest('form') : $(`form#${pressed.attr('form') ?? ''}`);
    if (form.length === 0) throw this.lost(`no button "${button}"`);
    const values = this.valuesOf(form);
    const name = pressed.attr('name');
    if (name !== undefined) values.append(name, pressed.attr('value') ?? '');
    for (const [key, value] of Object.entries(fields)) {
      values.delete(key);
      for (const each of [value].flat()) values.append(key, each);
    }
    const target = new URL(pressed.attr('formaction') ?? form.attr('action') ?? '', this.page.url);
    if ((form.attr('method') ?? 'get').toLowerCase() === 'post') return this.go('POST', target, values);
    target.search = values.toString();
    return this.go('GET', target, null);
  }

  private get page() {
    if (!this.here) throw new Error('no page is open yet');
    return this.here;
  }

  private valuesOf(form: ReturnType<CheerioAPI>): URLSearchParams {
    const values = new URLSearchParams();
    for (const { name, value } of form.serializeArray()) values.append(name, value);
    return values;
  }

  private async go(method: 'GET' | 'POST', address: URL, body: URLSearchParams | null): Promise<this> {
    let [url, how, payload] = [address, method, body];
    for (let hop = 0; hop < MOST_REDIRECTS; hop += 1) {
      const response = await fetch(url, {
        method: how,
        redirect: 'manual',
        headers: { cookie: await this.cookies.getCookieString(url.href), accept: 'text/html', ...(how === 'POST' && this.here ? { origin: this.here.url.origin } : {}) },
        body: payload,
      });
      for (const cookie of response.headers.getSetCookie()) await this.cookies.setCookie(cookie, url.href, { ignoreError: true });
      const next = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || next === null) {
        this.here = { url, status: response.status, html: await response.text() };
        this.tree = null;
        return this;
      }
      await response.arrayBuffer();
      const keep = response.status === 307 || response.status === 308;
      [url, how, payload] = [new URL(next, url), keep ? how : 'GET', keep ? payload : null];
    }
    throw new Error(`too many redirects from ${address.href}`);
  }

  private lost(what: string): Error {
    return new Error(`${what} on ${this.page.url.href} (${this.page.status}): ${this.text.slice(0, 300)}`);
  }
}
