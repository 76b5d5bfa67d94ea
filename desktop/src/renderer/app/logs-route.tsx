import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { LogsPage, type LogView } from '#features/logs/index.ts';
import { useStore } from '#state/index.ts';
import { searchOf, viewOf } from './log-view.ts';
import { usePanel } from './use-panel.ts';

export function LogsRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const search = useSearch({ from: '__root__', structuralSharing: true });
  const wrapLogs = useStore(stores.preferences, (kept) => kept.wrapLogs);
  const clock = useStore(stores.preferences, ({ logClock }) => logClock);
  const view = useMemo(() => viewOf(search, { wrapLogs }), [search, wrapLogs]);
  const change = useCallback(
    (view: LogView) => {
      void navigate({ to: '/logs', search: ({ env }) => searchOf(view, { wrapLogs }, env), replace: true });
    },
    [navigate, wrapLogs],
  );
  if (environment === undefined) return null;
  return (
    <LogsPage
      key={environment.id}
      stores={stores}
      environment={environment.id}
      view={view}
      utc={clock === 'utc'}
      onChange={change}
    />
  );
}
