/** One line of a Dockerfile; `failing` where it belongs to the instruction that failed. */
export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
  readonly failing: boolean;
}

/** `details` of a BUILD_FAILED that the builder reported. Lines count from 1. */
export interface BuildFailureDetails {
  /** The instruction as it stands in the Dockerfile, or the builder's name of the step. */
  readonly step?: string;
  /** The Dockerfile as the compose file names it. */
  readonly dockerfile: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly excerpt?: readonly ExcerptLine[];
  /** The last lines that the step printed, at most 30. */
  readonly output: readonly string[];
  readonly exitCode?: number;
  /** The builder's own words. */
  readonly reason: string;
}
