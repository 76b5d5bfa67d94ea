import type { Model } from '#engine/compose/index.ts';
import type { OperationDeps, Target } from '#engine/stack/index.ts';
import type { LoadWith } from './model-of.ts';
import type { Seal } from './records/seal.ts';
import type { ReleaseStore } from './records/store.ts';
import type { Registry } from './registry/registry.ts';
import type { ImagePolicy } from './trust/judge.ts';

/** What the parts of this room share. */
export interface ReleaseDeps extends OperationDeps {
  readonly store: (project: string) => Promise<ReleaseStore>;
  readonly seal: Seal;
  readonly registry: Registry;
  readonly loadWith: LoadWith;
  /** What a project asks of its images; read anew each time. */
  readonly imagePolicy: (directory: string) => Promise<ImagePolicy>;
  readonly target: (environment: string, needsFiles: boolean) => Promise<Target>;
  /** Releases whose images are kept. */
  readonly keep: number;
  /** Ends this process at a named point, for tests of what a crash leaves behind. */
  readonly crashAt?: string;
}

/** A target whose files could be read. */
export interface FullTarget extends Target {
  readonly model: Model;
}
