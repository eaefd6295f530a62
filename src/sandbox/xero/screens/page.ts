const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | Part[] | undefined | false;

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A template whose values are escaped unless they are HTML. */
export function html(parts: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(parts.map((text, index) => text + render(values[index])).join(''));
}

const icon = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='8' fill='%23084c63'/><path d='M5 5l6 6m0-6l-6 6' stroke='white' stroke-width='1.5'/></svg>";

const style = new Html(`
:root{--ink:#1e2933;--soft:#5b6875;--line:#d9e0e6;--sea:#0a6a8c;--sea-deep:#0b4f6c;--paper:#fff;--wash:#f0f3f5;--bad:#a32d2d;--good:#1f6b3a}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 "Helvetica Neue",Helvetica,Arial,sans-serif;color:var(--ink);background:var(--wash)}
header{background:var(--sea-deep);color:#fff}header .in{display:flex;gap:.3rem 1.2rem;align-items:center;flex-wrap:wrap}
.in,main{max-width:74rem;margin:0 auto;padding:.7rem 1.25rem}header a{color:#fff;text-decoration:none;padding:.2rem 0}header a:hover,header a:focus{text-decoration:underline}
header .org{font-weight:600;font-size:1.1rem}header nav{gap:1.1rem}header nav:last-child{margin-left:auto;font-size:.87rem}.tag{font-size:.75rem;border:1px solid rgba(255,255,255,.6);border-radius:1rem;padding:.05rem .6rem}
h1{font-size:1.5rem;margin:1rem 0 .7rem}h2{font-size:1.15rem;margin:0 0 .5rem}main>h2{margin-top:1.4rem}h3{font-size:1rem;margin:1rem 0 .3rem}p{margin:0 0 .7rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.3rem;padding:1rem 1.25rem;margin:0 0 1rem;overflow-x:auto;box-shadow:0 1px 2px rgba(20,40,60,.06)}
table{border-collapse:collapse;width:100%;font-size:.93rem}th{font-weight:600;color:var(--soft);text-align:left;font-size:.85rem;white-space:nowrap}th,td{padding:.45rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child>td,tr:last-child>th{border-bottom:0}
table.sums{width:auto;min-width:20rem;margin:1rem 0 0 auto}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.day{white-space:nowrap}a{color:var(--sea)}
label{display:block;margin:.2rem 0 .1rem;color:var(--soft);font-size:.87rem}input,select,textarea{font:inherit;padding:.38rem .5rem;border:1px solid #8c9bab;border-radius:.25rem;max-width:100%;background:#fff;color:var(--ink);min-height:2.4rem}
button{font:inherit;font-weight:600;padding:.42rem 1rem;border:1px solid var(--sea);border-radius:.25rem;background:var(--sea);color:#fff;cursor:pointer;margin:0 .25rem 0 0}
button.quiet{background:#fff;color:var(--sea)}button.danger{background:#fff;border-color:#d8a5a5;color:var(--bad)}
.status{font-weight:600;font-size:.87rem;white-space:nowrap;color:#8a5a00}.AUTHORISED{color:var(--sea)}.PAID,.ok{color:var(--good)}.VOIDED,.DELETED,.bad{color:var(--bad)}h2 .status{margin-left:.5rem}
.row{display:flex;gap:.8rem 1rem;flex-wrap:wrap;align-items:end}.soft{color:var(--soft)}
.org-cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:1rem}.org-card{display:grid;gap:.15rem;margin:0;color:var(--ink);text-decoration:none}.org-card strong{font-size:1.15rem;color:var(--sea)}.org-card:hover{border-color:var(--sea)}
fieldset{border:1px solid var(--line);border-radius:.3rem;margin:0 0 1rem}ul{padding-left:1.2rem}
.consent{max-width:30rem;margin:2rem auto}.choice{display:block;padding:.4rem 0;color:var(--ink);font-size:1rem}:focus-visible{outline:3px solid #f2a900;outline-offset:2px}code{overflow-wrap:anywhere;font-size:.87rem}`);

export interface PageFacts {
  title: string;
  /** The organisation on show. */
  organisation?: { name: string; shortCode: string };
  body: Html;
}

export function page(facts: PageFacts): string {
  const at = facts.organisation && `/app/${facts.organisation.shortCode}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${facts.title}</title><link rel="icon" href="${icon}"><style>${style}</style></head>
<body><header><div class="in"><a class="org" href="${at ?? '/'}">${facts.organisation?.name ?? 'Ledger sandbox'}</a><span class="tag">stand-in for Xero</span>
${at !== undefined && html`<nav aria-label="Organisation" class="row"><a href="${at}/invoicing">Invoices</a><a href="${at}/contacts">Contacts</a><a href="${at}/bank">Bank accounts</a><a href="${at}/accounts">Chart of accounts</a><a href="${at}/lock-dates">Lock dates</a><a href="${at}/connected-apps">Connected apps</a></nav>`}
<nav aria-label="Sandbox" class="row"><a href="/">Organisations</a><a href="/sandbox">Sandbox controls</a><a href="/portal">App portal</a></nav></div></header>
<main><h1>${facts.title}</h1>${facts.body}</main></body></html>`.text;
}

/** `1,295.50` */
export function amount(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
