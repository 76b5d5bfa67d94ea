import type { Action, Release } from '#contract/index.ts';

/** What is asked before something is deployed or rolled back. */
export interface ReleaseQuestion {
  title: string;
  confirm: string;
  version: string;
  action: Action;
  /** The release to go back to. */
  target?: Release;
}

export function questionForDeploy(version: string, environment: string): ReleaseQuestion {
  return {
    title: `Deploy ${version} to ${environment}?`,
    confirm: 'Deploy',
    version,
    action: { verb: 'deploy', services: [], version },
  };
}

/** By id: a version may be deployed more than once, and each time is a release of its own. */
export function questionForRollback(target: Release, environment: string): ReleaseQuestion {
  const { id, version } = target;
  return {
    title: `Roll ${environment} back to ${version}?`,
    confirm: 'Roll back',
    version,
    action: { verb: 'rollback', services: [], release: id },
    target,
  };
}
