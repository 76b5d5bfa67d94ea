import type { Action } from '#contract/index.ts';
import { t } from '#words/index.ts';
import type { StackAction } from './main-action.ts';
import type { PlanQuestion } from './plan-dialog.tsx';

/** The question before a button of the page's head is obeyed. */
export function questionFor(button: StackAction, environment: string): PlanQuestion {
  const action: Action = { verb: button.verb, services: [] };
  return button.verb === 'restart'
    ? {
        title: t('stack:ask.restart', { name: environment }),
        confirm: t('stack:action.restart'),
        action,
        assurance: t('stack:assurance.restart'),
      }
    : {
        title: t('stack:ask.apply', { name: environment }),
        confirm: t('stack:action.apply'),
        action,
        assurance: t('stack:assurance.apply'),
      };
}

/** The question that a start waits for because the files ask for more than was agreed to. */
export function questionForAgreement(action: Action, environment: string): PlanQuestion {
  return action.verb === 'build'
    ? { title: t('stack:ask.build', { name: environment }), confirm: t('stack:action.build'), action }
    : { title: t('stack:ask.start', { name: environment }), confirm: t('stack:action.start'), action };
}

/** The question before a service is restarted. */
export function questionForServiceRestart(service: string): PlanQuestion {
  return {
    title: t('stack:ask.restart', { name: service }),
    confirm: t('stack:action.restart'),
    action: { verb: 'restart', services: [service] },
    assurance: t('stack:assurance.restartOne'),
  };
}

/** The question before a service's image is built anew and its containers are replaced. */
export function questionForRebuild(service: string): PlanQuestion {
  return {
    title: t('stack:ask.rebuild', { name: service }),
    confirm: t('stack:action.rebuild'),
    action: { verb: 'up', services: [service], build: true, noDeps: true },
    assurance: t('stack:assurance.rebuild'),
  };
}

/** The question before a service runs more or less often than now. */
export function questionForScale(service: string, count: number): PlanQuestion {
  return {
    title: t('stack:ask.scale', { name: service }),
    confirm: t('stack:action.scale'),
    action: { verb: 'up', services: [service], scale: { [service]: count }, noDeps: true },
    assurance: t('stack:assurance.scale'),
  };
}

/** The question before a stack's containers are removed. */
export function questionForRemoval(environment: string, orphansToo: boolean): PlanQuestion {
  return {
    title: t('stack:ask.remove', { name: environment }),
    confirm: t('stack:action.remove'),
    danger: true,
    assurance: t('stack:assurance.remove'),
    action: { verb: 'down', services: [], ...(orphansToo ? { removeOrphans: true } : {}) },
  };
}

/** The question before leftover containers are removed, which happens while the rest is brought up as the files say. */
export function questionForOrphans(environment: string): PlanQuestion {
  return {
    title: t('stack:ask.orphans', { name: environment }),
    confirm: t('stack:action.remove'),
    danger: true,
    assurance: t('stack:assurance.orphans'),
    action: { verb: 'up', services: [], removeOrphans: true },
  };
}
