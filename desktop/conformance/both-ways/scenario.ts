import type { KnownDifference } from '../area.ts';

/** Part of a compose file, as an object. */
export type Part = Readonly<Record<string, unknown>>;

/** The files of a project at one moment. `{project}` in them is its name. */
export interface Version {
  readonly services: Readonly<Record<string, Part>>;
  readonly networks?: Readonly<Record<string, Part>>;
  readonly volumes?: Readonly<Record<string, Part>>;
  readonly secrets?: Readonly<Record<string, Part>>;
  readonly configs?: Readonly<Record<string, Part>>;
  /** Other files of the folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** The compose files in order; default `compose.yml` alone, which all of the above is written to. */
  readonly use?: readonly string[];
  /** Variables for the files. */
  readonly env?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  /** Image that the tag `{project}:1` points to from here on. */
  readonly tagged?: string;
}

/**
 * The questions of a scenario. `ours` and `theirs` name who started the project: it is then looked at by the other tool, changed
 * and brought up by the other, looked at by the first, and taken down by the other.
 */
export const questions = [
  'theirs is found in order',
  'theirs, changed and brought up by us, is found in order',
  'theirs, taken down by us, leaves nothing',
  'ours is found in order',
  'ours, changed and brought up by them, is found in order',
  'ours, taken down by them, leaves nothing',
] as const;
export type Question = (typeof questions)[number];

/** A project and a change to it. */
export interface Scenario {
  readonly name: string;
  readonly before: Version;
  readonly after: Version;
  readonly removeOrphans?: boolean;
  readonly differs?: Partial<Readonly<Record<Question, KnownDifference>>>;
}
