import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type HashProfile, hashProfileOf } from '#engine/compose/index.ts';

const execute = promisify(execFile);

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A docker compose that this engine is compared with. */
export interface Reference {
  /** Such as `2.26.1`. */
  readonly version: string;
  readonly profile: HashProfile;
  /** Runs `docker compose ARGS`; never throws for a failure of the command. */
  run(args: readonly string[], options: RunOptions): Promise<Ran>;
}

/** The variables that the tools need to find each other and the engine; nothing else of this process is passed on. */
export function toolEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'DOCKER_HOST', 'DOCKER_CONFIG'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The plugin is run by itself where it can be found: that takes half the time of going through `docker`. */
async function pluginPath(): Promise<string | undefined> {
  const format = '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}';
  const { stdout } = await execute('docker', ['info', '--format', format]);
  return stdout.trim() === '' ? undefined : stdout.trim();
}

async function referenceAt(command: string, before: readonly string[]): Promise<Reference> {
  const run = async (args: readonly string[], { cwd, env }: RunOptions): Promise<Ran> => {
    const options = { cwd, env, maxBuffer: 256 * 1024 * 1024 };
    try {
      return { ok: true, ...(await execute(command, [...before, ...args], options)) };
    } catch (error) {
      if (
        error instanceof Error &&
        'stderr' in error &&
        'stdout' in error &&
        'code' in error &&
        error.code !== 'ENOENT'
      ) {
        return { ok: false, stdout: String(error.stdout), stderr: String(error.stderr) };
      }
      throw error;
    }
  };
  const asked = await run(['version', '--short'], { cwd: '/', env: toolEnvironment() });
  const version = /\d+\.\d+\.\d+/.exec(asked.stdout)?.[0];
  if (version === undefined) throw new Error(`${command} does not say its version: ${asked.stderr}`);
  return { version, profile: hashProfileOf(version), run };
}

/** The docker compose of this machine. */
export async function mainReference(): Promise<Reference> {
  const plugin = await pluginPath();
  return plugin === undefined ? referenceAt('docker', ['compose']) : referenceAt(plugin, []);
}

/** A second, newer docker compose, which `npm run conformance` provides where it can (QUAYSIDE_NEWER_COMPOSE). */
export async function newerReference(): Promise<Reference | undefined> {
  const path = process.env['QUAYSIDE_NEWER_COMPOSE'] ?? '';
  return path === '' ? undefined : referenceAt(path, []);
}
