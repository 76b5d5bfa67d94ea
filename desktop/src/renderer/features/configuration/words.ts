import type { ChangedVariable, ConfigVariable, EnvSaved, Plan, VariablesView, VariableUse } from '#contract/index.ts';
import { counted } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';

/** The state of the variables in a sentence. */
export function headSentence(view: VariablesView | undefined): string {
  if (view === undefined) return 'Reading the files…';
  const required = view.variables.filter(({ missing, required }) => missing && required).map(({ name }) => name);
  const empty = view.variables.filter(({ missing, required }) => missing && !required).length;
  if (required.length > 0)
    return `${listed(required)} ${required.length === 1 ? 'has' : 'have'} to be set before a start.`;
  if (empty > 0) return `${counted(empty, 'variable')} without a value: an empty text is used in its place.`;
  if (view.problem !== undefined) return 'The compose files cannot be read as they are.';
  return view.variables.length === 0
    ? 'The compose files use no variables.'
    : 'Every variable that is needed has a value.';
}

export function headLook(view: VariablesView | undefined): BadgeLook | undefined {
  if (view === undefined) return undefined;
  if (view.variables.some(({ missing, required }) => missing && required) || view.problem !== undefined) {
    return { tone: 'bad', icon: 'stop', word: 'Needs a value' };
  }
  if (view.variables.some(({ missing }) => missing)) return { tone: 'warn', icon: 'alert', word: 'Incomplete' };
  return { tone: 'ok', icon: 'check', word: 'Complete' };
}

export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** What stands out about a variable; undefined where all is as it should be. */
export function variableLook({ missing, required, unused, source }: ConfigVariable): BadgeLook | undefined {
  if (missing) {
    return required ? { tone: 'bad', icon: 'stop', word: 'Missing' } : { tone: 'warn', icon: 'alert', word: 'Empty' };
  }
  if (source.kind === 'process' && source.over) return { tone: 'warn', icon: 'alert', word: 'Overridden' };
  return unused ? { tone: 'off', icon: 'slash', word: 'Not used' } : undefined;
}

/** Where the value comes from. */
export function sourceWords({ source }: ConfigVariable): string {
  switch (source.kind) {
    case 'file':
      return `${source.file}, line ${source.line}`;
    case 'default':
      return `default in ${source.file}, line ${source.line}`;
    case 'process':
      return source.over
        ? `the environment of Quayside, which wins over ${source.over.file}, line ${source.over.line}`
        : 'the environment of Quayside';
    case 'none':
      return 'set nowhere';
  }
}

const hows: Record<VariableUse['how'], string> = {
  value: 'value',
  default: 'with a default',
  required: 'required',
  alternative: 'where it is set',
  passed: 'passed on',
  handed: 'handed over with the env file',
  file: 'in another variable',
};

export function usageWords({ how, service, setting }: VariableUse): string {
  const where = [service, setting].filter(Boolean).join(' ');
  return where === '' ? hows[how] : `${where}, ${hows[how]}`;
}

/** `VERSION changed, OLD removed`. */
export function changeWords(changes: readonly ChangedVariable[]): string {
  if (changes.length === 0) return 'Only comments, order or spelling change';
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  return [...kinds].map(([kind, own]) => `${listed(own.map(({ name }) => name))} ${kind}`).join(', ');
}

/** What a start would do after a save: `2 services would be recreated because VERSION changed`. */
export function effectWords(plan: Plan | undefined, { changes, services }: EnvSaved): string {
  const because = changes.length === 0 ? '' : ` because ${changeWords(changes)}`;
  const touched = (plan?.steps ?? []).filter(({ kind }) => kind === 'container.create').map(({ service }) => service);
  const names = [...new Set(touched)].filter((name) => name !== undefined);
  const replaced = names.filter((name) =>
    plan?.steps.some(
      ({ kind, service }) => service === name && (kind === 'container.remove' || kind === 'container.rename'),
    ),
  );
  if (replaced.length > 0)
    return `${counted(replaced.length, 'service')} would be recreated${because}: ${listed(replaced)}.`;
  if (names.length > 0) return `It takes effect with the next start of ${listed(names)}.`;
  if (plan === undefined && services.length > 0) return `It takes effect in ${listed(services)} with the next start.`;
  return 'Nothing that runs has to be replaced.';
}

/** Whether a search text is in what is shown of a variable. */
export function isFound(variable: ConfigVariable, text: string): boolean {
  const { name, description, value, masked, uses } = variable;
  const words = [
    name,
    description,
    masked ? undefined : value,
    ...uses.flatMap(({ file, service }) => [file, service]),
  ];
  return words.some((word) => word?.toLowerCase().includes(text.toLowerCase()) === true);
}
