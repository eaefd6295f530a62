import { performance } from 'node:perf_hooks';
import { formatAmount } from '../core/money.js';
import { tellStory, type StoryResult } from './story.js';
import { table } from './table.js';
import { freePort, startTieout, startWorld, temporaryStore, type World } from './world.js';

/** Starts everything on this machine. Once: tells the story and returns its exit code. Otherwise stays until stopped. */
export async function runDemo(options: { once: boolean; calls: boolean }): Promise<number | undefined> {
  const { storeUrl, remove } = await temporaryStore();
  const world = await startWorld({ storeUrl, appPort: await freePort(options.once ? 0 : 4100), clioPort: await freePort(options.once ? 0 : 4101), xeroPort: await freePort(options.once ? 0 : 4102) });
  const { app } = await startTieout(world);
  const end = async () => {
    await app.stop();
    await world.close();
    await remove();
  };
  if (options.once) {
    try {
      return await once(world, app);
    } finally {
      if (options.calls) console.log(callsByKind(world));
      await end();
    }
  }
  console.log(invitation(world));
  process.once('SIGINT', () => void end().then(() => process.exit(0)));
  process.once('SIGTERM', () => void end().then(() => process.exit(0)));
  return undefined;
}

async function once(world: World, app: Parameters<typeof tellStory>[1]): Promise<number> {
  const began = performance.now();
  const result = await tellStory(world, app, (line) => console.log(`· ${line}`));
  console.log(`\n${report(result)}\n`);
  for (const problem of result.problems) console.log(`not ok: ${problem}`);
  const calls = `${world.clio.control.countRequests()} calls to Clio, ${world.xero.control.calls().length} to Xero, ${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.log(result.problems.length === 0 ? `main job: ok (${calls})` : `main job: not ok (${calls})`);
  return result.problems.length === 0 ? 0 : 1;
}

/** How often each address was asked, most often first: quota is what both vendors are short of. */
function callsByKind(world: World): string {
  const counts = new Map<string, number>();
  for (const { method, path } of [...world.clio.control.listRequests(), ...world.xero.control.calls()]) {
    const kind = `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4,}/g, ':id')}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => [kind, String(count)]);
  return `\n${table(['Call', 'Times'], rows, [1])}`;
}

function report({ rows }: StoryResult): string {
  const money = (amount: number | undefined) => (amount === undefined ? '–' : formatAmount(amount, 'USD').replace(' USD', ''));
  return table(
    ['Bill', 'What is awkward', 'Clio total', 'Xero total', 'Clio tax', 'Xero tax', 'In Clio', 'In Xero', ''],
    rows.map((row) => [row.number, row.what, money(row.clio.total), money(row.xero?.total), money(row.clio.tax), money(row.xero?.tax), row.clio.state, row.xero?.state ?? '–', row.differences.length === 0 ? 'ok' : 'not ok']),
    [2, 3, 4, 5],
  );
}

function invitation(world: World): string {
  const { url } = world.clio;
  const issued = world.clio.control.bills().map((bill) => bill.issuedAt ?? '').filter((day) => day !== '').sort();
  return `
Tieout is ready, with a simulated Clio and a simulated Xero beside it, each in its own colours.

  Open  ${url}/nc/apps

  1. Press "Sign in" (as Dana Whitlock), then "Add to Clio", "Allow access" and "Open".
  2. Press "Continue set-up" and walk through the steps, one page each. On the way: "Connect Xero", "Sign in", "Allow access";
     set "Start date" to ${issued[0] ?? 'an early day'}, so that older bills take part; choose an account for "Soft costs".
     Start the dry run, look at it, then type the organisation's name and choose "Review first".
  3. Watch the bills arrive. Nothing is in Xero yet: press "Sync with Xero" on one, or on top for all.
     Or come from Clio: open a matter at ${url}/nc/matters and press "Sync with Xero" there.
  4. Open a bill, press "Open invoice in Xero" and there "Record payment".
  5. Go back to the bill's tab: within seconds it is paid on both sides. In Clio too: ${url}/nc/bills

  Tieout ${world.appUrl} · Clio ${url} · Xero ${world.xero.url}
  Stop with Ctrl-C; nothing is kept.
`;
}
