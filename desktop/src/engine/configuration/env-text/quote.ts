import { QuaysideError } from '#contract/index.ts';
import type { EnvFormat } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';

/** Texts that mean themselves without quotes. */
const plain = /^[\w.,:/@%+=-]*$/;

export type Quotes = '"' | "'" | '';

/** Which quotes a written value has. */
export function quotesOf(written: string): Quotes {
  const first = written[0];
  return first === '"' || first === "'" ? first : '';
}

/**
 * A value as it is written into an env file so that it is read back as it is: `$` stands for itself. `like`: the quotes that it
 * had before, kept where they can hold it. Throws USAGE for what no env file can hold.
 */
export function quoteValue(value: string, like: Quotes = '', format: EnvFormat = 'plain'): string {
  if (value.includes('\0')) throw refused(say`A value cannot hold a NUL character.`);
  if (format === 'raw') {
    if (/[\r\n]/.test(value)) throw refused(say`In this file (format: raw), a value is one line.`);
    return value;
  }
  if (like === '' && plain.test(value)) return value;
  const single = !/['\r\n]/.test(value) && !value.endsWith('\\');
  return single && like !== '"' ? `'${value}'` : doubleQuoted(value);
}

function doubleQuoted(value: string): string {
  const escaped = value
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}

function refused(message: string): QuaysideError {
  return new QuaysideError('USAGE', message, { remedy: say`Give another value.` });
}
