import type { ConfigVariable, Finding, VariablesView } from '#contract/index.ts';
import { nearest } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { isSecretName } from '#kit/secret-name.ts';
import { variableRepair } from '../repairs.ts';

/** Variables that are in an env file without a value, though a compose file puts their value in. */
export function emptyVariables(view: VariablesView): Finding[] {
  return view.variables.flatMap((variable): Finding[] => {
    const { name, value, source, uses } = variable;
    const use = uses.find(({ how }) => how === 'value');
    if (value !== '' || source.kind !== 'file' || use === undefined || variable.missing) return [];
    const repairs = variableRepair(view, name);
    return [
      {
        check: 'variables',
        severity: 'note',
        title: say`The variable ${name} is empty (${source.file}:${source.line})`,
        why: say`${use.file}:${use.line} puts an empty text in its place.`,
        remedy: say`Give ${name} a value, unless it is meant to be empty.`,
        ...(repairs.length === 0 ? {} : { repairs }),
        details: { variable: name },
      },
    ];
  });
}

const isSet = ({ source }: ConfigVariable): boolean => source.kind === 'file' || source.kind === 'process';

/** Variables of an env file that nothing uses, with a name that is nearly the one of a variable that is not set. */
export function mistypedVariables(view: VariablesView): Finding[] {
  const wanted = new Map(
    view.variables
      .filter((one) => !isSet(one) && one.uses.length > 0)
      .map(({ name }): [string, string] => [name.toLowerCase(), name]),
  );
  return view.variables.flatMap((variable): Finding[] => {
    const { name, source } = variable;
    if (!variable.unused || source.kind !== 'file') return [];
    const meant = wanted.get(nearest(name, wanted.keys()) ?? '');
    if (meant === undefined) return [];
    // Under its wrong name a secret is not masked.
    const hidden = variable.masked || isSecretName(meant);
    const repairs = variableRepair(view, meant, hidden ? undefined : variable.value);
    return [
      {
        check: 'variables',
        severity: 'warning',
        title: say`${source.file}:${source.line} sets ${name}, which nothing uses; ${meant} may be meant`,
        why: say`${meant} is used and not set there, so the value has no effect.`,
        remedy: say`Rename ${name} to ${meant} in ${source.file}.`,
        ...(repairs.length === 0 ? {} : { repairs }),
        details: { variable: name, meant },
      },
    ];
  });
}
