import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CommandOptions {
  readonly cwd?: string | undefined;
  /** Variables added to those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly input?: string | undefined;
}

/** Runs a program to its end and gives both outputs; throws with them where it fails. */
export async function command(program: string, args: readonly string[], { cwd, env, input }: CommandOptions = {}) {
  const running = run(program, [...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  running.child.stdin?.end(input);
  return running;
}

/** Runs the reference CLI and gives its standard output without the last line end. */
export async function docker(args: readonly string[], options?: CommandOptions): Promise<string> {
  return (await command('docker', args, options)).stdout.trimEnd();
}
