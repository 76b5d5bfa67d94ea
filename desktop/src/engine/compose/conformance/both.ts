import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { configJson, loadModel } from '../index.ts';
import type { LoadRequest, Model } from '../model.ts';
import type { Case } from './case.ts';

const run = promisify(execFile);

/** Puts the files of a case into a folder of its own for as long as `use` needs them. */
export async function withFolder<T>(one: Pick<Case, 'files'>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'qs-case-'));
  try {
    for (const [name, text] of Object.entries(one.files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The environment both tools see: what they need to run and what the case sets, nothing else of this process. */
export function environmentOf(one: Case): Record<string, string> {
  const kept = ['PATH', 'DOCKER_HOST', 'DOCKER_CONFIG'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: homedir(), ...one.env };
}

const filesOf = (one: Case): readonly string[] => one.use ?? ['compose.yml'];

/** The options of the reference tool that name the case. */
export function cliArguments(one: Case): string[] {
  return [
    'compose',
    ...filesOf(one).flatMap((name) => ['-f', name]),
    ...(one.envFiles ?? []).flatMap((name) => ['--env-file', name]),
    ...(one.profiles ?? []).flatMap((name) => ['--profile', name]),
    ...(one.project === undefined ? [] : ['-p', one.project]),
  ];
}

export type Outcome =
  | { readonly ok: true; readonly config: unknown }
  | { readonly ok: false; readonly message: string };

/** What the reference tool makes of a case. */
export async function byReference(one: Case, folder: string): Promise<Outcome> {
  try {
    const { stdout } = await run('docker', [...cliArguments(one), 'config', '--format', 'json'], {
      cwd: folder,
      env: environmentOf(one),
      maxBuffer: 64 * 1024 * 1024,
    });
    return { ok: true, config: JSON.parse(stdout) };
  } catch (error) {
    return { ok: false, message: String(error) };
  }
}

export function requestOf(one: Case, folder: string): LoadRequest {
  return {
    directory: folder,
    files: filesOf(one),
    envFiles: one.envFiles ?? [],
    profiles: one.profiles ?? [],
    env: environmentOf(one),
    ...(one.project === undefined ? {} : { projectName: one.project }),
  };
}

/** What this engine makes of it. */
export async function byUs(one: Case, folder: string): Promise<Outcome> {
  let model: Model;
  try {
    model = await loadModel(requestOf(one, folder));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, config: JSON.parse(configJson(model)) };
}
