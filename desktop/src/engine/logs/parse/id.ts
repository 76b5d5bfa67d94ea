import { scanLine } from './scan.ts';
import { decode } from './text.ts';

/** The correlation id of a line as a person would write it, or undefined. */
export function correlationIdOf(bytes: Uint8Array): string | undefined {
  const { idStart, idEnd } = scanLine(bytes);
  return idStart < 0 ? undefined : unescaped(decode(bytes.subarray(idStart, idEnd)));
}

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
