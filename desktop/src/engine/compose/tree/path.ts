/**
 * A position in the model, such as `services`, `web`, `ports`, `[0]`. Tables of the phases are keyed by patterns of the same
 * form in which `*` stands for any one part.
 */
export type Path = readonly string[];

export const showPath = (path: Path): string => path.join('.');

interface Branch<T> {
  readonly exact: Map<string, Branch<T>>;
  any: Branch<T> | undefined;
  value: T | undefined;
}

const newBranch = <T>(): Branch<T> => ({ exact: new Map(), any: undefined, value: undefined });

/** A table from path patterns to rules, walked step by step along with the tree so that no path text is ever built. */
export class PathTable<T> {
  readonly start: PathCursor<T>;

  constructor(rules: Readonly<Record<string, T>>) {
    const root: Branch<T> = newBranch();
    for (const [pattern, rule] of Object.entries(rules)) {
      let branch = root;
      for (const part of pattern.split('.')) branch = stepInto(branch, part);
      branch.value = rule;
    }
    this.start = new PathCursor([root]);
  }
}

function stepInto<T>(branch: Branch<T>, part: string): Branch<T> {
  if (part === '*') return (branch.any ??= newBranch());
  const known = branch.exact.get(part) ?? newBranch<T>();
  branch.exact.set(part, known);
  return known;
}

/** Where a walk stands in a table: all patterns that still fit. Cursors are made once per table, so a walk allocates nothing. */
export class PathCursor<T> {
  readonly #branches: readonly Branch<T>[];
  readonly #named = new Map<string, PathCursor<T>>();
  #other: PathCursor<T> | undefined;
  /** The rule for this place, if there is one. */
  readonly rule: T | undefined;
  /** True when no pattern can match here or below. */
  readonly done: boolean;

  constructor(branches: readonly Branch<T>[]) {
    this.#branches = branches;
    this.rule = branches.find((branch) => branch.value !== undefined)?.value;
    this.done = branches.length === 0;
  }

  next(part: string): PathCursor<T> {
    const known = this.#named.get(part);
    if (known !== undefined) return known;
    const exact = this.#branches.flatMap((branch) => branch.exact.get(part) ?? []);
    if (exact.length === 0) return (this.#other ??= new PathCursor(this.#anywhere()));
    const made = new PathCursor([...exact, ...this.#anywhere()]);
    this.#named.set(part, made);
    return made;
  }

  #anywhere(): Branch<T>[] {
    return this.#branches.flatMap((branch) => branch.any ?? []);
  }
}

/** True when `path` is what `pattern` describes; `*` on either side fits any one part. */
export function matches(path: Path, pattern: Path): boolean {
  if (path.length !== pattern.length) return false;
  return pattern.every((part, index) => part === '*' || part === path[index]);
}
