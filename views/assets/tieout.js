/* Everything works without this script; with it, lists that wait for work refresh themselves and times are shown in the reader's zone. */
'use strict';

function localTimes(root) {
  for (const time of root.querySelectorAll('time[datetime*="T"]')) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    time.title = time.textContent;
    time.textContent = date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  }
}

const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

/* What tells a control from the others in its list, before and after the list is replaced. */
const keyOf = (control) => control.id || control.getAttribute('href') || `${control.tagName} ${control.form?.action ?? ''} ${control.textContent.trim()}`;

function placeOfFocus(area) {
  const controls = [...area.querySelectorAll(CONTROLS)];
  const index = controls.indexOf(document.activeElement);
  return index < 0 ? null : { index, key: keyOf(controls[index]) };
}

/* The same control, or the link before it when it is gone: never another button, which would do something else on Enter. */
function controlAt(area, { index, key }) {
  const controls = [...area.querySelectorAll(CONTROLS)];
  const same = controls.filter((each) => keyOf(each) === key);
  if (same.length > 0) return same.includes(controls[index]) ? controls[index] : same[0];
  return controls.slice(0, index + 1).reverse().find((each) => each.matches('a[href], summary'));
}

function watch(area) {
  const address = new URL(area.dataset.live, location.href);
  address.searchParams.set('fragment', area.dataset.fragment);
  const begun = Date.now();
  let wait = 1000;
  let timer;

  async function look() {
    if (document.hidden) return;
    try {
      const reply = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'error' });
      if (!reply.ok) return;
      const html = await reply.text();
      const pending = Number(reply.headers.get('x-pending'));
      if (html !== area.dataset.last) replace(html);
      area.dataset.last = html;
      area.dataset.pending = String(pending);
      if (pending === 0 && !('news' in area.dataset)) return;
      wait = pending > 0 && Date.now() - begun < 60000 ? 1500 : 10000;
    } catch {
      wait = 10000; /* The next look may get through. */
    }
    again();
  }

  function again() {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  function replace(html) {
    const place = placeOfFocus(area);
    const open = [...area.querySelectorAll('details')].map((each) => each.open);
    area.innerHTML = html;
    localTimes(area);
    [...area.querySelectorAll('details')].forEach((each, index) => { each.open = open[index] === true; });
    if (place) controlAt(area, place)?.focus({ preventScroll: true });
  }

  /* What is on its way is looked for at once; pages that show news look now and then, and when they come into view again. */
  const news = 'news' in area.dataset;
  if (Number(area.dataset.pending) === 0) wait = 10000;
  if (news || Number(area.dataset.pending) > 0) {
    again();
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && (news || Number(area.dataset.pending) > 0)) look();
    });
  }
}

/* Back from a press of "Sync with Xero": the keyboard goes on where it was. */
if (location.hash.startsWith('#sync-')) document.getElementById(location.hash.slice(1))?.focus();
for (const area of document.querySelectorAll('[data-live]')) watch(area);
localTimes(document);
for (const button of document.querySelectorAll('button[data-confirm]')) {
  button.addEventListener('click', (event) => {
    if (!confirm(button.dataset.confirm)) event.preventDefault();
  });
}
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (button?.getAttribute('aria-disabled') === 'true') event.preventDefault();
});
