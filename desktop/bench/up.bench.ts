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
const coldRounds = 5;
const ours = (file: string, ...args: string[]): Promise<number> =>
  timed(process.execPath, [quayside, '-f', file, ...args]);
const theirs = (file: string, ...args: string[]): Promise<number> => timed('docker', ['compose', '-f', file, ...args]);

const { directory, file, project, remove } = await sampleProject('qs-bench-up');
const panel = panelIn(directory, project);

async function click(): Promise<number> {
  const begun = performance.now();
  const { id } = await panel.operations.start('default', action.parse({ verb: 'up' }));
  for await (const event of panel.operations.watch(id, new AbortController().signal)) {
    if (event.type !== 'end') continue;
    if (event.outcome !== 'done') throw new Error(event.summary);
    break;
  }
  return performance.now() - begun;
}

interface Times {
  readonly click: number[];
  readonly ours: number[];
  readonly theirs: number[];
}

const noTimes = (): Times => ({ click: [], ours: [], theirs: [] });

function against(what: string, { click: clicked, ours: own, theirs: other }: Times, budget: number): void {
  const reference = median(other);
  for (const [way, times] of [
    ['a click in a running panel', clicked],
    ['the command', own],
  ] as const) {
    const mine = median(times);
    report(
      `${what}, ${way}`,
      mine / reference,
      budget,
      'x',
      `${mine.toFixed(0)} ms against ${reference.toFixed(0)} ms`,
    );
  }
}

try {
  const [cold, warm, node] = [noTimes(), noTimes(), [] as number[]];
  const fromNothing = async (time: () => Promise<number>): Promise<number> => {
    await theirs(file, 'down', '-t', '0');
    return time();
  };
  // The panel reads the folder and dials the engine once, as it has when somebody clicks.
  await click();
  for (let round = 0; round < coldRounds; round += 1) {
    cold.theirs.push(await fromNothing(() => theirs(file, 'up', '-d', '--wait')));
    cold.ours.push(await fromNothing(() => ours(file, 'up')));
    cold.click.push(await fromNothing(click));
  }
  for (let round = 0; round < rounds; round += 1) {
    warm.theirs.push(await theirs(file, 'up', '-d'));
    warm.ours.push(await ours(file, 'up'));
    warm.click.push(await click());
    node.push(await timed(process.execPath, ['-e', '0']));
  }
  against('up of an unchanged stack', warm, 0.3);
  process.stdout.write(`     Node alone starts and ends in ${median(node).toFixed(0)} ms\n`);
  against('up from nothing, images present', cold, 0.9);
} finally {
  await panel.dispose();
  await run('docker', ['compose', '-f', file, 'down', '-t', '0']);
  await remove();
}
