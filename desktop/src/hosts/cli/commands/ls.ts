import type { Command } from 'commander';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Register } from '../program.ts';

export function addLs(program: Command, register: Register): void {
  const command = program
    .command('ls')
    .description('list the compose projects on the engine that are not of this folder');
  register(command, async ({ client, output }) => {
    const projects = await client.project.others();
    for (const { project, running, containers, directory } of projects) {
      const from = directory === undefined ? '' : `  ${output.paint('dim', printable(directory))}`;
      output.line(`${printable(project)}  ${running} of ${containers} running${from}`);
    }
    if (projects.length === 0) output.line('There are no other projects on this engine.');
    output.result(true, { projects });
    return exitStatus.done;
  });
}
