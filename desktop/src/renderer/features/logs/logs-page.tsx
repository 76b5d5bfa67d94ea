import { useCallback, useMemo, useRef, useState } from 'react';
import { type Stores, useStore } from '#state/index.ts';
import { t } from '#words/index.ts';
import { isFiltered, isSought, type LogView, matchesOf, unfiltered, wholeQuery } from './filter.ts';
import { markerOf } from './highlight.ts';
import { LinesPane } from './lines-pane.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { LogsEmpty } from './logs-empty.tsx';
import css from './logs-page.module.css';
import { LogsSide } from './logs-side.tsx';
import { LogsProblem, LogsTop } from './logs-top.tsx';
import { NewErrors } from './new-errors.tsx';
import { SearchLine } from './search-line.tsx';
import { useServiceColors } from './service-color.ts';
import type { ListHandle } from './use-active-row.ts';
import { useCounts } from './use-counts.ts';
import { useExport } from './use-export.ts';
import { useLinesNow } from './use-lines.ts';
import { useOpenedLine } from './use-opened-line.ts';
import { useReading } from './use-reading.ts';
import { useSettled } from './use-settled.ts';
import { useSteps } from './use-steps.ts';
import { UtcProvider } from './utc.ts';
import { ViewTools } from './view-tools.tsx';
import { VolumeStrip } from './volume-strip.tsx';

export interface LogsPageProps {
  stores: Stores;
  environment: string;
  /** The same object as long as nothing in it changes. */
  view: LogView;
  /** Times are those of UTC. */
  utc: boolean;
  onChange: (view: LogView) => void;
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** All services' lines in the order of time, live. */
export function LogsPage({ stores, environment, view, utc, onChange }: LogsPageProps) {
  const store = stores.logs;
  const state = useSettled(store);
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[environment]?.stack);
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const list = useRef<ListHandle>(null);
  const lines = useLinesNow(store, state.version);
  const reading = useReading(store, environment, view, onChange, list, lines);
  const line = useOpenedLine(view, onChange, lines, state.loading, list);
  const steps = useSteps(store, environment, view, lines, list, reading.jumpToLine);
  const counts = useCounts(store, environment, view, state.held);
  const exporting = useExport(store, environment);
  const [traced, setTraced] = useState(false);

  const names = useMemo(() => stack?.services.map(({ name }) => name) ?? [], [stack]);
  const colors = useServiceColors(names);
  const query = wholeQuery(view);
  const marker = useMemo(() => markerOf(query), [query]);
  const trace = useCallback(
    (request: string) => {
      store.getState().setFollowing(false);
      setTraced(true);
      onChange({ ...view, request });
    },
    [store, view, onChange],
  );
  const check = useCallback((next: LogView) => store.getState().check(matchesOf(next)), [store]);
  const refused = state.problem?.code === 'USAGE' ? state.problem : undefined;
  const older = !state.loading && state.problem === undefined && !state.atStart;
  const found = isSought(view) && counts !== undefined ? t('logs:search.matches', { count: counts.total }) : '';

  return (
    <UtcProvider value={utc}>
      <div className={css['page']}>
        <LogsTop
          store={store}
          view={view}
          services={names.length}
          exporting={exporting}
          disabled={!online || (lines.first === lines.end && !older)}
          onFollow={reading.follow}
        />
        <LogToolbar
          view={view}
          services={names}
          colors={colors}
          counts={state.counts}
          onChange={onChange}
          search={
            <SearchLine view={view} onChange={onChange} check={check} refused={refused} found={found} steps={steps} />
          }
          tools={<ViewTools view={view} lines={lines} onChange={onChange} onJump={reading.jump} />}
        />
        {refused === undefined ? <LogsProblem problem={state.problem} /> : null}
        {[exporting.said, line.missing].map((said) =>
          said === undefined ? null : (
            <p key={said} className={css['said']} role="status">
              {said}
            </p>
          ),
        )}
        <VolumeStrip
          counts={counts}
          onPick={(from, to) => {
            onChange({ ...view, from: iso(from), to: iso(to), at: undefined });
          }}
        />
        <NewErrors
          store={store}
          environment={environment}
          errors={(state.counts.error ?? 0) + (state.counts.fatal ?? 0)}
          colors={colors}
          onGo={reading.jumpToLine}
        />
        <div className={css['split']}>
          {lines.first === lines.end ? (
            <LogsEmpty
              loading={state.loading}
              filtered={isFiltered(view)}
              held={state.held}
              running={stack?.services.some(({ containers }) => containers.length > 0) ?? false}
              onClear={() => {
                onChange(unfiltered(view));
              }}
              onOlder={older ? steps.goOlder : undefined}
            />
          ) : (
            <LinesPane
              handle={list}
              store={store}
              view={view}
              colors={colors}
              marker={marker}
              selected={line.opened?.seq}
              onFollow={reading.follow}
              onChange={onChange}
              onOpen={line.onOpen}
              onTrace={trace}
              onStep={steps.go}
            />
          )}
          <LogsSide
            store={store}
            environment={environment}
            view={view}
            onChange={onChange}
            colors={colors}
            line={line}
            traced={traced}
            list={list}
            onTrace={trace}
          />
        </div>
      </div>
    </UtcProvider>
  );
}
