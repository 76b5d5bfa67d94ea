import type { ConfigVariable, FilePlace, VariableSource, VariableUse } from '#contract/index.ts';
import { type LoadTrace, variablesIn } from '#engine/compose/index.ts';
import type { ReadEnvFile } from './env-files.ts';
import { describedEntries } from './env-text/comments.ts';
import { shownValue } from './env-text/mask.ts';
import type { Example } from './example.ts';
import { shownFile, shownPlace } from './shown-file.ts';

/** What the table of variables is made of. */
export interface VariableFacts {
  readonly directory: string;
  /** The environment in which Quayside runs. */
  readonly process: Readonly<Record<string, string | undefined>>;
  readonly trace: LoadTrace;
  readonly files: readonly ReadEnvFile[];
  readonly example: Example | undefined;
  /** The files could be put together, so that what is not used is not used. */
  readonly whole: boolean;
}

interface Assignment extends FilePlace {
  readonly value: string | undefined;
  readonly role: ReadEnvFile['role'];
  readonly composed: boolean;
}

type Use = VariableUse & { readonly word?: string };

/** Every variable that is used, set or shown by the example: in the order of the env files, the rest by name. Pure. */
export function describeVariables(facts: VariableFacts): ConfigVariable[] {
  const assigned = assignmentsOf(facts);
  const uses = usesOf(facts);
  const shown = facts.example?.variables.map(({ name }) => name) ?? [];
  const names = new Set([...assigned.keys(), ...shown, ...[...uses.keys()].sort()]);
  names.delete('');
  return [...names].map((name) => describe(name, facts, assigned.get(name) ?? [], uses.get(name) ?? []));
}

/** The value that a variable has now, as it is; undefined where nothing sets it. */
export function valueNow(facts: VariableFacts, name: string): string | undefined {
  return effective(name, facts, assignmentsOf(facts).get(name) ?? [], usesOf(facts).get(name) ?? []).value;
}

function assignmentsOf({ directory, files }: VariableFacts): Map<string, Assignment[]> {
  const found = new Map<string, Assignment[]>();
  for (const { path, entries, lineOf, role, text } of files) {
    for (const { key, value, inherited, at, valueAt, end } of entries) {
      if (inherited) continue;
      const written = text.slice(valueAt, end);
      const composed = !written.startsWith("'") && variablesIn(written.replaceAll('\\$', '$$')).length > 0;
      const place = { file: shownFile(directory, path), line: lineOf(at) };
      found.set(key, [...(found.get(key) ?? []), { ...place, value, role, composed }]);
    }
  }
  return found;
}

function usesOf({ directory, trace, files }: VariableFacts): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  const seen = new Set<string>();
  const add = (name: string, use: Use): void => {
    const key = JSON.stringify([name, use.file, use.line, use.service, use.how]);
    if (seen.has(key)) return;
    seen.add(key);
    found.set(name, [...(found.get(name) ?? []), use]);
  };
  for (const { name, operator, word, place, path } of trace.uses) {
    const [section, service, ...setting] = path;
    const where =
      section === 'services' && service !== undefined
        ? { service, setting: setting.join('.') }
        : { setting: path.join('.') };
    add(name, { ...shownPlace(directory, place), how: howOf(operator), ...where, word });
  }
  for (const { name, service, place } of trace.passed())
    add(name, { ...shownPlace(directory, place), how: 'passed', service });
  const listed = trace.serviceEnvFiles();
  for (const { path, entries, text, lineOf } of files) {
    for (const { key, at, valueAt, end } of entries) {
      for (const { service, place } of listed.filter(({ file }) => file === path)) {
        add(key, { ...shownPlace(directory, place), how: 'handed', service });
      }
      const place = { file: shownFile(directory, path), line: lineOf(at) };
      for (const name of text[valueAt] === "'" ? [] : variablesIn(text.slice(valueAt, end)))
        add(name, { ...place, how: 'file' });
    }
  }
  return found;
}

function howOf(operator: string): VariableUse['how'] {
  if (operator === '') return 'value';
  if (operator.endsWith('-')) return 'default';
  return operator.endsWith('+') ? 'alternative' : 'required';
}

interface Effective {
  readonly value: string | undefined;
  readonly source: VariableSource;
}

const placeOf = ({ file, line }: FilePlace): FilePlace => ({ file, line });

/** The environment of the process wins, then the last line of the project's env files, then one that services are given, then a default. */
function effective(
  name: string,
  facts: VariableFacts,
  assigned: readonly Assignment[],
  uses: readonly Use[],
): Effective {
  const project = assigned.findLast(({ role }) => role === 'project');
  const outer = facts.process[name];
  if (outer !== undefined)
    return { value: outer, source: { kind: 'process', ...(project ? { over: placeOf(project) } : {}) } };
  const own = project ?? assigned.at(-1);
  const fallback = uses.find(({ how }) => how === 'default');
  if (own && !(own.value === '' && fallback))
    return { value: own.value ?? '', source: { kind: 'file', ...placeOf(own) } };
  if (fallback) return { value: fallback.word ?? '', source: { kind: 'default', ...placeOf(fallback) } };
  const known = facts.trace.environment.get(name);
  return { value: name.startsWith('COMPOSE_') ? known : undefined, source: { kind: 'none' } };
}

/** Read by docker compose itself. */
const ofTool = /^(?:COMPOSE|DOCKER|BUILDKIT)_/;

function describe(
  name: string,
  facts: VariableFacts,
  assigned: readonly Assignment[],
  uses: readonly Use[],
): ConfigVariable {
  const { value, source } = effective(name, facts, assigned, uses);
  const demand = uses.find(({ how }) => how === 'required');
  const fallback = uses.find(({ how }) => how === 'default');
  const plainly = uses.some(({ how }) => how === 'value');
  const set = value !== undefined && (value !== '' || demand === undefined);
  const message = demand?.word ?? '';
  const example = facts.example?.variables.find((one) => one.name === name);
  const shown = value === undefined ? {} : { value: shownValue(name, value) };
  const described = example?.description ?? descriptionOf(name, facts.files);
  const own = source.kind === 'file' ? source : source.kind === 'process' ? source.over : undefined;
  return {
    name,
    ...shown,
    masked: value !== undefined && shown.value !== value,
    source,
    uses: uses.map(({ word: _word, ...use }) => use),
    ...(fallback ? { default: shownValue(name, fallback.word ?? '') } : {}),
    required: demand !== undefined,
    missing: !set && (demand !== undefined || plainly),
    ...(message === '' ? {} : { message }),
    ...(described === undefined ? {} : { description: described }),
    ...(example === undefined ? {} : { example: shownValue(name, example.value) }),
    unused: facts.whole && assigned.length > 0 && uses.length === 0 && !ofTool.test(name),
    also: assigned.filter(({ file, line }) => file !== own?.file || line !== own.line).map(placeOf),
    composed: assigned.findLast(({ role }) => role === 'project')?.composed ?? false,
  };
}

function descriptionOf(name: string, files: readonly ReadEnvFile[]): string | undefined {
  for (const { text, entries } of files) {
    const found = describedEntries(text, entries).find((one) => one.name === name && one.description !== undefined);
    if (found) return found.description;
  }
  return undefined;
}
