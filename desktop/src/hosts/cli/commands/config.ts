import { type Command, Option } from 'commander';
import { QuaysideError } from '#contract/index.ts';
import { exitStatus } from '../exit-status.ts';
import type { Register } from '../program.ts';

export function addConfig(program: Command, register: Register): void {
  const command = program
    .command('config')
    .description('print the resolved compose model')
    .addOption(new Option('--format <format>', 'output format').choices(['yaml', 'json']).default('yaml'))
    .option('--hash <service>', 'print "SERVICE HASH" lines for a service, or for all with *');
  register(command, async (session) => {
    const { client, output } = session;
    const { format, hash } = command.opts<{ format: 'yaml' | 'json'; hash?: string }>();
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

function hashLines(hashes: Readonly<Record<string, string>>, wanted: string): string {
  const chosen = Object.entries(hashes).filter(([service]) => wanted === '*' || service === wanted);
  if (chosen.length === 0) {
    throw new QuaysideError('SERVICE_NOT_FOUND', `There is no service named ${wanted}.`, {
      remedy: `Services of this project: ${Object.keys(hashes).join(', ')}.`,
    });
  }
  return chosen.map(([service, value]) => `${service} ${value}\n`).join('');
}
