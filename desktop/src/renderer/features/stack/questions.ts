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
