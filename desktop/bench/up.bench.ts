import { fileURLToPath } from 'node:url';
import { median, report, run, timed } from './support/measure.ts';
import { sampleProject } from './support/stack.ts';

/** `up` of a stack that runs already and of one that does not exist, against `docker compose` in the same run. */
const quayside = fileURLToPath(new URL('../bin/quayside.mjs', import.meta.url));
const rounds = 9;
const ours = (file: string, ...args: string[]): Promise<number> =>
  timed(process.execPath, [quayside, '-f', file, ...args]);
const theirs = (file: string, ...args: string[]): Promise<number> => timed('docker', ['compose', '-f', file, ...args]);

const { file, remove } = await sampleProject('qs-bench-up');
try {
  const cold = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < 3; round += 1) {
    cold.theirs.push(await theirs(file, 'up', '-d', '--wait'));
    await theirs(file, 'down', '-t', '0');
    cold.ours.push(await ours(file, 'up'));
    if (round < 2) await theirs(file, 'down', '-t', '0');
  }
  const warm = { ours: [] as number[], theirs: [] as number[] };
  await ours(file, 'up');
  await theirs(file, 'up', '-d');
  for (let round = 0; round < rounds; round += 1) {
    warm.theirs.push(await theirs(file, 'up', '-d'));
    warm.ours.push(await ours(file, 'up'));
  }
  const text = (pair: typeof warm): string =>
    `${median(pair.ours).toFixed(0)} ms against ${median(pair.theirs).toFixed(0)} ms`;
  report('warm up, unchanged stack', median(warm.ours) / median(warm.theirs), 0.3, 'x', text(warm));
  report('up from nothing, images present', median(cold.ours) / median(cold.theirs), 0.9, 'x', text(cold));
} finally {
  await run('docker', ['compose', '-f', file, 'down', '-t', '0']);
  await remove();
}
