import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { generatedBill } from './bill-generator.js';
import { judge } from './judge-bill.js';

/** `npx tsx test/core/run-many-bills.ts --count 100000 --seed 1`: counts outcomes; stops at the first bill that is neither equal nor held. */
const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
const started = process.hrtime.bigint();

fc.assert(
  fc.property(generatedBill, (generated) => {
    const verdict = judge(generated);
    count(verdict.outcome === 'equal' ? 'equal to the cent' : `held: ${verdict.reason}, as ${verdict.because}`);
    if (verdict.outcome === 'equal') count(verdict.xeroAgrees ? '  of these, also by Xero\'s own rounding' : '  of these, needing our tax or a rounding line');
  }),
  { numRuns: Number(values.count), seed: Number(values.seed) },
);

const seconds = Number(process.hrtime.bigint() - started) / 1e9;
for (const [what, times] of [...counts].sort()) console.log(`${String(times).padStart(8)}  ${what}`);
console.log(`${values.count} bills, seed ${values.seed}, ${seconds.toFixed(1)} s, no third outcome`);
