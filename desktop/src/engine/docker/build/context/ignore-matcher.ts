import type { IgnorePattern } from './ignore-pattern.ts';

/** For each pattern, whether it matched a folder or one of the folders above it. */
export type FolderMatch = readonly boolean[];

/** The rules of one ignore file, in order: the last one that matches decides. */
export class IgnoreMatcher {
  readonly #patterns: readonly IgnorePattern[];
  readonly #reincludes: readonly (readonly string[])[];

  constructor(patterns: readonly IgnorePattern[]) {
    this.#patterns = patterns;
    this.#reincludes = patterns.filter((pattern) => pattern.reinclude).map((pattern) => pattern.text.split('/'));
  }

  /** Whether the path is left out, and what to hand in as `parent` for what lies below it. */
  match(path: string, parent?: FolderMatch): { readonly ignored: boolean; readonly folder: FolderMatch } {
    let ignored = false;
    const folder = this.#patterns.map((pattern, index) => {
      // A pattern that cannot change the verdict is not asked, but one that matched a folder above still counts.
      const matched = (parent?.[index] ?? false) || (pattern.reinclude === ignored && pattern.matches(path));
      if (matched) ignored = !pattern.reinclude;
      return matched;
    });
    return { ignored, folder };
  }

  /** Whether a `!` rule might match something below this left-out folder, so that it has to be walked. */
  mayReinclude(folder: string): boolean {
    const parts = folder.split('/');
    return this.#reincludes.some((pattern) => reachesBelow(pattern, parts));
  }
}

function reachesBelow(pattern: readonly string[], folder: readonly string[]): boolean {
  for (const [index, part] of folder.entries()) {
    const wanted = pattern[index];
    if (wanted === undefined) return false;
    // Brackets and escapes may match a slash in the reference, so a pattern that uses them can reach anywhere.
    if (/\*\*|[[\\]/.test(wanted)) return true;
    if (!/[*?]/.test(wanted) && wanted !== part) return false;
  }
  return pattern.length > folder.length;
}
