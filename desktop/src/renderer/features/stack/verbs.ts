import type { Action } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';

function target({ services }: Action): string {
  return services.length === 0 ? '' : ` ${services.join(', ')}`;
}

/** What goes on: `Starting`, `Stopping backend`. */
export function verbDoing(action: Action): string {
  switch (action.verb) {
    case 'up':
    case 'start':
      return `Starting${target(action)}`;
    case 'build':
      return `Building${target(action)}`;
    case 'stop':
      return `Stopping${target(action)}`;
    case 'restart':
      return `Restarting${target(action)}`;
    case 'down':
      return 'Removing';
    case 'deploy':
      return `Deploying ${action.version ?? 'images'}`;
    case 'rollback':
      return 'Rolling back';
    default:
      return assertNever(action.verb);
  }
}

/** The same for the head of the page: `Starting Development`. */
export function headlineDoing(action: Action, environment: string): string {
  if (action.services.length > 0) return verbDoing(action);
  return action.verb === 'build' ? `Building images for ${environment}` : `${verbDoing(action)} ${environment}`;
}

/** The name of an operation that is over: `Start`, `Restart of backend`. */
export function verbDone(action: Action): string {
  const of = action.services.length === 0 ? '' : ` of${target(action)}`;
  switch (action.verb) {
    case 'up':
    case 'start':
      return `Start${of}`;
    case 'build':
      return `Build${of}`;
    case 'stop':
      return `Stop${of}`;
    case 'restart':
      return `Restart${of}`;
    case 'down':
      return 'Removal';
    case 'deploy':
      return `Deployment of ${action.version ?? 'images'}`;
    case 'rollback':
      return 'Rollback';
    default:
      return assertNever(action.verb);
  }
}
