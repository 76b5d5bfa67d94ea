import { fileURLToPath } from 'node:url';
import { action } from '#contract/index.ts';
import { median, report, run, timed } from './support/measure.ts';
import { panelIn } from './support/panel-in.ts';
import { sampleProject } from './support/stack.ts';

/**
 * `up` of a stack that runs already and of one that does not exist, against `docker compose` in the same run; once as a click in a
 * panel that runs, once as the command. Node alone needs about as long to start as the budget has, so it is measured too.
 */
const quayside = fileURLToPath(new URL('../bin/quayside.mjs', import.meta.url));
const rounds = 9;
const ours = (file: string, ...args: string[]): Promise<number> =>
  timed(process.execPath, [quayside, '-f', file, ...args]);
const theirs = (file: string, ...args: string[]): Promise<number> => timed('docker', ['compose', '-f', file, ...args]);

const { directory, file, project, remove } = await sampleProject('qs-bench-up');
try {
  const cold = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < 3; round += 1) {
    cold.theirs.push(await theirs(file, 'up', '-d', '--wait'));
    await theirs(file, 'down', '-t', '0');
    cold.ours.push(await ours(file, 'up'));
    if (round < 2) await theirs(file, 'down', '-t', '0');
  }
  const warm = { click: [] as number[], ours: [] as number[], theirs: [] as number[], node: [] as number[] };
  await ours(file, 'up');
  await theirs(file, 'up', '-d');
  const panel = panelIn(directory, project);
  const click = async (): Promise<number> => {
    const begun = performance.now();
    const { id } = await panel.operations.start('default', action.parse({ verb: 'up' }));
    for await (const event of panel.operations.watch(id, new AbortController().signal)) {
      if (event.type !== 'end') continue;
      if (event.outcome !== 'done') throw new Error(event.summary);
      break;
    }
    return performance.now() - begun;
  };
  try {
    await click();
    for (let round = 0; round < rounds; round += 1) {
      warm.theirs.push(await theirs(file, 'up', '-d'));
      warm.ours.push(await ours(file, 'up'));
      warm.click.push(await click());
      warm.node.push(await timed(process.execPath, ['-e', '0']));
    }
  } finally {
    await panel.dispose();
  }
  const against = (what: string, own: readonly number[], other: readonly number[], budget: number): void => {
    const [mine, reference] = [median(own), median(other)];
    report(what, mine / reference, budget, 'x', `${mine.toFixed(0)} ms against ${reference.toFixed(0)} ms`);
  };
  against('up of an unchanged stack, click in a running panel', warm.click, warm.theirs, 0.3);
  against('up of an unchanged stack, the command', warm.ours, warm.theirs, 0.3);
  process.stdout.write(`     Node alone starts and ends in ${median(warm.node).toFixed(0)} ms\n`);
  against('up from nothing, images present', cold.ours, cold.theirs, 0.9);
} finally {
  await run('docker', ['compose', '-f', file, 'down', '-t', '0']);
  await remove();
}
