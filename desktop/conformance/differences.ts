const most = 5;

/** Where two plain values differ, as `path: ours … theirs …`; empty where they are equal. Keys may be in any order. */
export function differences(ours: unknown, theirs: unknown): string[] {
  const found: string[] = [];
  compare(ours, theirs, '', found);
  return found.length > most ? [...found.slice(0, most), `and ${found.length - most} more`] : found;
}

function compare(ours: unknown, theirs: unknown, path: string, found: string[]): void {
  if (ours === theirs) return;
  const [left, right] = [childrenOf(ours), childrenOf(theirs)];
  if (left === undefined || right === undefined || Array.isArray(ours) !== Array.isArray(theirs)) {
    found.push(`${path === '' ? 'all' : path}: ours ${show(ours)}, theirs ${show(theirs)}`);
    return;
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    compare(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`, found);
  }
}

function childrenOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
