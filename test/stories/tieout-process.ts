import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { JumpingClock } from './jumping-clock.js';

/** Tieout in a process of its own, as `serve` starts it, save that its parent can put its clock forward. */
async function main(): Promise<void> {
  const clock = new JumpingClock(Number(process.argv[2]));
  process.on('message', (aheadMs) => {
    if (typeof aheadMs === 'number') clock.jumpTo(aheadMs);
  });
  process.on('disconnect', () => process.exit(1));
  const config = loadConfig();
  const app = await createApp(config, createLog(config.logLevel), clock);
  await app.start();
  process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
}

void main();
