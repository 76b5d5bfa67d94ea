import type { Action, Release } from '#contract/index.ts';
import { t } from '#words/index.ts';

/** What is asked before something is deployed or rolled back, in the language spoken when it is read. */
export interface ReleaseQuestion {
  readonly title: string;
  readonly confirm: string;
  version: string;
  action: Action;
  /** The release to go back to. */
  target?: Release;
}

export function questionForDeploy(version: string, environment: string): ReleaseQuestion {
  return {
    get title() {
      return t('releases:question.deploy', { version, environment });
    },
    get confirm() {
      return t('releases:deploy');
    },
    version,
    action: { verb: 'deploy', services: [], version },
  };
}

/** By id: a version may be deployed more than once, and each time is a release of its own. */
export function questionForRollback(target: Release, environment: string): ReleaseQuestion {
  const { id, version } = target;
  return {
    get title() {
      return t('releases:question.rollback', { version, environment });
    },
    get confirm() {
      return t('releases:rollBack');
    },
    version,
    action: { verb: 'rollback', services: [], release: id },
    target,
  };
}

/** What the address asks for: a version to deploy, or the id of a release to go back to. */
export interface Asked {
  deploy?: string | undefined;
  rollback?: string | undefined;
}

/** The question that the address asks for, where that is something to ask. */
export function askedQuestion(
  { deploy, rollback }: Asked,
  releases: readonly Release[] | undefined,
  environment: string,
): ReleaseQuestion | undefined {
  if (deploy !== undefined) return questionForDeploy(deploy, environment);
  const target = releases?.find(({ id }) => id === rollback);
  return target === undefined || target.current ? undefined : questionForRollback(target, environment);
}
