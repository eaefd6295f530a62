import { fork } from 'node:child_process';
import { Figures, type Summary } from './report.js';
import { runSeed } from './run-seed.js';

/** Seeds a worker is given at a time: enough to be worth the message, few enough that all end together. */
const SHARE = 25;

/**
 * `npm run simulate -- --seeds N [--from S] [--workers K]`: exit code 1 when an invariant was broken; then the first such run is told
 * step by step.
 */
async function simulate(from: number, count: number, workers: number): Promise<void> {
  const figures = new Figures();
  const started = performance.now();
  const shares = Array.from({ length: Math.ceil(count / SHARE) }, (_each, index) => ({ from: from + index * SHARE, count: Math.min(SHARE, count - index * SHARE) }));
  const take = async (): Promise<void> => {
    const run = workers > 1 ? inChild() : { share: runShare, end: () => undefined };
    for (let share = shares.shift(); share; share = shares.shift()) {
      const summary = await run.share(share);
      for (const failure of summary.failures) tell(failure, figures.failures.length === 0);
      figures.merge(summary);
      if (figures.runs % 1_000 < SHARE) console.log(`… ${figures.runs} runs, ${figures.failures.length} broke an invariant`);
    }
    run.end();
  };
  await Promise.all(Array.from({ length: workers }, take));
  console.log(figures.text((performance.now() - started) / 1_000));
  process.exitCode = figures.failures.length > 0 ? 1 : 0;
}

interface Share {
  from: number;
  count: number;
}

async function runShare({ from, count }: Share): Promise<Summary> {
  const figures = new Figures();
  for (let seed = from; seed < from + count; seed += 1) figures.add(await runSeed(seed));
  return figures;
}

/** Another process of this same script, which runs what it is sent. */
function inChild(): { share: (share: Share) => Promise<Summary>; end: () => void } {
  const child = fork(__filename, ['--child'], { serialization: 'advanced' });
  return {
    share: (share) => new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`a worker ended with ${code ?? 'a signal'} at seed ${share.from} or later`));
      child.once('exit', ended);
      child.once('message', (summary: Summary) => {
        child.off('exit', ended);
        resolve(summary);
      });
      child.send(share);
    }),
    end: () => child.removeAllListeners('exit').disconnect(),
  };
}

function tell(failure: Summary['failures'][number], whole: boolean): void {
  if (whole) console.log(failure.story.join('\n'));
  console.log(`seed ${failure.seed}: ${failure.violations.join('\n  ')}`);
}

function numberAfter(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be followed by a whole number`);
  return value;
}

// No stack of a fault that is meant is ever read, and taking one is a twentieth of the time.
Error.stackTraceLimit = 0;

if (process.argv.includes('--child')) {
  process.on('message', (share: Share) => void runShare(share).then((summary) => process.send?.(summary)));
} else void simulate(numberAfter('--from', 1), numberAfter('--seeds', 200), Math.max(1, numberAfter('--workers', 1)));
