import {
  type DiagnosticsBundle,
  type DiagnosticsFile,
  type DiagnosticsQuery,
  diagnosticsQuery,
} from '#contract/index.ts';
import { fileNamePart } from '#kit/file-name.ts';
import { createMasker } from '#kit/mask-secrets.ts';
import { say } from '#kit/say.ts';
import { countMasked, type Part, readPart } from './part.ts';
import { environmentParts, generalParts, logParts } from './parts.ts';
import type { DiagnosticsSources, Hidden } from './sources.ts';

/** Gathers a bundle. Whatever cannot be read is told in the place of its file; nothing else makes it fail but `signal`. */
export async function collect(
  sources: DiagnosticsSources,
  query: DiagnosticsQuery,
  signal: AbortSignal,
): Promise<DiagnosticsBundle> {
  const { environment, lines } = diagnosticsQuery.parse(query);
  const at = new Date().toISOString();
  // Before anything is gathered, so that a value which is changed meanwhile is hidden as it was.
  const hidden = await sources.hidden(environment);
  const mask = createMasker(hidden.values);
  const stack = environment === undefined ? undefined : await sources.stack(environment).catch(() => undefined);
  const parts: Part[] = [
    ...generalParts(sources, stack?.project, signal),
    ...(environment === undefined ? [] : environmentParts(sources, environment)),
    ...(environment === undefined || stack === undefined || lines === 0
      ? []
      : logParts(sources, environment, stack, lines, signal)),
  ];
  const files = await Promise.all(parts.map((part) => readPart(part, mask)));
  signal.throwIfAborted();
  const about = mask(aboutText(at, stack?.project, files, hidden));
  const first = {
    name: 'about.txt',
    title: say`What this is, and what was masked`,
    text: about,
    masked: countMasked(about),
  };
  return { name: nameOf(stack?.project, at), at, files: [first, ...files] };
}

function nameOf(project: string | undefined, at: string): string {
  const stamp = at.slice(0, 19).replaceAll(':', '-');
  // Where the files are not here, the name of a project is whatever a label says.
  return ['quayside-diagnostics', fileNamePart(project ?? ''), stamp].filter((word) => word !== '').join('-');
}

function aboutText(
  at: string,
  project: string | undefined,
  files: readonly DiagnosticsFile[],
  { unread }: Hidden,
): string {
  const gaps = files.filter(({ gap }) => gap !== undefined);
  return [
    `Diagnostics of ${project ?? 'a folder whose compose files cannot be used'}, gathered by Quayside at ${at}.`,
    '',
    'Every file was shown to whoever saved this before it was saved; those that are missing here were left out then.',
    'Asterisks stand in the place of secrets: values of variables whose names say that they are secret (of env files, of this',
    'machine and of the containers), contents of secret files, saved registry logins, passwords in addresses, and',
    'tokens known by their form. A secret under a name that does not say so is not known to be one.',
    ...unread.map((sentence) => `Not looked for: ${sentence}`),
    '',
    ...files.map(({ name, title }) => `${name.padEnd(20)} ${title}`),
    ...(gaps.length === 0 ? [] : ['', 'Not whole:', ...gaps.map(({ name, gap = '' }) => `${name.padEnd(20)} ${gap}`)]),
    '',
  ].join('\n');
}
