import type { ChangedVariable, ConfigVariable, EnvSaved, Plan, VariablesView, VariableUse } from '#contract/index.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';

/** The state of the variables in a sentence. */
export function headSentence(view: VariablesView | undefined): string {
  if (view === undefined) return t('configuration:head.reading');
  const required = view.variables.filter(({ missing, required }) => missing && required).map(({ name }) => name);
  const empty = view.variables.filter(({ missing, required }) => missing && !required).length;
  if (required.length > 0) return t('configuration:head.required', { count: required.length, names: listed(required) });
  if (empty > 0) return t('configuration:head.empty', { count: empty });
  if (view.problem !== undefined) return t('configuration:head.unreadable');
  return t(view.variables.length === 0 ? 'configuration:head.noVariables' : 'configuration:head.complete');
}

export function headLook(view: VariablesView | undefined): BadgeLook | undefined {
  if (view === undefined) return undefined;
  if (view.variables.some(({ missing, required }) => missing && required) || view.problem !== undefined) {
    return { tone: 'bad', icon: 'stop', word: t('configuration:state.needsValue') };
  }
  if (view.variables.some(({ missing }) => missing)) {
    return { tone: 'warn', icon: 'alert', word: t('configuration:state.incomplete') };
  }
  return { tone: 'ok', icon: 'check', word: t('configuration:state.complete') };
}

export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return t('configuration:listed', { most: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' });
}

/** What stands out about a variable; undefined where all is as it should be. */
export function variableLook({ missing, required, unused, source }: ConfigVariable): BadgeLook | undefined {
  if (missing) {
    return required
      ? { tone: 'bad', icon: 'stop', word: t('configuration:state.missing') }
      : { tone: 'warn', icon: 'alert', word: t('configuration:state.empty') };
  }
  if (source.kind === 'process' && source.over) {
    return { tone: 'warn', icon: 'alert', word: t('configuration:state.overridden') };
  }
  return unused ? { tone: 'off', icon: 'slash', word: t('configuration:state.unused') } : undefined;
}

/** Where the value comes from. */
export function sourceWords({ source }: ConfigVariable): string {
  switch (source.kind) {
    case 'file':
      return t('configuration:place', { file: source.file, line: source.line });
    case 'default':
      return t('configuration:source.default', { file: source.file, line: source.line });
    case 'process':
      return source.over
        ? t('configuration:source.processOver', { file: source.over.file, line: source.over.line })
        : t('configuration:source.process');
    case 'none':
      return t('configuration:source.none');
  }
}

export function usageWords({ how: kind, service, setting }: VariableUse): string {
  const where = [service, setting].filter(Boolean).join(' ');
  const how = t(`configuration:how.${kind}`);
  return where === '' ? how : t('configuration:usage', { where, how });
}

/** `VERSION changed, OLD removed`. */
export function changeWords(changes: readonly ChangedVariable[]): string {
  if (changes.length === 0) return t('configuration:change.none');
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  return [...kinds]
    .map(([kind, own]) => t(`configuration:change.${kind}`, { names: listed(own.map(({ name }) => name)) }))
    .join(', ');
}

/** What a start would do after a save: `2 services would be recreated because VERSION changed`. */
export function effectWords(plan: Plan | undefined, { changes, services }: EnvSaved): string {
  const touched = (plan?.steps ?? []).filter(({ kind }) => kind === 'container.create').map(({ service }) => service);
  const names = [...new Set(touched)].filter((name) => name !== undefined);
  const replaced = names.filter((name) =>
    plan?.steps.some(
      ({ kind, service }) => service === name && (kind === 'container.remove' || kind === 'container.rename'),
    ),
  );
  if (replaced.length > 0) {
    const told = { count: replaced.length, services: listed(replaced) };
    return changes.length === 0
      ? t('configuration:effect.recreated', told)
      : t('configuration:effect.recreatedBecause', { ...told, changes: changeWords(changes) });
  }
  if (names.length > 0) return t('configuration:effect.nextStart', { services: listed(names) });
  if (plan === undefined && services.length > 0) {
    return t('configuration:effect.unplanned', { services: listed(services) });
  }
  return t('configuration:effect.none');
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
