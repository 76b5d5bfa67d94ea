import type { StackState } from '#contract/index.ts';
import type { OperationEntry } from '#state/index.ts';
import { t } from '#words/index.ts';

interface Standing {
  online: boolean;
  stack: StackState | undefined;
  operation: OperationEntry | undefined;
}

/** Whether an operation of the environment is ordered or runs. */
export function isBusy({ stack, operation }: Pick<Standing, 'stack' | 'operation'>): boolean {
  return (
    operation?.ordering === true ||
    (operation?.view !== undefined && operation.view.end === undefined) ||
    stack?.operation !== undefined
  );
}

/** Why nothing can be done with a stack now, in words; nothing where it can. */
export function hindranceOf(standing: Standing): string | undefined {
  const { online, stack } = standing;
  if (!online) return t('stack:hindrance.offline');
  if (stack === undefined) return t('stack:hindrance.unknown');
  if (stack.engine.state !== 'connected') return t('stack:noEngine');
  if (stack.reading !== undefined) return t('stack:hindrance.unknown');
  return isBusy(standing) ? t('stack:hindrance.busy') : undefined;
}
