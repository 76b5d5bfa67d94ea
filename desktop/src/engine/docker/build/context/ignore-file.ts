import { posix } from 'node:path';
import { IgnoreMatcher } from './ignore-matcher.ts';
import { compilePattern } from './ignore-pattern.ts';

/** Reads the text of an ignore file. Throws IgnorePatternError on a pattern that the reference builder refuses too. */
export function parseIgnoreFile(text: string): IgnoreMatcher {
  const patterns: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    const pattern = cleanLine(line.trim());
    if (pattern !== '') patterns.push(pattern);
  }
  return new IgnoreMatcher(patterns.map(compilePattern));
}

/** Trims, cleans `.`, `..` and doubled slashes, and takes the leading slash off: all patterns start at the context. */
function cleanLine(line: string): string {
  if (line === '') return '';
  const reinclude = line.startsWith('!');
  let pattern = (reinclude ? line.slice(1) : line).trim();
  if (pattern !== '') {
    pattern = cleanPath(pattern);
    if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1);
  }
  // Cleaned once more with its mark, as the reference does it: `!/` thereby becomes an error.
  return reinclude ? cleanPath(`!${pattern}`) : pattern;
}

/** Go's filepath.Clean: as posix.normalize, but without a trailing slash. */
function cleanPath(path: string): string {
  const slashed = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  const normal = posix.normalize(slashed);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
