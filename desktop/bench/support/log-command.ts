import { fileURLToPath } from 'node:url';
import { createComposeProject } from '#testing/compose-project.ts';
import { writer } from './log-live.ts';
import { median, timed, told } from './measure.ts';

const quayside = fileURLToPath(new URL('../../bin/quayside.mjs', import.meta.url));

/** All lines of two services as the command prints them, masked and in the order of time, against `docker compose logs`. */
export async function benchCommand(lines: number): Promise<void> {
  const command = ['node', '-e', writer(lines, 0)];
  const service = { image: 'node:24-bookworm-slim', command };
  const project = await createComposeProject({ services: { one: service, two: service } });
  try {
    await project.compose('up');
    const file = `${project.directory}/compose.yaml`;
    const named = `-p ${project.name} -f ${file} logs`;
    const printed = (program: string): Promise<number> => timed('sh', ['-c', `${program} > /dev/null`]);
    const [ours, theirs, stamped]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < 3; round += 1) {
      theirs.push(await printed(`docker compose ${named} --no-color`));
      stamped.push(await printed(`docker compose ${named} --no-color -t`));
      ours.push(await printed(`'${process.execPath}' '${quayside}' ${named}`));
    }
    const mine = median(ours);
    const row = `${lines * 2} lines of two services printed by the command, time / docker compose logs`;
    told(row, mine / median(theirs), 'x', `ours ${mine.toFixed(0)} ms, theirs ${median(theirs).toFixed(0)} ms`);
    told('the same / docker compose logs -t', mine / median(stamped), 'x', 'with timestamps, as ours');
  } finally {
    await project.remove();
  }
}
