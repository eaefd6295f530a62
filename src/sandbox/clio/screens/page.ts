import type { UserRecord } from '../records.js';

/** Text that is already HTML. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | null | Part[];

/** Everything put into the template is escaped, except what is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, piece, index) => text + (index === 0 ? '' : rendered(parts[index - 1] ?? null)) + piece, ''));
}

function rendered(part: Part): string {
  if (part === null) return '';
  if (Array.isArray(part)) return part.map(rendered).join('');
  if (part instanceof Html) return part.text;
  return String(part).replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export interface Frame {
  title: string;
  firmName: string;
  user: UserRecord | null;
  notice?: string | undefined;
}

export function page(frame: Frame, body: Html): string {
  const links = ['bills', 'matters', 'contacts', 'tasks', 'apps', 'sandbox'].map((name) => html`<a href="/nc/${name}">${name.charAt(0).toUpperCase()}${name.slice(1)}</a>`);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${frame.title} – practice sandbox</title><link rel="icon" href="${ICON}"><style>${new Html(STYLE)}</style></head>
<body><header><strong>${frame.firmName}</strong><span class="tag">practice sandbox</span>
${frame.user ? html`<nav>${links}</nav><form method="post" action="/nc/sign_out">${frame.user.firstName} ${frame.user.lastName} <button class="plain">Switch user</button></form>` : null}</header>
<main><h1>${frame.title}</h1>${frame.notice ? html`<p class="notice" role="status">${frame.notice}</p>` : null}${body}</main></body></html>`.text;
}

export function money(cents: number, sign: string): string {
  const text = (Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${cents < 0 ? '−' : ''}${sign}${text}`;
}

const ICON = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%230c4a3e'/><path d='M4 11h8M5 4h6v5H5z' stroke='white' fill='none'/></svg>";

const STYLE = `
:root{--ink:#1d2b24;--pine:#0c4a3e;--moss:#e8efe6;--line:#cbd8cd;--gold:#b7791f}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 Georgia,'Times New Roman',serif;color:var(--ink);background:#f7f8f3}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;padding:.7rem 1.4rem;background:var(--pine);color:#fff}
header nav{display:flex;flex-wrap:wrap;gap:1rem;flex:1}header a{color:#d9efe2}header form{margin:0}
.tag{font:12px/1.4 ui-monospace,monospace;border:1px solid #7fb09d;border-radius:3px;padding:0 .4rem}
main{max-width:68rem;margin:0 auto;padding:1.2rem 1.4rem 4rem}h1{font-weight:normal;font-size:1.7rem;border-bottom:2px solid var(--gold);padding-bottom:.3rem}
table{border-collapse:collapse;width:100%;background:#fff;border:1px solid var(--line)}th,td{padding:.4rem .6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{background:var(--moss);font-weight:normal}.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.note{white-space:pre-wrap}
section{margin:1.4rem 0}a{color:var(--pine)}button{font:inherit;background:var(--pine);color:#fff;border:0;border-radius:3px;padding:.4rem .9rem;cursor:pointer}
button.plain{background:none;color:inherit;text-decoration:underline;padding:0}button.grave{background:#8c2f1b}
form.box{display:inline-flex;flex-wrap:wrap;gap:.6rem;align-items:end;background:#fff;border:1px solid var(--line);padding:.7rem;margin:.3rem .3rem .3rem 0}
label{display:flex;flex-direction:column;font-size:.85rem}input,select,textarea{font:inherit;padding:.3rem;border:1px solid #8aa093;border-radius:3px;max-width:100%}
.notice{background:#fff6dc;border-left:4px solid var(--gold);padding:.5rem .8rem}.state{font:13px ui-monospace,monospace;background:var(--moss);padding:.1rem .4rem;border-radius:3px}
.actions a{display:inline-block;border:1px solid var(--pine);border-radius:3px;padding:.3rem .7rem;margin-right:.5rem;text-decoration:none}
:focus-visible{outline:3px solid var(--gold);outline-offset:2px}`;
