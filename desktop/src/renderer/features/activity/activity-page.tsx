import { Download, History, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ActivityCheck, ActivityEntry, Environment } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/error-state.tsx';
import { counted } from '#ui/format.ts';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { saveFile } from '#ui/save-file.ts';
import { SearchBox } from '#ui/search-box.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import css from './activity-page.module.css';
import { DayCard } from './day-card.tsx';
import { byDay, deedsOf, isFound } from './deeds.ts';

export interface ActivityPageProps {
  stores: Stores;
  environment: Environment;
}

const scopes = [
  { id: 'project', title: 'This project' },
  { id: 'all', title: 'All projects' },
];

function save(entries: readonly ActivityEntry[]): void {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const lines = entries.toReversed().map((entry) => `${JSON.stringify(entry)}\n`);
  saveFile(`quayside-activity-${stamp}.ndjson`, 'application/x-ndjson', lines);
}

function CheckBanner({ check }: { check: ActivityCheck }) {
  if (check.ok) {
    return <Banner tone="ok" title={`The log is as it was written: ${counted(check.entries, 'entry', 'entries')}.`} />;
  }
  return (
    <Banner tone="bad" title="The log is not as it was written">
      <ul className={css['faults']}>
        {check.faults.slice(0, 20).map(({ file, line, sentence }) => (
          <li key={`${file} ${line}`}>
            {sentence} <small>{line === undefined ? file : `${file}, line ${line}`}</small>
          </li>
        ))}
      </ul>
      {check.faults.length > 20 ? <p>{check.faults.length - 20} more places are not shown.</p> : null}
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
        title="Activity"
        sentence="Who did what, when, from where, and how it ended. Entries are never changed: each seals the one before it."
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
              Export
            </Button>
            <Button
              icon={ShieldCheck}
              disabled={checking}
              onClick={() => {
                void verify();
              }}
            >
              Verify
            </Button>
          </>
        }
      />
      <PageBody>
        {check === undefined ? null : <CheckBanner check={check} />}
        {problem === undefined ? null : (
          <ErrorState title="The activity log cannot be read" message={problem.message} remedy={problem.remedy} />
        )}
        <div className={css['tools']}>
          <SearchBox
            label="Search activity"
            placeholder="Search by person, action, result"
            value={text}
            onChange={setText}
          />
          <SegmentedControl label="Projects" segments={scopes} value={scope} onChange={setScope} />
        </div>
        {entries === undefined && problem === undefined ? (
          <Skeleton label="Reading the activity log" lines={6} />
        ) : null}
        {days.map(([day, of]) => (
          <DayCard key={day} day={day} deeds={of} running={running} everywhere={scope === 'all'} />
        ))}
        {entries !== undefined && shown.length === 0 ? (
          <EmptyState icon={History} title={text === '' ? 'Nothing was done yet' : 'Nothing matches'}>
            <p>
              {text === ''
                ? 'Starts, stops, deployments and rollbacks are written down here, from the panel and from the command line.'
                : 'The search looks at people, actions, projects and results.'}
            </p>
          </EmptyState>
        ) : null}
        {more ? (
          <Button
            look="quiet"
            onClick={() => {
              void older();
            }}
          >
            Show older entries
          </Button>
        ) : null}
      </PageBody>
    </>
  );
}
