import { MUTANTS } from './mutants.js';
import { runSeed } from './run-seed.js';

/** Tells at which seed each deliberate mistake is caught; exit code 1 when one is not within 2,000. `npx tsx test/simulation/hunt-mutants.ts [WORD]`: only those whose name has the word. */
async function hunt(word: string): Promise<void> {
  for (const [name, mutant] of Object.entries(MUTANTS).filter(([each]) => each.includes(word))) {
    let seed = 0;
    let caught: string | undefined;
    while (caught === undefined && seed < 2_000) caught = (await runSeed((seed += 1), mutant)).violations[0];
    console.log(`${name}: ${caught === undefined ? 'NOT CAUGHT' : `seed ${seed}, ${caught}`}`);
    if (caught === undefined) process.exitCode = 1;
  }
}

void hunt(process.argv[2] ?? '');
