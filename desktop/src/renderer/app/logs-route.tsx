import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { LogsPage, type LogView } from '#features/logs/index.ts';
import { readSearch } from './search.ts';
import { usePanel } from './use-panel.ts';

export function LogsRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const { services, levels, q, request } = useSearch({ from: '__root__', structuralSharing: true });
  const view = useMemo(
    (): LogView => ({ services: services ?? [], levels: levels ?? [], search: q ?? '', correlationId: request }),
    [services, levels, q, request],
  );
  const change = useCallback(
    ({ services, levels, search, correlationId }: LogView) => {
      void navigate({
        to: '/logs',
        search: ({ env }) =>
          readSearch({ env, services: [...services], levels: [...levels], q: search, request: correlationId }),
        replace: true,
      });
    },
    [navigate],
  );
  if (environment === undefined) return null;
  return <LogsPage key={environment.id} stores={stores} environment={environment.id} view={view} onChange={change} />;
}
