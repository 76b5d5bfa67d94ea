import type { Action, Environment, Release, StackState } from '#contract/index.ts';
import type { OperationEntry, ReleasesEntry, Stores } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { cx } from '#ui/cx.ts';
import { ErrorState } from '#ui/error-state.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import { FirstRelease } from './first-release.tsx';
import { HistoryCard } from './history-card.tsx';
import { ElsewhereNotice, EngineNotice, RecoveryNotice } from './notices.tsx';
import { OperationPart } from './operation-part.tsx';
import { ProofCard } from './proof-card.tsx';
import { RegistryCard } from './registry-card.tsx';
import { questionForDeploy, questionForRollback, type ReleaseQuestion } from './release-question.ts';
import css from './releases-page.module.css';

export interface ReleasesBodyProps {
  stores: Stores;
  environment: Environment;
  entry: ReleasesEntry;
  stack: StackState | undefined;
  operation: OperationEntry;
  /** A deploy or rollback that another process carries out. */
  elsewhere: Release | undefined;
  now: number;
  online: boolean;
  writable: boolean;
  onStart: (action: Action) => void;
  onAsk: (question: ReleaseQuestion) => void;
  onCompare: (release: Release) => void;
}

function ListTrouble({ entry, onRetry }: { entry: ReleasesEntry; onRetry: () => void }) {
  const { problem, releases } = entry;
  if (problem === undefined) return null;
  const retry = <Button onClick={onRetry}>{t('releases:tryAgain')}</Button>;
  if (releases === undefined) {
    return (
      <ErrorState
        title={t('releases:unreadable')}
        message={told(problem.message)}
        remedy={told(problem.remedy)}
        actions={retry}
      />
    );
  }
  return (
    <Banner tone="bad" title={t('releases:unreadableNow')} actions={retry}>
      <p>{told(problem.message)}</p>
      {problem.remedy === undefined ? null : <p className={css['remedy']}>{told(problem.remedy)}</p>}
    </Banner>
  );
}

function Past({ environment, entry, now, writable, onAsk, onCompare }: ReleasesBodyProps) {
  const { releases, problem } = entry;
  if (releases === undefined) {
    return problem === undefined ? (
      <Card title={environment.title}>
        <Skeleton label={t('releases:reading')} />
      </Card>
    ) : null;
  }
  if (releases.length === 0) return <FirstRelease />;
  return (
    <HistoryCard
      environment={environment}
      releases={releases}
      drift={entry.verification?.ok === false}
      now={now}
      writable={writable}
      onRollBack={(release) => {
        onAsk(questionForRollback(release, environment.title));
      }}
      onCompare={onCompare}
    />
  );
}

/** Everything below the head of the Releases page. */
export function ReleasesBody(props: ReleasesBodyProps) {
  const { stores, environment, entry, stack, operation, elsewhere, now, online, writable, onStart, onAsk } = props;
  const { id } = environment;
  const releases = entry.releases ?? [];
  const current = releases.find((release) => release.current);
  const { load, look, recover, dismiss } = stores.releases.getState();
  const orders = stores.operation.getState();
  return (
    <PageBody>
      <EngineNotice stack={stack} />
      <ListTrouble entry={entry} onRetry={() => void load(id)} />
      {elsewhere === undefined ? null : <ElsewhereNotice release={elsewhere} now={now} />}
      <RecoveryNotice
        entry={entry}
        cutOff={releases.find(({ outcome }) => outcome === 'interrupted')}
        now={now}
        writable={writable}
        onRecover={() => void recover(id)}
        onDismiss={() => {
          dismiss(id);
        }}
      />
      <OperationPart
        operation={operation}
        releases={releases}
        now={now}
        online={online}
        writable={writable}
        onStart={onStart}
        onCancel={() => void orders.cancel(id)}
        onDismiss={() => {
          orders.dismiss(id);
        }}
      />
      <div className={cx(css['columns'], current !== undefined && css['proved'])}>
        {current === undefined ? null : (
          <div className={css['proof']}>
            <ProofCard release={current} verification={entry.verification} />
          </div>
        )}
        <div className={css['lists']}>
          <Past {...props} />
          <RegistryCard
            entry={entry}
            now={now}
            online={online}
            writable={writable}
            onLook={() => void look(id)}
            onDeploy={(version) => {
              onAsk(questionForDeploy(version, environment.title));
            }}
          />
        </div>
      </div>
    </PageBody>
  );
}
