import type { Finding } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';
import { formRepair } from '../repairs.ts';
import { isRequiredVariable, unsetVariable } from './variables.ts';

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const { envFiles, model, error } = input;
  if (envFiles.length > 0) return [];
  const view = await input.variables();
  const own = view?.files.find(({ role }) => role === 'project');
  if (view === undefined || own === undefined) return [];
  const { file } = own;
  if (own.exists) return [{ check: 'env-file', severity: 'ok', title: say`The file ${file} is there` }];
  const { example } = view;
  if (example === undefined) return [];
  const missed =
    isRequiredVariable(error) || model?.warnings.some(({ message }) => unsetVariable(message) !== undefined);
  return [
    {
      check: 'env-file',
      severity: missed === true || model === undefined ? 'warning' : 'note',
      title: say`There is no file ${file}, but ${example} shows what belongs into it`,
      why: say`The values that differ from machine to machine, such as keys and passwords, are read from ${file}.`,
      remedy: say`Copy ${example} to ${file} and fill in the values.`,
      repairs: formRepair(view),
      details: { example, missing: file },
    },
  ];
}

/** The project's own settings file is there where the project shows that it wants one. */
export const envFileCheck: Check = { name: 'env-file', run: inspect };
