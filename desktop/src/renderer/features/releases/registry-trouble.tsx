import type { Problem } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { t, told } from '#words/index.ts';
import css from './release-list.module.css';

function titleOf({ code }: Problem): string {
  switch (code) {
    case 'REGISTRY_LOGIN':
      return t('releases:trouble.login');
    case 'REGISTRY_DENIED':
      return t('releases:trouble.denied');
    case 'REGISTRY_RATE_LIMIT':
      return t('releases:trouble.rateLimit');
    case 'REGISTRY_UNREACHABLE':
      return t('releases:trouble.unreachable');
    case 'REGISTRY_PROTOCOL':
      return t('releases:trouble.protocol');
    default:
      return t('releases:trouble.other');
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
  const spared = past ? t('releases:registry.spared') : undefined;
  return (
    <div className={css['trouble']}>
      <ErrorState
        title={titleOf(problem)}
        message={told(problem.message)}
        remedy={[told(problem.remedy), spared].filter((text) => text !== undefined).join(' ')}
        actions={
          <Button disabled={looking} onClick={onLook}>
            {t(looking ? 'releases:registry.looking' : 'releases:registry.look')}
          </Button>
        }
      />
    </div>
  );
}
