import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '#contract/index.ts';
import { findEnvExample } from '#engine/workspace/index.ts';
import type { Check, PreflightInput } from '../check.ts';
import { isRequiredVariable, unsetVariable } from './variables.ts';

async function inspect({ directory, envFiles, model, error }: PreflightInput): Promise<Finding[]> {
  if (envFiles.length > 0) return [];
  const present = await stat(join(directory, '.env')).then(
    () => true,
    () => false,
  );
  if (present) return [{ check: 'env-file', severity: 'ok', title: 'The file .env is there' }];
  const example = await findEnvExample(directory);
  if (example === undefined) return [];
  const missed =
    isRequiredVariable(error) || model?.warnings.some(({ message }) => unsetVariable(message) !== undefined);
  return [
    {
      check: 'env-file',
      severity: missed === true ? 'warning' : 'note',
      title: `There is no file .env, but ${example} shows what belongs into it`,
      why: 'The values that differ from machine to machine, such as keys and passwords, are read from .env.',
      remedy: `Copy ${example} to .env and fill in the values.`,
      details: { example: join(directory, example), missing: join(directory, '.env') },
    },
  ];
}

/** The project's own settings file is there where the project shows that it wants one. */
export const envFileCheck: Check = { name: 'env-file', run: inspect };
