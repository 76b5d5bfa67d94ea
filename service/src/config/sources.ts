import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentName } from './names.ts';

export type Values = Record<string, unknown>;

/** What one source says, and what is wrong with it. */
export interface Source {
  readonly values: Values;
  readonly issues: readonly string[];
}

const secretLooking = /secret|token|password|passwd|credential|api_?key|private_?key/i;

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads `<directory>/<environment>.json`; a file that is absent says nothing. */
export function fromFile(directory: string, environment: string, secretKeys: ReadonlySet<string>): Source {
  const path = join(directory, `${environment}.json`);
  if (!existsSync(path)) return { values: {}, issues: [] };
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return { values: {}, issues: [`${path}: ${reason(error)}`] };
  }
  if (!isRecord(parsed)) return { values: {}, issues: [`${path}: must be a JSON object`] };
  const secrets = Object.keys(parsed).filter((key) => secretKeys.has(key) || secretLooking.test(key));
  const values = Object.fromEntries(Object.entries(parsed).filter(([key]) => !secrets.includes(key)));
  const issues = secrets.map((key) => `${key}: a secret must not be in ${path}; set ${environmentName(key)} instead`);
  return { values, issues };
}

function secretFromFile(name: string, path: string): { value?: string; issue?: string } {
  try {
    return { value: readFileSync(path, 'utf8').trimEnd() };
  } catch (error) {
    return { issue: `${name}_FILE: ${reason(error)}` };
  }
}

/** Reads the environment variables of all settings. An empty variable counts as unset, as compose passes it so. */
export function fromEnvironment(
  keys: readonly string[],
  secretKeys: ReadonlySet<string>,
  env: NodeJS.ProcessEnv,
): Source {
  const values: Values = {};
  const issues: string[] = [];
  for (const key of keys) {
    const name = environmentName(key);
    const direct = env[name];
    const file = secretKeys.has(key) ? env[`${name}_FILE`] : undefined;
    if (direct && file) issues.push(`${name}: set either ${name} or ${name}_FILE, not both`);
    else if (direct) values[key] = direct;
    else if (file) {
      const secret = secretFromFile(name, file);
      if (secret.issue) issues.push(secret.issue);
      else values[key] = secret.value;
    }
  }
  return { values, issues };
}
