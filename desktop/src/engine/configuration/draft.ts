import { basename } from 'node:path';
import {
  type ChangedVariable,
  type EnvChange,
  type EnvDraft,
  QuaysideError,
  sourcePlace,
  toProblem,
} from '#contract/index.ts';
import {
  type EnvEntry,
  type LoadRequest,
  type Model,
  readEnvEntries,
  serviceHash,
  type TracedLoad,
  traceModel,
} from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import type { NamedEnvFile } from './env-files.ts';
import { editEnvText, type ReadEntries } from './env-text/edit.ts';
import { diffLines } from './env-text/line-diff.ts';
import { markedSecret, maskEnvText, shownValue, unmaskEnvText, withoutMarks } from './env-text/mask.ts';
import type { Example } from './example.ts';

/** What a change of an env file is made on. */
export interface DraftBase {
  readonly request: LoadRequest;
  readonly file: NamedEnvFile;
  /** What the file holds now; absent where there is none. */
  readonly text: string | undefined;
  /** The files as they are. */
  readonly before: TracedLoad;
  readonly example: Example | undefined;
  /** Undefined = there was no file. */
  readonly backup: (id: string) => Promise<string | undefined>;
}

/** A change worked out: the text that it makes, and what it would do. */
export interface Worked {
  /** Undefined = the file is removed. */
  readonly text: string | undefined;
  readonly told: Omit<EnvDraft, 'file' | 'revision' | 'conflict'>;
}

/** Works out a change and looks whether the project could be read with it. Throws USAGE for what cannot be written. */
export async function workOut(base: DraftBase, change: EnvChange): Promise<Worked> {
  const { request, file, before } = base;
  const lookup = (name: string): string | undefined => before.trace.environment.get(name) ?? request.env[name];
  const read: ReadEntries = (text) => readEnvEntries(file.path, text, lookup, file.format);
  const { text: after, unknown } = await textAfter(base, change, read);
  const [old, text] = [base.text ?? '', after ?? ''];
  const broken = parseProblem(text, read);
  const masks = unknown.map((name) => ({
    message: say`${name} is masked, but the file has no such secret that could stay.`,
    remedy: say`Write its value.`,
  }));
  const shown = [old, text].map((one) => maskEnvText(one, read, markedSecret).text);
  const diff = diffLines(shown[0] ?? '', shown[1] ?? '').map((line) => ({ ...line, text: withoutMarks(line.text) }));
  const told = { diff, changes: broken ? [] : changedVariables(entriesOrNone(old, read), read(text)) };
  if (broken || masks.length > 0) {
    return {
      text: after,
      told: { ...told, problems: [...(broken ? [broken] : []), ...masks], notes: [], services: [] },
    };
  }
  const loaded = await traceModel({ ...request, standIns: new Map([[file.path, after]]) });
  const { notes, ...judged } = judge(before, loaded, request);
  const removed = after === undefined ? [say`${basename(file.path)} is removed: there was none before.`] : [];
  return { text: after, told: { ...told, ...judged, notes: [...removed, ...notes] } };
}

async function textAfter(
  { text = '', example, backup }: DraftBase,
  change: EnvChange,
  read: ReadEntries,
): Promise<{ text: string | undefined; unknown: string[] }> {
  switch (change.kind) {
    case 'edit':
      return { text: editEnvText(text, { set: change.set ?? {}, unset: change.unset ?? [] }, read), unknown: [] };
    case 'create':
      return { text: editEnvText(example?.text ?? '', { set: change.set, unset: [] }, read), unknown: [] };
    case 'text':
      return parseProblem(change.text, read)
        ? { text: change.text, unknown: [] }
        : unmaskEnvText(change.text, text, read);
    case 'restore':
      return { text: await backup(change.backup), unknown: [] };
  }
}

type DraftProblem = EnvDraft['problems'][number];

function parseProblem(text: string, read: ReadEntries): DraftProblem | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (error instanceof QuaysideError) return draftProblem(error);
    throw error;
  }
}

function draftProblem(error: unknown): DraftProblem {
  const { message, remedy, details } = toProblem(error);
  const place = sourcePlace.safeParse(details?.['place']).data;
  return { message, ...(remedy === undefined ? {} : { remedy }), ...(place === undefined ? {} : { line: place.line }) };
}

function entriesOrNone(text: string, read: ReadEntries): readonly EnvEntry[] {
  try {
    return read(text);
  } catch {
    return [];
  }
}

function changedVariables(old: readonly EnvEntry[], next: readonly EnvEntry[]): ChangedVariable[] {
  const [before, after] = [old, next].map((entries) => new Map(entries.map(({ key, value }) => [key, value ?? ''])));
  const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return names.flatMap((name): ChangedVariable[] => {
    const [from, to] = [before?.get(name), after?.get(name)];
    if (from === to) return [];
    const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [
      {
        name,
        kind,
        ...(from === undefined ? {} : { from: shownValue(name, from) }),
        ...(to === undefined ? {} : { to: shownValue(name, to) }),
      },
    ];
  });
}

/** What was amiss before stands in nobody's way: it may take several changes to put it right. */
function judge(
  before: TracedLoad,
  after: TracedLoad,
  { env }: LoadRequest,
): Pick<EnvDraft, 'problems' | 'notes' | 'services'> {
  const [known, now] = [missingIn(before, env), missingIn(after, env)];
  const problems: DraftProblem[] = [];
  const notes: string[] = [];
  for (const [name, message] of now) {
    const why = message === '' ? '.' : `: ${message}`;
    if (known.has(name)) notes.push(say`${name} is required and is still not set${why}`);
    else
      problems.push({
        message: say`${name} is required and would not be set${why}`,
        remedy: say`Give ${name} a value.`,
      });
  }
  if (after.error !== undefined) {
    const problem = draftProblem(after.error);
    if (now.size > 0 || (before.error !== undefined && toProblem(before.error).message === problem.message))
      notes.push(problem.message);
    else
      problems.push({
        message: say`The compose files could not be read with it: ${problem.message}`,
        ...(problem.remedy === undefined ? {} : { remedy: problem.remedy }),
      });
  }
  return { problems, notes, services: changedServices(before.model, after.model) };
}

/** Variables that the files require and nothing sets, with what the files say of it. */
function missingIn({ trace }: TracedLoad, env: LoadRequest['env']): Map<string, string> {
  const missing = new Map<string, string>();
  for (const { name, operator, word } of trace.uses) {
    if (!operator.endsWith('?')) continue;
    const value = trace.environment.get(name) ?? env[name];
    if (value === undefined || (operator === ':?' && value === '')) missing.set(name, word);
  }
  return missing;
}

function changedServices(before: Model | undefined, after: Model | undefined): string[] {
  if (!before || !after) return [];
  return [...after.services.values()]
    .filter((service) => {
      const old = before.services.get(service.name);
      return old === undefined || serviceHash(old, 'P5') !== serviceHash(service, 'P5');
    })
    .map(({ name }) => name);
}
