import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** A line of the resolved model as YAML, with the path of the value that begins on it; an empty path is none's own. */
export interface ConfigLine {
  readonly text: string;
  /** Such as `services`, `web`, `ports`, `[0]`, `target`. */
  readonly path: readonly string[];
}

/** The lines of a YAML text that `configYaml` made, each with the path of what stands on it. */
export function configLines(yaml: string): ConfigLine[] {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter });
  const paths = new Map<number, readonly string[]>();
  // The innermost value wins: `- target: 80` is the line of the target, not of the port.
  const mark = (offset: number | undefined, path: readonly string[]): void => {
    if (offset !== undefined) paths.set(counter.linePos(offset).line, path);
  };
  const walk = (node: unknown, path: readonly string[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const below = [...path, isScalar(key) ? String(key.value) : String(key)];
        mark(isScalar(key) ? key.range?.[0] : undefined, below);
        walk(value, below);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const below = [...path, `[${index}]`];
        if (isScalar(item)) mark(item.range?.[0], below);
        walk(item, below);
      }
    }
  };
  walk(document.contents, []);
  let last: readonly string[] = [];
  const lines = yaml.replace(/\n$/, '').split('\n');
  return lines.map((text, index) => {
    last = paths.get(index + 1) ?? last;
    return { text, path: last };
  });
}
