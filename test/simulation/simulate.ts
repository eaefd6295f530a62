import { Figures } from './report.js';
import { runSeed } from './run-seed.js';

/** `npm run simulate -- --seeds N [--from S]`: exit code 1 when an invariant was broken; then the first such run is told step by step. */
async function simulate(from: number, count: number): Promise<void> {
  const figures = new Figures();
  const started = performance.now();
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await runSeed(seed);
    figures.add(result);
    if (result.violations.length === 0) continue;
    if (figures.failed.length === 1) console.log([...result.history, JSON.stringify(result.profile)].join('\n'));
    console.log(`seed ${seed}: ${result.violations.join('\n  ')}`);
  }
  console.log(figures.text((performance.now() - started) / 1_000));
  process.exitCode = figures.failed.length > 0 ? 1 : 0;
}

function numberAfter(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be followed by a whole number`);
  return value;
}

void simulate(numberAfter('--from', 1), numberAfter('--seeds', 200));
