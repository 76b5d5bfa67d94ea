/** A pattern that the ignore rules do not allow. `pattern` is what was refused. */
export class IgnorePatternError extends Error {
  readonly pattern: string;

  constructor(pattern: string) {
    super(`syntax error in pattern ${JSON.stringify(pattern)}`);
    this.pattern = pattern;
  }
}
