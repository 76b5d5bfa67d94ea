import { isAbsolute, relative } from 'node:path';
import type { SourcePlace } from '#contract/index.ts';

/** One file as it was read, able to turn offsets into lines and columns. */
export class Source {
  /** Absolute path; for people, `display` is shorter. */
  readonly file: string;
  readonly display: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  constructor(file: string, display: string, text: string) {
    this.file = file;
    this.display = display;
    this.text = text;
  }

  /** Line and column of an offset, both counted from 1. */
  place(offset: number): SourcePlace {
    const starts = (this.#lineStarts ??= lineStarts(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** How a file is named for people: relative to the project directory where it lies inside, else absolute. */
export function displayName(directory: string, file: string): string {
  const path = relative(directory, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}
