import type { Release, StackState } from '#contract/index.ts';
import type { ReleasesEntry } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { ago, clock } from '#ui/format.ts';
import { t, told } from '#words/index.ts';
import { LockBanner } from './lock-banner.tsx';
import { holderOf } from './outcome-words.ts';
import { whoOf } from './release-words.ts';
import css from './releases-page.module.css';

/** Says that the engine is not there; past releases stay in sight. */
export function EngineNotice({ stack }: { stack: StackState | undefined }) {
  if (stack === undefined || stack.engine.state === 'connected' || stack.engine.state === 'connecting') return null;
  const { problem } = stack.engine;
  return (
    <Banner tone="bad" title={t('releases:engineDown')}>
      {problem === undefined ? null : <p>{told(problem.message)}</p>}
      {problem?.remedy === undefined ? null : <p className={css['remedy']}>{told(problem.remedy)}</p>}
      <p className={css['remedy']}>{t('releases:engineDownNote')}</p>
    </Banner>
  );
}

/** A deploy or rollback that another process carries out. */
export function ElsewhereNotice({ release, now }: { release: Release; now: number }) {
  const verb = release.cause === 'rollback' ? 'rollback' : 'deploy';
  return (
    <Banner tone="busy" title={t(`releases:elsewhere.${verb}`, { who: whoOf(release), version: release.version })}>
      <p>{t('releases:elsewhere.begun', { ago: ago(release.startedAt, now), time: clock(release.startedAt) })}</p>
    </Banner>
  );
}

export interface RecoveryNoticeProps {
  entry: ReleasesEntry;
  /** The release that was cut off, if there is one. */
  cutOff: Release | undefined;
  now: number;
  writable: boolean;
  onRecover: () => void;
  onDismiss: () => void;
}

/** A release that was cut off in the middle, the button that brings it to an end, and what came of that. */
export function RecoveryNotice({ entry, cutOff, now, writable, onRecover, onDismiss }: RecoveryNoticeProps) {
  const { recovering = false, recovered, recoverProblem } = entry;
  const holder = holderOf(recoverProblem);
  return (
    <>
      {recovered === undefined ? null : <Banner tone="ok" title={told(recovered)} onDismiss={onDismiss} />}
      {holder === undefined ? null : (
        <LockBanner holder={holder} now={now} writable={writable} onRetry={onRecover} onDismiss={onDismiss} />
      )}
      {recoverProblem === undefined || holder !== undefined ? null : (
        <Banner tone="bad" title={told(recoverProblem.message)} onDismiss={onDismiss}>
          {recoverProblem.remedy === undefined ? null : <p className={css['remedy']}>{told(recoverProblem.remedy)}</p>}
        </Banner>
      )}
      {cutOff === undefined ? null : (
        <Banner
          tone="warn"
          title={t(`releases:cutOff.${cutOff.cause === 'rollback' ? 'rollback' : 'deploy'}`, {
            version: cutOff.version,
          })}
          actions={
            <Button look="primary" needs="operator" disabled={!writable || recovering} onClick={onRecover}>
              {t(recovering ? 'releases:cutOff.recovering' : 'releases:cutOff.recover')}
            </Button>
          }
        >
          <p>{t('releases:cutOff.note', { ago: ago(cutOff.startedAt, now) })}</p>
        </Banner>
      )}
    </>
  );
}
