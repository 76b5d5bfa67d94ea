import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ReleasesPage } from '#features/releases/index.ts';
import { usePanel } from './use-panel.ts';

export function ReleasesRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const deploy = useSearch({ from: '__root__', select: (search) => search.deploy });
  const rollback = useSearch({ from: '__root__', select: (search) => search.rollback });
  const onAsked = useCallback(() => {
    void navigate({ to: '/releases', search: ({ env }) => (env === undefined ? {} : { env }), replace: true });
  }, [navigate]);
  if (environment === undefined) return null;
  return (
    <ReleasesPage
      key={environment.id}
      stores={stores}
      environment={environment}
      asked={{ deploy, rollback }}
      onAsked={onAsked}
    />
  );
}
