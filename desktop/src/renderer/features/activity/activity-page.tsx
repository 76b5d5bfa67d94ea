import { Download, History, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActivityCheck, ActivityEntry, Environment } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { saveFile } from '#ui/save-file.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t, told } from '#words/index.ts';
import css from './activity-page.module.css';
import { DayCard } from './day-card.tsx';
import { byDay, deedsOf, isFound } from './deeds.ts';

export interface ActivityPageProps {
  stores: Stores;
  environment: Environment;
}

const scopes = () => [
  { id: 'project', title: t('activity:thisProject') },
  { id: 'all', title: t('activity:allProjects') },
];

function save(entries: readonly ActivityEntry[]): void {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const lines = entries.toReversed().map((entry) => `${JSON.stringify(entry)}\n`);
  saveFile(`quayside-activity-${stamp}.ndjson`, 'application/x-ndjson', lines);
}

function CheckBanner({ check }: { check: ActivityCheck }) {
  if (check.ok) {
    return <Banner tone="ok" title={t('activity:intact', { count: check.entries })} />;
  }
  return (
    <Banner tone="bad" title={t('activity:altered')}>
      <ul className={css['faults']}>
        {check.faults.slice(0, 20).map(({ file, line, sentence }) => (
          <li key={`${file} ${line}`}>
            {told(sentence)} <small>{line === undefined ? file : t('activity:place', { file, line })}</small>
          </li>
        ))}
      </ul>
      {check.faults.length > 20 ? <p>{t('activity:morePlaces', { count: check.faults.length - 20 })}</p> : null}
    </Banner>
  );
}

/** The page of what was done: who, what, when, from where, with what result. */
export function ActivityPage({ stores, environment }: ActivityPageProps) {
  const { entries, more, problem, check, checking, watch, older, verify, all } = useStore(
    stores.activity,
    (state) => state,
  );
  const running = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment.id]?.stack?.operation);
  const [scope, setScope] = useState('project');
  const [text, setText] = useState('');
  const project = scope === 'project' ? environment.project : undefined;
  useEffect(() => watch(project), [watch, project]);
  const deeds = deedsOf(entries ?? []);
  const shown = text === '' ? deeds : deeds.filter((deed) => isFound(deed, text));
  const days = [...byDay(shown)];
  return (
    <>
      <PageTop
        title={t('activity:title')}
        sentence={t('activity:sentence')}
        actions={
          <>
            <Button
              look="quiet"
              icon={Download}
              disabled={deeds.length === 0}
              onClick={() => {
                void all().then(save);
              }}
            >
              {t('activity:export')}
            </Button>
            <Button
              icon={ShieldCheck}
              disabled={checking}
              onClick={() => {
                void verify();
              }}
            >
              {t('activity:verify')}
            </Button>
          </>
        }
      />
      <PageBody>
        {check === undefined ? null : <CheckBanner check={check} />}
        {problem === undefined ? null : (
          <ErrorState title={t('activity:unreadable')} message={told(problem.message)} remedy={told(problem.remedy)} />
        )}
        <div className={css['tools']}>
          <SearchBox
            label={t('activity:search')}
            placeholder={t('activity:searchHint')}
            value={text}
            onChange={setText}
          />
          <SegmentedControl label={t('activity:projects')} segments={scopes()} value={scope} onChange={setScope} />
        </div>
        {entries === undefined && problem === undefined ? <Skeleton label={t('activity:reading')} lines={6} /> : null}
        {days.map(([day, of]) => (
          <DayCard key={day} day={day} deeds={of} running={running} everywhere={scope === 'all'} />
        ))}
        {entries !== undefined && shown.length === 0 ? (
          <EmptyState icon={History} title={t(text === '' ? 'activity:nothingDone' : 'activity:nothingMatches')}>
            <p>{t(text === '' ? 'activity:nothingDoneNote' : 'activity:nothingMatchesNote')}</p>
          </EmptyState>
        ) : null}
        {more ? (
          <Button
            look="quiet"
            onClick={() => {
              void older();
            }}
          >
            {t('activity:older')}
          </Button>
        ) : null}
      </PageBody>
    </>
  );
}
