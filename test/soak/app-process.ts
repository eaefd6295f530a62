import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { hurriedClock } from './hurried-clock.js';

/** Tieout as a process of its own in hurried time: `app-process SPEED EPOCH`. Says `ready` once it listens and works; ends with whoever started it. */
async function run(speed: number, epoch: number): Promise<void> {
  const config = loadConfig();
  const app = await createApp(config, createLog(config.logLevel), hurriedClock(speed, epoch));
  await app.start();
  console.log('ready');
  process.stdin.resume().once('end', () => process.exit(1));
  process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
}

const [speed = '1', epoch = '0'] = process.argv.slice(2);
void run(Number(speed), Number(epoch));
