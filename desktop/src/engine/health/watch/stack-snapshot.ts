import type { FeedItem } from '#engine/docker/index.ts';
import type { SeenContainer, WatchedContainer } from '../judge.ts';

/** The containers of one project as last seen. */
export interface StackSnapshot {
  readonly project: string;
  /** ISO time at which they were read. */
  readonly at: string;
  /** True while the engine does not answer: nobody knows whether it is still so. */
  readonly stale: boolean;
  /** By name. */
  readonly containers: readonly WatchedContainer[];
}

/** A project with many containers as far as it has been read: of the others there is what the list says. */
export interface StackPreview extends Omit<StackSnapshot, 'containers'> {
  /** By name. */
  readonly containers: readonly SeenContainer[];
}

/** The live view of one project. It reads what events say has changed, and nothing else. */
export interface StackWatch {
  /** Undefined before the first reading. */
  readonly snapshot: StackSnapshot | undefined;
  /** Where the first reading takes its time: what is known until then. Undefined once there is a snapshot. */
  readonly preview: StackPreview | undefined;
  onChange(listener: (snapshot: StackSnapshot) => void): () => void;
  onPreview(listener: () => void): () => void;
  /** Resolves when there is a first snapshot, or when it is known that the engine does not answer. */
  settled(): Promise<void>;
  /** Resolves when `settled` does, or when there is a preview. */
  begun(): Promise<void>;
  /** Reads the list again, and every container that is probed: no event tells of a probe that changes nothing. Waits for it. */
  refresh(): Promise<void>;
  /** Hand over every item of the engine's feed. Never blocks. */
  take(item: FeedItem): void;
  dispose(): void;
}
