import { command } from './command.ts';

/** Builds (or with `--print` only resolves) what docker-bake.hcl of that folder defines. */
export function bake(directory: string, env: Readonly<Record<string, string>>, ...args: string[]) {
  return command('docker', ['buildx', 'bake', '-f', 'docker/docker-bake.hcl', ...args], { cwd: directory, env });
}
