import type { Subject } from '../query/subject.ts';

/** No kind of error is told by more than this of its text. */
const MAX_TEXT = 300;
const messageKeys = ['msg', 'message', 'event'] as const;
const typeKeys = ['err.type', 'error.type', 'err.name', 'error.name'] as const;

function firstText(subject: Subject, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = subject.value(path);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** What an error says, without what surrounds it: its type and its message. */
export function sayingOf(subject: Subject): string {
  const message = firstText(subject, messageKeys) ?? firstText(subject, ['err.message', 'error.message']);
  const type = firstText(subject, typeKeys);
  const said = [type, message].filter((part) => part !== undefined).join(': ');
  return (said === '' ? subject.text() : said).slice(0, MAX_TEXT);
}

/** What differs from one error to the next of its kind: times, ids, addresses, numbers, what is quoted. */
const varying = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*/g,
  /"[^"]*"|'[^']*'|`[^`]*`/g,
  /\b(?=[0-9a-f-]*\d)[0-9a-f]{4,}(?:-[0-9a-f]+)*\b/gi,
  /\d+(?:\.\d+)*/g,
] as const;

/** The same for all errors of one kind. */
export function kindOf(saying: string): string {
  return varying.reduce((text, part) => text.replace(part, '#'), saying);
}
