import { type Command, Option } from 'commander';
import { QuaysideError, type ResolvedLine } from '#contract/index.ts';
import { printable } from '#kit/printable.ts';
import { exitStatus } from '../exit-status.ts';
import type { Register } from '../program.ts';
import type { Session } from '../session.ts';

export function addConfig(program: Command, register: Register): void {
  const command = program
    .command('config')
    .description('print the resolved compose model')
    .addOption(new Option('--format <format>', 'output format').choices(['yaml', 'json']).default('yaml'))
    .addOption(
      new Option('--origins', 'where each value comes from, beside it; secrets masked').conflicts(['format', 'hash']),
    )
    .option('--hash <service>', 'print "SERVICE HASH" lines for a service, or for all with *');
  register(command, async (session) => {
    const { client, output } = session;
    const { format, hash, origins } = command.opts<{ format: 'yaml' | 'json'; hash?: string; origins?: boolean }>();
    if (origins === true) return showOrigins(session);
    const view = await client.config.show({ environment: await session.environment(), reveal: hash === undefined });
    for (const warning of view.warnings) output.hint(`warning: ${warning}`);
    if (output.json) {
      const model: unknown = JSON.parse(view.json);
      output.result(true, { model, hashes: view.hashes });
    } else if (hash !== undefined) {
      output.raw(hashLines(view.hashes, hash));
    } else {
      output.raw(format === 'json' ? `${view.json}\n` : view.yaml);
    }
    return exitStatus.done;
  });
}

async function showOrigins(session: Session): Promise<number> {
  const { client, output } = session;
  const { lines, warnings } = await client.configuration.resolved({ environment: await session.environment() });
  for (const warning of warnings) output.hint(`warning: ${warning}`);
  const width = Math.min(72, Math.max(...lines.map(({ text }) => text.length)));
  for (const { text, origin } of lines)
    output.line(printable(text.padEnd(width)) + output.paint('dim', originWords(origin)));
  output.result(true, { lines });
  return exitStatus.done;
}

function originWords(origin: ResolvedLine['origin']): string {
  if (origin === undefined) return '';
  const { file, line, variables } = origin;
  return printable(`  # ${[`${file}:${line}`, ...variables.map((name) => `$${name}`)].join(' ')}`);
}

function hashLines(hashes: Readonly<Record<string, string>>, wanted: string): string {
  const chosen = Object.entries(hashes).filter(([service]) => wanted === '*' || service === wanted);
  if (chosen.length === 0) {
    throw new QuaysideError('SERVICE_NOT_FOUND', `There is no service named ${wanted}.`, {
      remedy: `Services of this project: ${Object.keys(hashes).join(', ')}.`,
    });
  }
  return chosen.map(([service, value]) => `${service} ${value}\n`).join('');
}
