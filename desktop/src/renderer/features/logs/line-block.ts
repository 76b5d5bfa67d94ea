import type { LogLine } from '#contract/index.ts';
import type { Lines } from './find-line.ts';
import { type Fields, flatFields } from './line-fields.ts';
import { isContinuation } from './row-model.ts';

const mostLines = 500;

/**
 * The lines that belong together with the one at a position: the one that began, and those that go on with it, as a stack
 * trace does. Lines of other containers between them are passed over.
 */
export function blockAt(lines: Lines, position: number): LogLine[] {
  const line = lines.at(position);
  if (line === undefined || line.stream === 'marker') return [];
  const near = (step: 1 | -1, from: number): LogLine[] => {
    const found: LogLine[] = [];
    for (let at = from; found.length < mostLines && Math.abs(at - from) < mostLines; at += step) {
      const other = lines.at(at);
      if (other === undefined) break;
      if (other.container !== line.container) continue;
      if (step > 0 ? !isContinuation(other) : other.stream === 'marker') break;
      found.push(other);
      if (step < 0 && !isContinuation(other)) break;
    }
    return found;
  };
  const before = isContinuation(line) ? near(-1, position - 1).reverse() : [];
  return [...before, line, ...near(1, position + 1)];
}

/** Values of more than one line, such as the stack of an error, with their names. */
export function longTexts(fields: Fields): [name: string, text: string][] {
  return [...flatFields(fields)].filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1].trimEnd().includes('\n'),
  );
}
