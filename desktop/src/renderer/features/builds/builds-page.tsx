import { Hammer } from 'lucide-react';
import type { ReactNode } from 'react';
import { action, type BuildRecord, type BuildSummary, type Environment } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { ago } from '#ui/format.ts';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import { BuildCard } from './build-card.tsx';
import { BuildList } from './build-list.tsx';
import css from './builds-page.module.css';
import { useBuilds } from './use-builds.ts';
import { buildLook } from './words.ts';

export interface BuildsPageProps {
  stores: Stores;
  environment: Environment;
  /** Stands above all else. */
  notice: ReactNode;
  /** Why nothing can be built now, in words; absent where it can. */
  hindrance: string | undefined;
  /** Id of the build that is looked at; absent = the newest. */
  selected: string | undefined;
  /** Absent = the newest, whichever that is. */
  onSelect: (id?: string) => void;
}

function sentenceOf(running: readonly BuildRecord[], newest: BuildSummary | undefined, now: number): string {
  if (running.length > 0) return t('builds:building', { services: running.map(({ service }) => service).join(', ') });
  if (newest === undefined) return '';
  return t(`builds:newest.${newest.outcome}`, { service: newest.service, ago: ago(newest.startedAt, now) });
}

function NothingYet() {
  return (
    <EmptyState icon={Hammer} title={t('builds:nothing')}>
      <p>{t('builds:nothingNote')}</p>
    </EmptyState>
  );
}

function Gone() {
  return (
    <EmptyState icon={Hammer} title={t('builds:gone')}>
      <p>{t('builds:goneNote')}</p>
    </EmptyState>
  );
}

/** The page of builds: those that run and those that have ended, with their steps over time. */
export function BuildsPage({ stores, environment, notice, hindrance, selected, onSelect }: BuildsPageProps) {
  const builds = useBuilds(stores, environment.id, selected);
  const { entry, now, running, all, chosen, build, refused } = builds;
  const start = useStore(stores.operation, (state) => state.start);
  const isRunning = ({ id }: BuildSummary): boolean => running.some((one) => one.id === id);
  const lookOf = (one: BuildSummary) => buildLook(isRunning(one) ? 'running' : one.outcome);
  const newest = all[0];
  const reading = entry?.list === undefined && entry?.problem === undefined;
  return (
    <>
      <PageTop
        badge={newest === undefined ? undefined : <StateBadge {...lookOf(running[0] ?? newest)} />}
        title={t('builds:title')}
        sentence={sentenceOf(running, newest, now)}
        actions={
          <Button
            icon={Hammer}
            needs="operator"
            disabled={hindrance !== undefined}
            title={hindrance}
            onClick={() => {
              onSelect();
              void start(environment.id, action.parse({ verb: 'build' }));
            }}
          >
            {t('builds:build')}
          </Button>
        }
      />
      <PageBody>
        {notice}
        {entry?.problem === undefined ? null : (
          <ErrorState
            title={t('builds:unreadable')}
            message={told(entry.problem.message)}
            remedy={told(entry.problem.remedy)}
          />
        )}
        {reading ? <Skeleton label={t('builds:reading')} lines={6} /> : null}
        {entry?.list !== undefined && all.length === 0 ? <NothingYet /> : null}
        {all.length === 0 ? null : (
          <div className={css['columns']}>
            <BuildList builds={all} lookOf={lookOf} selected={chosen?.id} now={now} onSelect={onSelect} />
            {chosen === undefined && !reading ? <Gone /> : null}
            {refused === undefined ? null : (
              <ErrorState
                title={t('builds:unreadableOne')}
                message={told(refused.message)}
                remedy={told(refused.remedy)}
              />
            )}
            {build === undefined ? null : (
              <BuildCard
                key={build.id}
                build={build}
                look={lookOf(build)}
                running={isRunning(build)}
                before={builds.before}
                beforeWhole={builds.beforeWhole}
                now={now}
              />
            )}
          </div>
        )}
      </PageBody>
    </>
  );
}
