import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { counted } from '#ui/format.ts';
import { PageTop } from '#ui/page-top.tsx';
import { filterOf, isFiltered, type LogView } from './filter.ts';
import { heldSentence } from './held-sentence.ts';
import { LineDetail } from './line-detail.tsx';
import { LogList } from './log-list.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { LogsEmpty } from './logs-empty.tsx';
import css from './logs-page.module.css';
import { needleOf } from './search-text.ts';
import { serviceColors } from './service-color.ts';
import { useExport } from './use-export.ts';

export interface LogsPageProps {
  stores: Stores;
  environment: string;
  /** The same object as long as nothing in it changes. */
  view: LogView;
  onChange: (view: LogView) => void;
}

function headText({
  atStart,
  loadingEarlier,
  full,
}: {
  atStart: boolean;
  loadingEarlier: boolean;
  full: boolean;
}): string {
  if (loadingEarlier) return 'Reading earlier lines…';
  if (full) return 'The panel shows 20,000 lines at once. Search or filter to see older ones.';
  return atStart ? 'The oldest line that is held' : 'Scroll up for earlier lines';
}

/** All services' lines in the order of time, live. */
export function LogsPage({ stores, environment, view, onChange }: LogsPageProps) {
  const store = stores.logs;
  const state = useStore(store, (slice) => slice);
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment]?.stack);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const [opened, setOpened] = useState<LogLine>();
  const { open, setFollowing, loadEarlier } = state;
  useEffect(() => open(environment, filterOf(view)), [open, environment, view]);
  const exporting = useExport(store, environment);

  const names = useMemo(() => stack?.services.map(({ name }) => name) ?? [], [stack]);
  const known = names.join('\n');
  const colors = useMemo(() => serviceColors(known === '' ? [] : known.split('\n')), [known]);
  const trace = useCallback(
    (id: string) => {
      setFollowing(true);
      onChange({ services: [], levels: [], search: '', correlationId: id });
    },
    [onChange, setFollowing],
  );
  const reachStart = useCallback(() => {
    void loadEarlier();
  }, [loadEarlier]);
  const close = useCallback(() => {
    setOpened(undefined);
  }, []);
  const { lines } = store;
  const full = lines.length === lines.capacity && !state.atStart;

  return (
    <div className={css['page']}>
      <PageTop
        title="Logs"
        sentence={
          state.loading && state.held === 0 ? 'Reading the logs…' : heldSentence({ services: names.length, ...state })
        }
        actions={
          <>
            <Button onClick={exporting.run} disabled={exporting.busy || !online || lines.length === 0}>
              Export
            </Button>
            <Button
              look={state.following ? 'primary' : 'plain'}
              aria-pressed={state.following}
              onClick={() => {
                setFollowing(!state.following);
              }}
            >
              Follow
            </Button>
          </>
        }
      />
      <LogToolbar view={view} services={names} colors={colors} counts={state.counts} onChange={onChange} />
      {state.problem === undefined ? null : (
        <div className={css['problem']}>
          <Banner tone="bad" title={state.problem.message}>
            {state.problem.remedy === undefined ? null : <p>{state.problem.remedy}</p>}
          </Banner>
        </div>
      )}
      {exporting.said === undefined ? null : (
        <p className={css['said']} role="status">
          {exporting.said}
        </p>
      )}
      <div className={css['split']}>
        {lines.length === 0 ? (
          <LogsEmpty
            loading={state.loading}
            filtered={isFiltered(view)}
            held={state.held}
            running={stack?.services.some(({ containers }) => containers.length > 0) ?? false}
            onClear={() => {
              onChange({ services: [], levels: [], search: '' });
            }}
          />
        ) : (
          <div className={css['lines']}>
            <LogList
              lines={{ first: lines.first, end: lines.end, at: (position) => lines.at(position) }}
              following={state.following}
              head={headText({ ...state, full })}
              colors={colors}
              needle={needleOf(view.search)}
              selected={opened?.seq}
              onFollow={setFollowing}
              onReachStart={reachStart}
              onOpen={setOpened}
              onTrace={trace}
            />
            {state.following || state.fresh === 0 ? null : (
              <button
                type="button"
                className={css['pill']}
                onClick={() => {
                  setFollowing(true);
                }}
              >
                <ArrowDown size={14} aria-hidden="true" />
                {counted(state.fresh, 'new line')}
                {state.paused ? ' and more' : ''}
              </button>
            )}
          </div>
        )}
        {opened === undefined ? null : <LineDetail line={opened} onTrace={trace} onClose={close} />}
      </div>
    </div>
  );
}
