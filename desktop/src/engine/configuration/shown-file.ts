import { isAbsolute, relative } from 'node:path';
import type { FilePlace, SourcePlace } from '#contract/index.ts';

/** A file as people name it: relative to the project folder where it lies inside. */
export function shownFile(directory: string, file: string): string {
  const path = relative(directory, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}

export const shownPlace = (directory: string, { file, line }: SourcePlace): FilePlace => ({
  file: shownFile(directory, file),
  line,
});
