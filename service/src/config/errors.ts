/** Start-up cannot go on; `issues` names every invalid setting, one per entry. */
export class ConfigurationError extends Error {
  readonly issues: readonly string[];

  constructor(issues: readonly string[]) {
    super(`Configuration is invalid: ${issues.join('; ')}`);
    this.name = 'ConfigurationError';
    this.issues = issues;
  }
}

/** Exit status of a process whose configuration is invalid (EX_CONFIG of sysexits.h). */
export const exitConfig = 78;
