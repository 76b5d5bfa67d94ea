import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Variables added to the environment of a call. */
export type DockerEnv = Readonly<Record<string, string>>;

/** Address of the engine that tests may use. */
export function testEngine(): string {
  const url = process.env['DOCKER_HOST'];
  if (url === undefined || url === '') throw new Error('DOCKER_HOST has to name the engine for this test');
  return url;
}

/** Runs the reference CLI and gives what it wrote. Throws where it fails. */
export function docker(
  args: readonly string[],
  options: { cwd?: string; env?: DockerEnv } = {},
): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, NO_COLOR: '1', ...options.env };
  return run('docker', [...args], { maxBuffer: 256 * 1024 * 1024, cwd: options.cwd, env });
}

/** Runs the reference CLI and gives its standard output without the last line end. */
export async function dockerText(...args: string[]): Promise<string> {
  return (await docker(args)).stdout.trimEnd();
}

/** Takes containers, networks, volumes and images with this label (`key` or `key=value`) off the engine. */
export async function removeLabelled(label: string): Promise<void> {
  const filter = ['--filter', `label=${label}`];
  const once = async (): Promise<void> => {
    await removeAll(['ps', '-aq', '--no-trunc', ...filter], ['rm', '-f', '-v']);
    await removeAll(['network', 'ls', '-q', ...filter], ['network', 'rm']);
    await removeAll(['volume', 'ls', '-q', ...filter], ['volume', 'rm', '-f']);
    await removeAll(['image', 'ls', '-q', ...filter], ['image', 'rm', '-f']);
  };
  // Where a test failed amid an operation, more is made meanwhile; its own error is the one to be told.
  await once().catch(once);
}

async function removeAll(list: readonly string[], remove: readonly string[]): Promise<void> {
  const ids = new Set((await dockerText(...list)).split('\n').filter((id) => id !== ''));
  if (ids.size > 0) await docker([...remove, ...ids]);
}
