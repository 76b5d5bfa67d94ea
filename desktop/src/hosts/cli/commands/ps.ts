import type { Command } from 'commander';
import type { ServiceState, StackState } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import { type Output, type Style } from '../output.ts';
import type { Register } from '../program.ts';

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
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const format = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  output.line(output.paint('dim', format(header)));
  state.services.forEach((service, index) => {
    const text = format(rows[index] ?? []);
    const style = styles[service.condition];
    const condition = service.condition.padEnd(widths[1] ?? 0);
    output.line(style === undefined ? text : text.replace(condition, output.paint(style, condition)));
    if (service.reason !== undefined) output.line(`  ${output.paint('dim', printable(service.reason))}`);
  });
  output.line(state.sentence);
  if (state.orphans.length > 0) output.line(`Not in the files: ${state.orphans.join(', ')}`);
}
