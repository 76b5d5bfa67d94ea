import type { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { environmentName } from './names.ts';
import { type Config, configSchema } from './schema.ts';
import { fromEnvironment, fromFile, type Values } from './sources.ts';

function describe(issue: z.core.$ZodIssue, fromEnv: Values): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: no such setting`).join('; ');
  const key = String(issue.path[0] ?? '');
  return `${key in fromEnv ? environmentName(key) : key}: ${issue.message}`;
}

/**
 * Merges defaults, `<directory>/<environment>.json` and the environment (last wins).
 * Throws ConfigurationError with all invalid settings at once; messages never carry a value.
 */
export function loadConfig(env: NodeJS.ProcessEnv, directory: string): Config {
  const environment = fromEnvironment(env);
  const name = configSchema.shape.environment.safeParse(environment.values['environment']);
  const file = name.success ? fromFile(directory, name.data) : { values: {}, issues: [] };
  const parsed = configSchema.safeParse({ ...file.values, ...environment.values });
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, environment.values));
  const issues = [...environment.issues, ...file.issues, ...wrong];
  if (!parsed.success || issues.length > 0) throw new ConfigurationError(issues);
  return parsed.data;
}
