import type { Command } from 'commander';
import type { StackState } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';

export function addHealth(program: Command, register: Register): void {
  const command = program
    .command('health')
    .description('show the health of each container with its last probe; exit 1 unless all is well')
    .option('--watch', 'go on and show every change until interrupted');
  register(command, async (session) => {
    const environment = await session.environment();
    if (command.opts<{ watch?: boolean }>().watch === true) return watch(session, environment);
    const state = await session.client.stack.get({ environment });
    showHealth(session.output, state);
    const ok = state.condition === 'healthy';
    session.output.result(ok, { stack: state });
    return ok ? exitStatus.done : exitStatus.failed;
  });
}

async function watch({ client, output, signal }: Session, environment: string): Promise<number> {
  let shown = '';
  try {
    for await (const state of await client.stack.watch({ environment }, { signal })) {
      // What has not been read yet would be told as a change.
      if (state.reading !== undefined) continue;
      output.event({ type: 'stack', stack: state });
      const text = JSON.stringify([state.sentence, state.services.map(({ condition, reason }) => [condition, reason])]);
      if (text !== shown) showHealth(output, state);
      shown = text;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  output.result(true, {});
  return exitStatus.done;
}

function showHealth(output: Output, state: StackState): void {
  output.line(output.paint('bold', state.sentence));
  for (const service of state.services) {
    const reason = service.reason === undefined ? '' : `: ${printable(service.reason)}`;
    output.line(`  ${service.name} ${service.condition}${reason}`);
    for (const container of service.containers) {
      const probe = container.probes.at(-1);
      if (!probe) continue;
      const said = printable(probe.output.trim().split('\n')[0] ?? '');
      output.line(
        `    ${output.paint('dim', `${container.name}: probe at ${probe.endedAt} exit ${probe.exitCode} ${said}`)}`,
      );
    }
  }
}
