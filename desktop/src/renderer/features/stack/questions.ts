import type { Action } from '#contract/index.ts';
import { t } from '#words/index.ts';
import type { StackAction } from './main-action.ts';

/** What can be asked; `restartOne` is about a single service. */
type Asked = 'start' | 'build' | 'apply' | 'restart' | 'restartOne' | 'rebuild' | 'scale' | 'remove' | 'orphans';

/** What is asked before something is done. It holds no words, for it may be open while the panel changes its language. */
export interface PlanQuestion {
  readonly asked: Asked;
  /** Of the environment or the service that it is about. */
  readonly name: string;
  readonly action: Action;
}

export interface QuestionWords {
  title: string;
  confirm: string;
  danger: boolean;
  /** What stays as it is, where a reader may fear otherwise. */
  assurance?: string;
}

/** A question in the words of the language that is spoken now. */
export function questionWords({ asked, name }: Pick<PlanQuestion, 'asked' | 'name'>): QuestionWords {
  const verb = asked === 'restartOne' ? 'restart' : asked;
  return {
    title: t(`stack:ask.${verb}`, { name }),
    confirm: t(`stack:action.${verb === 'orphans' ? 'remove' : verb}`),
    danger: asked === 'remove' || asked === 'orphans',
    ...(asked === 'start' || asked === 'build' ? {} : { assurance: t(`stack:assurance.${asked}`) }),
  };
}

/** The question before a button of the page's head is obeyed. */
export function questionFor({ verb }: StackAction, environment: string): PlanQuestion {
  return { asked: verb === 'restart' ? 'restart' : 'apply', name: environment, action: { verb, services: [] } };
}

/** The question that a start waits for because the files ask for more than was agreed to. */
export function questionForAgreement(action: Action, environment: string): PlanQuestion {
  return { asked: action.verb === 'build' ? 'build' : 'start', name: environment, action };
}

/** The question before a service is restarted. */
export function questionForServiceRestart(service: string): PlanQuestion {
  return { asked: 'restartOne', name: service, action: { verb: 'restart', services: [service] } };
}

/** The question before a service's image is built anew and its containers are replaced. */
export function questionForRebuild(service: string): PlanQuestion {
  return {
    asked: 'rebuild',
    name: service,
    action: { verb: 'up', services: [service], build: true, noDeps: true },
  };
}

/** The question before a service runs more or less often than now. */
export function questionForScale(service: string, count: number): PlanQuestion {
  return {
    asked: 'scale',
    name: service,
    action: { verb: 'up', services: [service], scale: { [service]: count }, noDeps: true },
  };
}

/** The question before a stack's containers are removed. */
export function questionForRemoval(environment: string, orphansToo: boolean): PlanQuestion {
  return {
    asked: 'remove',
    name: environment,
    action: { verb: 'down', services: [], ...(orphansToo ? { removeOrphans: true } : {}) },
  };
}

/** The question before leftover containers are removed, which happens while the rest is brought up as the files say. */
export function questionForOrphans(environment: string): PlanQuestion {
  return { asked: 'orphans', name: environment, action: { verb: 'up', services: [], removeOrphans: true } };
}
