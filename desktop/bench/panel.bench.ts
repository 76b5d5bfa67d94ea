import { join } from 'node:path';
import { startPanel } from '#testing/served-panel.ts';
import { median, report } from './support/measure.ts';
import { sampleProject } from './support/stack.ts';

/** Cold start of the web host to its first state, and of `npm start` with everything in place to a usable panel. */
const repository = join(import.meta.dirname, '../..');
const { directory, remove } = await sampleProject('qs-bench-panel');

async function measure(command: string, args: readonly string[], rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const panel = await startPanel(command, args, repository);
    times.push(panel.stateMs);
    await panel.close();
  }
  return median(times) / 1000;
}

try {
  const host = await measure(process.execPath, ['desktop/out/hosts/web.js', '--no-open', '-C', directory], 5);
  report('web host, cold start to first state', host, 2, 's');
  const start = await measure('npm', ['start', '--', '--web', '--no-open', '-C', directory], 3);
  report('npm start with everything in place to first state', start, 10, 's');
} finally {
  await remove();
}
