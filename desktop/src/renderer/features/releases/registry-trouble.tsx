import type { Problem } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import css from './release-list.module.css';

function titleOf({ code }: Problem): string {
  switch (code) {
    case 'REGISTRY_LOGIN':
      return 'The registry wants a login';
    case 'REGISTRY_DENIED':
      return 'The registry does not let you in';
    case 'REGISTRY_RATE_LIMIT':
      return 'The registry asks to wait';
    case 'REGISTRY_UNREACHABLE':
      return 'The registry does not answer';
    case 'REGISTRY_PROTOCOL':
      return 'What answers is not what a registry says';
    default:
      return 'The versions in the registry cannot be read';
  }
}

export interface RegistryTroubleProps {
  problem: Problem;
  looking: boolean;
  /** Whether there are releases that do not need the registry. */
  past: boolean;
  onLook: () => void;
}

/** Why the registry cannot be read, what to do, and what works all the same. */
export function RegistryTrouble({ problem, looking, past, onLook }: RegistryTroubleProps) {
  const spared = past ? 'Past releases marked “Ready” can be rolled back to all the same.' : undefined;
  return (
    <div className={css['trouble']}>
      <ErrorState
        title={titleOf(problem)}
        message={problem.message}
        remedy={[problem.remedy, spared].filter((text) => text !== undefined).join(' ')}
        actions={
          <Button disabled={looking} onClick={onLook}>
            {looking ? 'Looking…' : 'Look again'}
          </Button>
        }
      />
    </div>
  );
}
