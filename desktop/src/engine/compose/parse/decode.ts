import type { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { invalid } from '../errors.ts';
import { Source } from '../tree/source.ts';

/** What YAML does not allow anywhere in a file. */
const forbidden = /[^\P{Cc}\t\n\r\u0085]|[\ufffe\uffff]/u;

/** The text of a YAML file: UTF-8, or UTF-16 with a byte order mark. Throws COMPOSE_INVALID at the first byte that does not belong. */
export function decodeYaml(file: string, display: string, bytes: Buffer): Source {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  const source = new Source(file, display, text);
  const broken = text.indexOf('\ufffd');
  if (broken !== -1 && !isWellFormed(bytes, encoding)) {
    throw at(source, broken, say`the file is not valid ${encoding.toUpperCase()} here`, say`Save the file as UTF-8.`);
  }
  const control = text.search(forbidden);
  if (control !== -1) {
    const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0');
    throw at(
      source,
      control,
      say`the control character U+${code} is not allowed`,
      say`Remove it, or write it as an escape in double quotes.`,
    );
  }
  return source;
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function isWellFormed(bytes: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const at = (source: Source, offset: number, message: string, remedy: string): QuaysideError =>
  invalid({ source, at: offset, keyAt: -1 }, message, remedy);
