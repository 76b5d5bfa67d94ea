import type { Action } from '#contract/index.ts';
import type { StackAction } from './main-action.ts';
import type { PlanQuestion } from './plan-dialog.tsx';

/** The question before a button of the page's head is obeyed. */
export function questionFor(button: StackAction, environment: string): PlanQuestion {
  const action: Action = { verb: button.verb, services: [] };
  return button.verb === 'restart'
    ? {
        title: `Restart ${environment}?`,
        confirm: 'Restart',
        action,
        assurance: 'Services do not answer for the moment in which they restart.',
      }
    : {
        title: `Apply changes to ${environment}?`,
        confirm: 'Apply changes',
        action,
        assurance: 'Data volumes stay as they are.',
      };
}

/** The question that a start waits for because the files ask for more than was agreed to. */
export function questionForAgreement(action: Action, environment: string): PlanQuestion {
  return action.verb === 'build'
    ? { title: `Build the images of ${environment}?`, confirm: 'Build', action }
    : { title: `Start ${environment}?`, confirm: 'Start', action };
}

/** The question before a service is restarted. */
export function questionForServiceRestart(service: string): PlanQuestion {
  return {
    title: `Restart ${service}?`,
    confirm: 'Restart',
    action: { verb: 'restart', services: [service] },
    assurance: 'It does not answer for the moment in which it restarts. What depends on it keeps running.',
  };
}

/** The question before a service's image is built anew and its containers are replaced. */
export function questionForRebuild(service: string): PlanQuestion {
  return {
    title: `Rebuild ${service}?`,
    confirm: 'Rebuild',
    action: { verb: 'up', services: [service], build: true, noDeps: true },
    assurance:
      'The image is built from the sources as they are now. Where that makes another image, the containers are replaced. Data volumes stay.',
  };
}

/** The question before a service runs more or less often than now. */
export function questionForScale(service: string, count: number): PlanQuestion {
  return {
    title: `Scale ${service}?`,
    confirm: 'Scale',
    action: { verb: 'up', services: [service], scale: { [service]: count }, noDeps: true },
    assurance: 'Data volumes stay.',
  };
}

/** The question before a stack's containers are removed. */
export function questionForRemoval(environment: string, orphansToo: boolean): PlanQuestion {
  return {
    title: `Remove the containers of ${environment}?`,
    confirm: 'Remove',
    danger: true,
    assurance:
      'Data volumes and images stay. Start creates the containers anew. What a container wrote outside of a volume is lost.',
    action: { verb: 'down', services: [], ...(orphansToo ? { removeOrphans: true } : {}) },
  };
}

/** The question before leftover containers are removed, which happens while the rest is brought up as the files say. */
export function questionForOrphans(environment: string): PlanQuestion {
  return {
    title: `Remove leftover containers of ${environment}?`,
    confirm: 'Remove',
    danger: true,
    assurance: 'Data volumes stay. The services that the files name are brought up as they say.',
    action: { verb: 'up', services: [], removeOrphans: true },
  };
}
