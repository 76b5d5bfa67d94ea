import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { LogsPage, type LogView } from '#features/logs/index.ts';
import { type PanelSearch, readSearch } from './search.ts';
import { usePanel } from './use-panel.ts';

function viewOf({ services, levels, q, where, from, to, all, at, cols, wrap, line, request }: PanelSearch): LogView {
  return {
    services: services ?? [],
    levels: levels ?? [],
    query: q ?? '',
    conditions: where ?? [],
    columns: cols ?? [],
    all: all === true,
    wrap: wrap === true,
    from,
    to,
    at,
    line,
    request,
  };
}

function searchOf(view: LogView, env: string | undefined): PanelSearch {
  const { query, conditions, columns, services, levels, ...rest } = view;
  return readSearch({
    ...rest,
    env,
    services: [...services],
    levels: [...levels],
    q: query,
    where: [...conditions],
    cols: [...columns],
  });
}

export function LogsRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const search = useSearch({ from: '__root__', structuralSharing: true });
  const view = useMemo(() => viewOf(search), [search]);
  const change = useCallback(
    (view: LogView) => {
      void navigate({ to: '/logs', search: ({ env }) => searchOf(view, env), replace: true });
    },
    [navigate],
  );
  if (environment === undefined) return null;
  return <LogsPage key={environment.id} stores={stores} environment={environment.id} view={view} onChange={change} />;
}
