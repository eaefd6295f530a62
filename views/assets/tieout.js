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

function watch(area) {
  const address = new URL(area.dataset.live, location.href);
  address.searchParams.set('fragment', area.dataset.fragment);
  let wait = 1000;
  let begun = Date.now();

  async function look() {
    if (document.hidden) return again();
    try {
      const reply = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'error' });
      if (!reply.ok) return;
      const html = await reply.text();
      const pending = Number(reply.headers.get('x-pending'));
      if (html !== area.dataset.last) replace(html);
      area.dataset.last = html;
      area.dataset.pending = String(pending);
      if (pending === 0) return;
    } catch {
      /* The next look may get through. */
    }
    wait = Date.now() - begun < 60000 ? 1500 : 10000;
    again();
  }

  function again() {
    setTimeout(look, wait);
  }

  function replace(html) {
    const focused = area.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...area.querySelectorAll('details')].map((each) => each.open);
    area.innerHTML = html;
    localTimes(area);
    [...area.querySelectorAll('details')].forEach((each, index) => { each.open = open[index] === true; });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  if (Number(area.dataset.pending) > 0) again();
}

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
