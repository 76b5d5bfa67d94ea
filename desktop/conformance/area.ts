import type { Reference } from './reference.ts';

/** Versions of docker compose that a known difference is about: from `since` on, up to but without `until`. */
export interface Versions {
  readonly since?: string;
  readonly until?: string;
}

/** A place where the two tools differ on purpose, and why. */
export interface KnownDifference extends Versions {
  readonly because: string;
}

/** One thing that both tools are asked about. Its name is unique within its area. */
export interface Item {
  readonly name: string;
  readonly differs?: KnownDifference;
}

/** What came out: nothing where the tools agree, else the difference in words. */
export type Verdict = string | undefined;

/**
 * A part of docker compose's behaviour, made of items that are compared one by one. To add an area, write a file that makes one and name
 * it in `areas.ts`: `npm run conformance`, the docker test and docs/compose-support.md all read that list.
 */
export interface Area {
  /** What `npm run conformance -- NAME` runs. */
  readonly name: string;
  /** One sentence for the list in the documentation. */
  readonly about: string;
  readonly items: readonly Item[];
  /** Compares the items with this version of docker compose; a verdict for each, by name. Leaves nothing behind on the engine. */
  check(items: readonly Item[], reference: Reference): Promise<ReadonlyMap<string, Verdict>>;
  /** The area makes no sense with older versions, such as labels that those did not write. */
  readonly since?: string;
}
