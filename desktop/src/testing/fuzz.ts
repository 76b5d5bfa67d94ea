import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

/** `QUAYSIDE_FUZZ_SECONDS` searches that long, each time in other places; without it a few examples are tried. */
const seconds = Number(process.env['QUAYSIDE_FUZZ_SECONDS'] ?? '0');
/** How long a test that fuzzes may take, in milliseconds. */
export const fuzzTimeout = (seconds + 60) * 1000;
const mostGrowth = 32 * 1024 * 1024;

/** One line of the file that `QUAYSIDE_FUZZ_REPORT` names. */
export interface FuzzReport {
  readonly name: string;
  readonly seconds: number;
  readonly runs: number;
  /** By how many bytes the heap was larger at the end than halfway. */
  readonly growth: number;
}

/** Tries a property `few` times with the same examples, or for as long as was asked for; then the heap may not grow. */
export async function fuzz<Values>(name: string, property: fc.IRawProperty<Values>, few: number): Promise<void> {
  if (seconds === 0) {
    await fc.assert(property, { numRuns: few, seed: 6 });
    return;
  }
  const first = await search(property, (seconds * 1000) / 2);
  const before = heap();
  const second = await search(property, (seconds * 1000) / 2);
  const growth = heap() - before;
  const report: FuzzReport = { name, seconds, runs: first + second, growth };
  const file = process.env['QUAYSIDE_FUZZ_REPORT'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(report)}\n`);
  if (growth > mostGrowth) throw new Error(`${name}: the heap grew by ${growth} bytes in ${second} runs.`);
}

/** Gives how often the property was tried; throws as fast-check does where it does not hold. */
async function search<Values>(property: fc.IRawProperty<Values>, milliseconds: number): Promise<number> {
  const found = await fc.check(property, { numRuns: 1e9, interruptAfterTimeLimit: milliseconds });
  if (found.failed) throw new Error(fc.defaultReportMessage(found));
  return found.numRuns;
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
