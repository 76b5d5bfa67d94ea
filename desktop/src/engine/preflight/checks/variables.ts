import { basename } from 'node:path';
import { type Finding, QuaysideError, type SourcePlace } from '#contract/index.ts';
import type { Check, PreflightInput } from '../check.ts';

/** Name of the variable a loader's warning is about; undefined for warnings about something else. */
export function unsetVariable(message: string): string | undefined {
  return /^the variable "?(\w+)"? is not set/i.exec(message)?.[1];
}

/** The files demand a variable (`${NAME:?…}`) that is not set. */
export function isRequiredVariable(error: unknown): error is QuaysideError {
  return error instanceof QuaysideError && error.code === 'VARIABLE_MISSING';
}

function places(all: readonly (SourcePlace | undefined)[]): string {
  const known = all.filter((place) => place !== undefined).map(({ file, line }) => `${basename(file)}:${line}`);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

function inspect({ model, error }: PreflightInput): Finding[] {
  if (isRequiredVariable(error)) {
    return [
      {
        check: 'variables',
        severity: 'blocker',
        title: error.message,
        remedy: error.remedy ?? 'Set it in the file .env.',
        details: { ...error.details },
      },
    ];
  }
  const unset = new Map<string, (SourcePlace | undefined)[]>();
  for (const { message, place } of model?.warnings ?? []) {
    const name = unsetVariable(message);
    if (name !== undefined) unset.set(name, [...(unset.get(name) ?? []), place]);
  }
  if (model === undefined) return [];
  if (unset.size === 0) return [{ check: 'variables', severity: 'ok', title: 'All variables have a value' }];
  return [...unset].map(([name, where]) => ({
    check: 'variables',
    severity: 'warning',
    title: `The variable ${name} is not set${places(where)}`,
    why: 'An empty text is used in its place.',
    remedy: `Set ${name} in the file .env, or give it a default: \${${name}:-value}.`,
    details: { variable: name, places: where.filter((place) => place !== undefined) },
  }));
}

/** Every variable that the files use has a value. */
export const variablesCheck: Check = {
  name: 'variables',
  run: (input) => Promise.resolve(inspect(input)),
};
