import type { Action, Verb } from '#contract/index.ts';
import { t } from '#words/index.ts';

type Word = Exclude<Verb, 'up'> | 'deployImages';

/** The key of the words for an action. */
function wordOf({ verb, version }: Action): Word {
  if (verb === 'up') return 'start';
  return verb === 'deploy' && version === undefined ? 'deployImages' : verb;
}

/** What can be done to some services alone, which are named then. */
const partial = ['start', 'build', 'stop', 'restart'] as const;

function partialOf(action: Action): (typeof partial)[number] | undefined {
  return action.services.length === 0 ? undefined : partial.find((one) => one === wordOf(action));
}

/** What goes on: `Starting`, `Stopping backend`. */
export function verbDoing(action: Action): string {
  const part = partialOf(action);
  return part === undefined
    ? t(`stack:doing.${wordOf(action)}`, { version: action.version })
    : t(`stack:doingSome.${part}`, { services: action.services.join(', ') });
}

/** The same for the head of the page: `Starting Development`. */
export function headlineDoing(action: Action, environment: string): string {
  if (action.services.length > 0) return verbDoing(action);
  return t(`stack:doingAll.${wordOf(action)}`, { environment, version: action.version });
}

/** The name of an operation that is over: `Start`, `Restart of backend`. */
export function verbDone(action: Action): string {
  const part = partialOf(action);
  return part === undefined
    ? t(`stack:deedName.${wordOf(action)}`, { version: action.version })
    : t(`stack:deedNameSome.${part}`, { services: action.services.join(', ') });
}
