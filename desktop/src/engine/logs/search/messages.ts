import type { Expression } from '../query/expression.ts';
import type { SharedSlab } from '../store/shared-slab.ts';
import type { Source } from '../store/source.ts';
import type { Range } from './search-lines.ts';

/** What lines are looked for; compiled once by each worker. */
export interface SearchSpec {
  /** Different for each search. */
  readonly id: number;
  readonly expression: Expression;
  readonly sources: readonly Source[];
}

/** What a worker is asked to do. `job` comes back with the answer. */
export type WorkerTask =
  | { readonly kind: 'index' | 'seal'; readonly job: number; readonly slab: SharedSlab }
  | {
      readonly kind: 'search';
      readonly job: number;
      readonly slab: SharedSlab;
      readonly spec: SearchSpec;
      readonly range: Range;
    }
  | { readonly kind: 'ping'; readonly job: number };

export type WorkerAnswer =
  | { readonly job: number; readonly kind: 'done' }
  | { readonly job: number; readonly kind: 'sealed'; readonly slab: SharedSlab }
  | { readonly job: number; readonly kind: 'rows'; readonly rows: readonly number[] }
  | { readonly job: number; readonly kind: 'failed'; readonly message: string };
