import type { Command } from 'commander';
import type { ServiceState, StackState } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import { type Output, type Style } from '../output.ts';
import type { Register } from '../program.ts';
import { tableLines } from '../table.ts';

export function addPs(program: Command, register: Register): void {
  const command = program.command('ps').description('list the services with their state');
  register(command, async (session) => {
    const state = await session.client.stack.get({ environment: await session.environment() });
    showStack(session.output, state);
    session.output.result(true, { stack: state });
    return exitStatus.done;
  });
}

const styles: Partial<Record<ServiceState['condition'], Style>> = {
  healthy: 'ok',
  running: 'ok',
  done: 'ok',
  unhealthy: 'bad',
  failed: 'bad',
  crashing: 'bad',
  starting: 'accent',
  waiting: 'accent',
};

/** The services as a table, and the overall state in a sentence. */
function showStack(output: Output, state: StackState): void {
  const rows = state.services.map((service) => [
    service.name,
    service.condition,
    service.ports
      .map((port) => `${port.hostIp || '*'}:${port.hostPort}->${port.containerPort}/${port.protocol}`)
      .join(', '),
    service.image,
  ]);
  const header = ['SERVICE', 'STATE', 'PORTS', 'IMAGE'];
  const [head = '', ...lines] = tableLines(header, rows);
  output.line(output.paint('dim', head));
  state.services.forEach((service, index) => {
    const text = lines[index] ?? '';
    const style = styles[service.condition];
    output.line(
      style === undefined
        ? text
        : text.replace(`  ${service.condition}`, `  ${output.paint(style, service.condition)}`),
    );
    if (service.reason !== undefined) output.line(`  ${output.paint('dim', printable(service.reason))}`);
  });
  output.line(state.sentence);
  if (state.orphans.length > 0) output.line(`Not in the files: ${state.orphans.join(', ')}`);
}
