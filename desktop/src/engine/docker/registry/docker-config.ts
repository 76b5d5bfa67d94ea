import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { say } from '#kit/say.ts';

const text = z.string().optional();
const login = z.object({ auth: text, username: text, password: text, identitytoken: text });
export type StoredLogin = z.infer<typeof login>;

/** Go writes an empty map as null. */
const mapOf = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), value)
    .nullish()
    .transform((map) => map ?? {});
const logins = mapOf(login);
const proxy = z.object({ httpProxy: text, httpsProxy: text, noProxy: text, ftpProxy: text, allProxy: text });
const configFile = z.object({
  auths: logins,
  credsStore: text,
  credHelpers: mapOf(z.string()),
  /** By address of the engine, or `default`. */
  proxies: mapOf(proxy),
});

/** The part of Docker's own configuration that is about registries and the ways to them. */
export type DockerConfig = z.infer<typeof configFile>;

const none: DockerConfig = { auths: {}, credHelpers: {}, proxies: {} };

type Env = Readonly<Record<string, string | undefined>>;

/** Reads `config.json` from DOCKER_CONFIG or ~/.docker. A missing file is empty; a broken one is empty and named in `problem`. */
export async function readDockerConfig(
  env: Env,
): Promise<{ readonly config: DockerConfig; readonly problem?: string }> {
  const file = join(given(env['DOCKER_CONFIG']) ?? join(homeFolder(env), '.docker'), 'config.json');
  try {
    return { config: configFile.parse(JSON.parse(await readFile(file, 'utf8'))) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { config: none };
    // The file holds passwords: what a parser quotes from it must not be passed on.
    return { config: none, problem: say`${file} cannot be read, so no saved login was used` };
  }
}

/** The home folder that a program started with this environment would use. */
export function homeFolder(env: Env): string {
  return given(env['HOME']) ?? homedir();
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** The logins of DOCKER_AUTH_CONFIG, which CI systems set. */
export function loginsFromEnvironment(env: Env): Readonly<Record<string, StoredLogin>> {
  const value = env['DOCKER_AUTH_CONFIG'];
  if (!value) return {};
  try {
    const parsed = z.object({ auths: logins }).safeParse(JSON.parse(value));
    return parsed.success ? parsed.data.auths : {};
  } catch {
    return {};
  }
}
