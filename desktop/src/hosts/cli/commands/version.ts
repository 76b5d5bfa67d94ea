import type { Command } from 'commander';
import { version } from '#kit/version.ts';
import { engineNow } from '../engine-now.ts';
import { exitStatus } from '../exit-status.ts';
import type { Register } from '../program.ts';

export function addVersion(program: Command, register: Register): void {
  const command = program.command('version').description('print the versions of Quayside and of the engine');
  register(command, async ({ client, output, signal }) => {
    const engine = await engineNow(client, signal);
    output.line(`Quayside ${version}`);
    const detail =
      engine?.version === undefined
        ? (engine?.problem?.message ?? 'no engine answers')
        : `${engine.version} (API ${String(engine.apiVersion)}) at ${engine.endpoint}, from ${engine.source}`;
    output.line(`Engine   ${detail}`);
    output.result(true, { version, engine });
    return exitStatus.done;
  });
}
