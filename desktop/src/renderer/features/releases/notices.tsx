import type { Release, StackState } from '#contract/index.ts';
import type { ReleasesEntry } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { ago, clock } from '#ui/format.ts';
import { LockBanner } from './lock-banner.tsx';
import { holderOf } from './outcome-words.ts';
import { whoOf } from './release-words.ts';
import css from './releases-page.module.css';

/** Says that the engine is not there; past releases stay in sight. */
export function EngineNotice({ stack }: { stack: StackState | undefined }) {
  if (stack === undefined || stack.engine.state === 'connected' || stack.engine.state === 'connecting') return null;
  const { problem } = stack.engine;
  return (
    <Banner tone="bad" title="The Docker Engine does not answer">
      {problem === undefined ? null : <p>{problem.message}</p>}
      <p className={css['remedy']}>
        {problem?.remedy ?? ''} Nothing can be deployed or rolled back until it is there again.
      </p>
    </Banner>
  );
}

/** A deploy or rollback that another process carries out. */
export function ElsewhereNotice({ release, now }: { release: Release; now: number }) {
  const what = release.cause === 'rollback' ? 'rolls back to' : 'deploys';
  return (
    <Banner tone="busy" title={`${whoOf(release)} ${what} ${release.version}`}>
      <p>
        Begun {ago(release.startedAt, now)}, at {clock(release.startedAt)}. One at a time may change a stack: wait until
        it ends.
      </p>
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
      {recovered === undefined ? null : <Banner tone="ok" title={recovered} onDismiss={onDismiss} />}
      {holder === undefined ? null : (
        <LockBanner holder={holder} now={now} writable={writable} onRetry={onRecover} onDismiss={onDismiss} />
      )}
      {recoverProblem === undefined || holder !== undefined ? null : (
        <Banner tone="bad" title={recoverProblem.message} onDismiss={onDismiss}>
          {recoverProblem.remedy === undefined ? null : <p className={css['remedy']}>{recoverProblem.remedy}</p>}
        </Banner>
      )}
      {cutOff === undefined ? null : (
        <Banner
          tone="warn"
          title={`The ${cutOff.cause === 'rollback' ? 'rollback to' : 'deployment of'} ${cutOff.version} was cut off`}
          actions={
            <Button look="primary" needs="operator" disabled={!writable || recovering} onClick={onRecover}>
              {recovering ? 'Recovering…' : 'Recover'}
            </Button>
          }
        >
          <p>
            Quayside or the machine was ended in the middle of it, {ago(cutOff.startedAt, now)}. Recover finishes it
            where it had been proved, and brings back what ran before where not. Nothing is lost.
          </p>
        </Banner>
      )}
    </>
  );
}
