import type { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { environmentName } from './names.ts';
import { fromEnvironment, fromFile, type Values } from './sources.ts';
import { commonSettings } from './values.ts';

/** The settings of one service. */
export interface ConfigDefinition<S extends z.ZodObject = z.ZodObject> {
  /** Strict; has `environment` among its keys. */
  readonly schema: S;
  /** Keys that may come from the environment or a `*_FILE` only, never from a config file. */
  readonly secrets: ReadonlySet<string>;
}

/** A setting is called as it was set; one that is missing where it is needed, as it can be set. */
function describe(issue: z.core.$ZodIssue, fromEnv: Values, inFile: Values): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: no such setting`).join('; ');
  const key = String(issue.path[0] ?? '');
  return `${key in inFile && !(key in fromEnv) ? key : environmentName(key)}: ${issue.message}`;
}

/**
 * Merges defaults, `<directory>/<environment>.json` and the environment (last wins).
 * Throws ConfigurationError with all invalid settings at once; messages never carry a value.
 */
export function loadConfig<S extends z.ZodObject>(
  { schema, secrets }: ConfigDefinition<S>,
  env: NodeJS.ProcessEnv,
  directory: string,
): z.infer<S> {
  const environment = fromEnvironment(Object.keys(schema.shape), secrets, env);
  const name = commonSettings.environment.safeParse(environment.values['environment']);
  const file = name.success ? fromFile(directory, name.data, secrets) : { values: {}, issues: [] };
  const parsed = schema.safeParse({ ...file.values, ...environment.values });
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => describe(issue, environment.values, file.values));
  const issues = [...environment.issues, ...file.issues, ...wrong];
  if (!parsed.success || issues.length > 0) throw new ConfigurationError(issues);
  return parsed.data;
}
