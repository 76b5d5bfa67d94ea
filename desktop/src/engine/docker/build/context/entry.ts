/** One thing to be packed. `path` is relative to the context, with forward slashes. */
export type ContextEntry =
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number; readonly mtimeMs: number }
  | { readonly kind: 'link'; readonly path: string; readonly mtimeMs: number; readonly target: string }
  | FileEntry;

/** `source` is the absolute path; size and time are those seen while walking, and have to hold while packing. */
export interface FileEntry {
  readonly kind: 'file';
  readonly path: string;
  readonly source: string;
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What a walk found. */
export interface ContextListing {
  /** Sorted, each folder before what it holds. */
  readonly entries: readonly ContextEntry[];
  readonly files: number;
  readonly bytes: number;
  /** Why something was left out although no rule says so, in plain words. */
  readonly warnings: readonly string[];
}

/** How much a context may hold. */
export interface ContextLimits {
  readonly entries: number;
  readonly bytes: number;
}
