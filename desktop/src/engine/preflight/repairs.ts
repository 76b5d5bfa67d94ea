import type { Repair, VariablesView } from '#contract/index.ts';
import { isSecretName } from '#kit/secret-name.ts';

/** Setting a variable in the env file, where that has an effect and the file may be written. */
export function variableRepair(view: VariablesView | undefined, name: string, value?: string): Repair[] {
  if (view === undefined || refusesChanges(view) || isFromOutside(view, name)) return [];
  return [{ kind: 'variable', name, secret: isSecretName(name), ...(value === undefined ? {} : { value }) }];
}

/** Making the env file of the example where it is not there yet. */
export function formRepair(view: VariablesView | undefined): Repair[] {
  if (view?.example === undefined || refusesChanges(view)) return [];
  const missing = view.files.some(({ file, exists }) => file === view.target && !exists);
  return missing ? [{ kind: 'env-form', file: view.target, example: view.example }] : [];
}

/** Whether the environment that Quayside runs in sets a variable: it wins over every file. */
export function isFromOutside({ variables }: VariablesView, name: string): boolean {
  return variables.find((one) => one.name === name)?.source.kind === 'process';
}

function refusesChanges({ files, target }: VariablesView): boolean {
  return files.find(({ file }) => file === target)?.refused !== undefined;
}
