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
  const links = PLACES.map(([name, label]) => html`<a href="/nc/${name}">${label}</a>`);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${frame.title} – practice sandbox</title><link rel="icon" href="${ICON}"><style>${new Html(STYLE)}</style></head>
<body${frame.user ? null : new Html(' class="alone"')}><header><a class="firm" href="/nc/home">${frame.firmName}</a><span class="tag">stand-in for Clio</span>
${frame.user ? html`<form method="post" action="/nc/sign_out">${frame.user.firstName} ${frame.user.lastName} <button class="plain">Switch user</button></form>` : null}</header>
${frame.user ? html`<nav aria-label="Places">${links}</nav>` : null}
<main><h1>${frame.title}</h1>${frame.notice ? html`<p class="notice" role="status">${frame.notice}</p>` : null}${body}</main></body></html>`.text;
}

const PLACES = [['home', 'Dashboard'], ['bills', 'Bills'], ['matters', 'Matters'], ['contacts', 'Contacts'], ['tasks', 'Tasks'], ['apps', 'App Directory'], ['sandbox', 'Sandbox']] as const;

/** `awaiting_payment` → `awaiting payment`, with a colour of its own. */
export function stateTag(state: string): Html {
  return html`<span class="state ${state}">${state.replaceAll('_', ' ')}</span>`;
}

export function money(cents: number, sign: string): string {
  const text = (Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${cents < 0 ? '−' : ''}${sign}${text}`;
}

const ICON = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='%2314213d'/><path d='M4 11h8M5 4h6v5H5z' stroke='white' fill='none'/></svg>";

const STYLE = `
:root{--ink:#1c2434;--soft:#5a6478;--navy:#14213d;--blue:#2156c4;--blue-soft:#e7eefb;--line:#dde2ea;--gold:#a86a00}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 "Segoe UI",system-ui,Helvetica,Arial,sans-serif;color:var(--ink);background:#f4f6f9;display:grid;grid-template:auto 1fr/13.5rem minmax(0,1fr);min-height:100vh}
body.alone{grid-template-columns:minmax(0,1fr)}body.alone main{max-width:34rem;margin:2rem auto;background:#fff;border:1px solid var(--line);border-radius:8px;padding:1.5rem 2rem 2rem}
header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;padding:.7rem 1.4rem;background:var(--navy);color:#fff}
header .firm{color:#fff;font-weight:600;text-decoration:none;font-size:1.05rem}header form{margin:0 0 0 auto}
.tag{font-size:.78rem;border:1px solid #8fa3cc;border-radius:1rem;padding:.05rem .6rem;color:#dfe7f7}
nav{background:#fff;border-right:1px solid var(--line);padding:1rem .7rem}nav a{display:block;padding:.45rem .8rem;border-radius:6px;color:var(--ink);text-decoration:none}nav a:hover{background:var(--blue-soft)}
main{padding:1.2rem 1.8rem 4rem;max-width:76rem;min-width:0;width:100%}h1{font-size:1.5rem;margin:.2rem 0 1rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}
table{border-collapse:separate;border-spacing:0;width:100%;background:#fff;border:1px solid var(--line);border-radius:8px;font-size:.93rem}th,td{padding:.45rem .7rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
tbody:last-child tr:last-child td,tfoot tr:last-child td{border-bottom:0}th{font-weight:600;color:var(--soft);font-size:.82rem;white-space:nowrap}.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.note{white-space:pre-wrap}tfoot td{color:var(--soft);border-bottom-color:transparent}tfoot tr:last-child td{color:var(--ink);font-weight:600}
td.day{white-space:nowrap}section{margin:1.4rem 0}a{color:var(--blue)}.soft{color:var(--soft)}p{margin:0 0 .8rem}
button,.press{font:inherit;font-weight:600;background:var(--blue);color:#fff;border:1px solid var(--blue);border-radius:6px;padding:.4rem .95rem;cursor:pointer;text-decoration:none;display:inline-block}
button.plain{background:none;border:0;color:inherit;text-decoration:underline;padding:0;font-weight:400}button.grave{background:#fff;color:#a52a1c;border-color:#d9a59e}
form.box{display:flex;width:fit-content;max-width:100%;flex-wrap:wrap;gap:.7rem;align-items:end;background:#fff;border:1px solid var(--line);border-radius:8px;padding:.9rem 1rem;margin:0 0 .7rem}body.alone form.box{border:0;padding:0}
form.box.bare{display:inline-flex;border:0;background:none;padding:0;margin-right:.5rem}
label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft);gap:.15rem}input,select,textarea{font:inherit;color:var(--ink);padding:.38rem .5rem;border:1px solid #9aa5b8;border-radius:6px;max-width:100%;background:#fff;min-height:2.4rem}
.notice{background:#fff7e2;border-left:4px solid var(--gold);padding:.5rem .8rem}.state{font-size:.82rem;background:#e9edf3;color:#3a4558;padding:.1rem .55rem;border-radius:1rem;white-space:nowrap}.state.paid,.state.complete{background:#e0f3e6;color:#1a5c33}.state.awaiting_payment{background:var(--blue-soft);color:#1c469c}.state.draft,.state.awaiting_approval{background:#fbf0d9;color:#6d4700}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}.actions h2{margin:0 .5rem 0 0}.actions a{border:1px solid var(--blue);background:#fff;border-radius:6px;padding:.35rem .8rem;text-decoration:none;font-weight:600}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;align-items:center;margin:-.5rem 0 1rem}
.app{display:flex;gap:1.1rem;align-items:center;flex-wrap:wrap;background:#fff;border:1px solid var(--line);border-radius:8px;padding:1.1rem 1.3rem;margin:0 0 .8rem;max-width:52rem}.app h2{margin:0;font-size:1.15rem}.app p{margin:.1rem 0}
.app-sign{display:grid;place-items:center;width:3rem;height:3rem;border-radius:10px;background:#1f5f57;color:#fff;font-size:1.5rem;font-weight:700}.app-text{flex:1 1 16rem}.app-do{display:flex;gap:1rem;align-items:center}.app-do form{margin:0}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
@media(max-width:50rem){body{grid-template:auto auto 1fr/minmax(0,1fr)}nav{display:flex;overflow-x:auto;border:0;border-bottom:1px solid var(--line);padding:.3rem}nav a{white-space:nowrap}main{padding:1rem}main table{display:block;overflow-x:auto}}`;
