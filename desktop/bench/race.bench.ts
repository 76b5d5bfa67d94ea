import { report } from './support/measure.ts';
import { faultOf, mustRun, panelOn, rollBack, twoVersions } from './support/two-versions.ts';

/**
 * Two panels and the command begin a rollback at once: exactly one acts, the others are told who does. Fifty rounds, or
 * QUAYSIDE_BENCH_REPEATS.
 */
const rounds = Number(process.env['QUAYSIDE_BENCH_REPEATS'] ?? 50);
/** Long enough that none of them comes when another has ended already. */
const window = 3;

const stack = await twoVersions();
const panels = [panelOn(stack), panelOn(stack)];
const byCommand = async (release: string): Promise<string> => {
  const { status, err } = await stack.run(['rollback', release, '--window', String(window)]);
  if (status === 0) return 'done';
  return status === 6 ? 'RELEASE_LOCKED' : err;
};
try {
  const actors = [0, 0, 0];
  let wrong = 0;
  for (let round = 0; round < rounds; round += 1) {
    const release = round % 2 === 0 ? '1.0.0' : '1.1.0';
    // The command needs its time to start; by turns it gets a head start, so that all of them win now and then.
    const command = byCommand(release);
    await new Promise((resolve) => setTimeout(resolve, (round % 8) * 80));
    const ended = await Promise.all([...panels.map((panel) => rollBack(panel, release, window)), command]);
    const fault = await faultOf(stack, release);
    const right =
      ended.filter((end) => end === 'done').length === 1 &&
      ended.filter((end) => end === 'RELEASE_LOCKED').length === 2;
    ended.forEach((end, index) => {
      if (end === 'done') actors[index] = (actors[index] ?? 0) + 1;
    });
    if (right && fault === undefined) continue;
    wrong += 1;
    process.stdout.write(`     round ${round}: ${ended.join(', ')}; ${fault ?? 'the stack is right'}\n`);
    await mustRun(stack, ['rollback', release]);
  }
  report(
    `rounds in which not exactly one of three acted, of ${rounds}`,
    wrong,
    0,
    'rounds',
    `panel ${actors[0]}, other panel ${actors[1]}, command ${actors[2]}`,
  );
} finally {
  for (const panel of panels) await panel.dispose();
  await stack.remove();
}
