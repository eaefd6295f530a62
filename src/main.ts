import { createApp } from './app.js';
import { ConfigError, loadConfig } from './config.js';
import { createLog } from './log.js';

const USAGE = `Usage: tieout <command>

  serve            the web and, unless ROLE=web, the worker
  worker           the worker alone (several may run on one store)
  rotate-keys      seals every stored token again with the first of SECRET_KEYS
  demo             a simulated Clio and Xero beside Tieout, to click through
  demo --once      the same story without hands: prints a table, exit code 0 or 1;
                   with --calls also how often each vendor was asked for what`;

async function main(argv: string[]): Promise<number | undefined> {
  const [command = 'serve', ...flags] = argv;
  switch (command) {
    case 'serve':
      return serve();
    case 'worker':
      return serve('worker');
    case 'rotate-keys': {
      const { rotateKeysOnce } = await import('./rotate-keys.js');
      return rotateKeysOnce(loadConfig(), (line) => {
        console.log(line);
      });
    }
    case 'demo': {
      const { runDemo } = await import('./demo/run-demo.js');
      return runDemo({ once: flags.includes('--once'), calls: flags.includes('--calls') });
    }
    default:
      console.error(USAGE);
      return 2;
  }
}

async function serve(role?: 'worker'): Promise<undefined> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const app = await createApp(role ? { ...config, role } : config, log);
  await app.start();
  log.info('Tieout is ready', { detail: `${config.appUrl} (${role ?? config.role})` });
  const drain = (signal: string) => {
    log.info('stopping', { reason: signal });
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', drain).once('SIGINT', drain);
}

main(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exit(code);
  },
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  },
);
