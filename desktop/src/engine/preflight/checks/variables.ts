import { basename } from 'node:path';
import { type Finding, QuaysideError, type SourcePlace, type VariablesView } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Check, PreflightInput } from '../check.ts';
import { formRepair, variableRepair } from '../repairs.ts';
import { emptyVariables, mistypedVariables } from './variable-slips.ts';

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

/** A missing variable is best set with all others of the example, where there is no file yet. */
function repairsFor(view: VariablesView | undefined, name: string): Pick<Finding, 'repairs'> {
  const form = formRepair(view);
  const inForm = view?.variables.some((one) => one.name === name && one.example !== undefined) === true;
  const repairs = inForm && form.length > 0 ? form : variableRepair(view, name);
  return repairs.length === 0 ? {} : { repairs };
}

/** The first that is missing ends the loading, so the rest is told by the table of variables. */
function required(error: QuaysideError, view: VariablesView | undefined): Finding[] {
  const first = error.details?.['variable'];
  const name = typeof first === 'string' ? first : '';
  const told: Finding = {
    check: 'variables',
    severity: 'blocker',
    title: error.message,
    remedy: error.remedy ?? say`Set it in the file .env.`,
    ...repairsFor(view, name),
    details: { ...error.details },
  };
  const others = (view?.variables ?? []).filter((one) => one.required && one.missing && one.name !== name);
  return [
    told,
    ...others.map(({ name: other, message, uses }): Finding => {
      const use = uses.find(({ how }) => how === 'required');
      const where = use === undefined ? '' : ` (${use.file}:${use.line})`;
      return {
        check: 'variables',
        severity: 'blocker',
        title: `${say`The variable ${other} is not set, and the files demand it`}${where}${message === undefined ? '' : `: ${message}`}`,
        remedy: say`Set ${other} in the file ${view?.target ?? '.env'}.`,
        ...repairsFor(view, other),
        details: { variable: other },
      };
    }),
  ];
}

function unset({ model }: PreflightInput, view: VariablesView | undefined): Finding[] {
  const found = new Map<string, (SourcePlace | undefined)[]>();
  for (const { message, place } of model?.warnings ?? []) {
    const name = unsetVariable(message);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), place]);
  }
  return [...found].map(([name, where]) => ({
    check: 'variables',
    severity: 'warning',
    title: `${say`The variable ${name} is not set`}${places(where)}`,
    why: say`An empty text is used in its place.`,
    remedy: say`Set ${name} in the file ${view?.target ?? '.env'}, or give it a default: \${${name}:-value}.`,
    ...repairsFor(view, name),
    details: { variable: name, places: where.filter((place) => place !== undefined) },
  }));
}

async function inspect(input: PreflightInput): Promise<Finding[]> {
  const { model, error } = input;
  if (model === undefined && !isRequiredVariable(error)) return [];
  const view = await input.variables();
  const slips = view === undefined ? [] : [...emptyVariables(view), ...mistypedVariables(view)];
  const missing = isRequiredVariable(error) ? required(error, view) : unset(input, view);
  if (missing.length > 0 || slips.length > 0) return [...missing, ...slips];
  return [{ check: 'variables', severity: 'ok', title: say`All variables have a value` }];
}

/** Every variable that the files use has a value, and none is set under a name that only looks right. */
export const variablesCheck: Check = { name: 'variables', run: inspect };
