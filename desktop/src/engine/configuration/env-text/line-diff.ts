import type { DiffLine } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** Larger differences are told as a whole: all lines out, all lines in. */
const maxCells = 4_000_000;
const context = 3;

/** What differs between two texts, line by line, with three lines around it. Pure. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, next.length) - head && old.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const all = [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), next.slice(head, next.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
  return folded(all);
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function middle(old: readonly string[], next: readonly string[]): DiffLine[] {
  const out = (text: string): DiffLine => ({ kind: 'removed', text });
  const into = (text: string): DiffLine => ({ kind: 'added', text });
  if (old.length * next.length > maxCells) return [...old.map(out), ...next.map(into)];
  const lengths = common(old, next);
  const width = next.length + 1;
  const found: DiffLine[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < next.length) {
    const [left, right] = [old[at], next[to]];
    if (left !== undefined && left === right) {
      found.push({ kind: 'same', text: left });
      at++;
      to++;
    } else if (
      left !== undefined &&
      (right === undefined || (lengths[(at + 1) * width + to] ?? 0) >= (lengths[at * width + to + 1] ?? 0))
    ) {
      found.push(out(left));
      at++;
    } else {
      found.push(into(right ?? ''));
      to++;
    }
  }
  return found;
}

/** Lengths of the longest common subsequences of what is left from each pair of places on. */
function common(old: readonly string[], next: readonly string[]): Uint32Array {
  const width = next.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = next.length - 1; to >= 0; to--) {
      lengths[at * width + to] =
        old[at] === next[to]
          ? (lengths[(at + 1) * width + to + 1] ?? 0) + 1
          : Math.max(lengths[(at + 1) * width + to] ?? 0, lengths[at * width + to + 1] ?? 0);
    }
  }
  return lengths;
}

function folded(lines: readonly DiffLine[]): DiffLine[] {
  const near = (index: number): boolean =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same');
  const found: DiffLine[] = [];
  let hidden = 0;
  const close = (): void => {
    if (hidden > 0) found.push({ kind: 'gap', text: hidden === 1 ? say`1 line` : say`${hidden} lines` });
    hidden = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (near(index)) {
      close();
      found.push(line);
    } else hidden++;
  }
  close();
  return lines.some(({ kind }) => kind !== 'same') ? found : [];
}
