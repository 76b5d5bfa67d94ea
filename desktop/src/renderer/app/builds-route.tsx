import { useNavigate, useSearch } from '@tanstack/react-router';
import { BuildsPage } from '#features/builds/index.ts';
import { EngineNotice } from './engine-notice.tsx';
import { usePanel } from './use-panel.ts';

export function BuildsRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const { build } = useSearch({ from: '__root__' });
  if (environment === undefined) return null;
  return (
    <BuildsPage
      key={environment.id}
      stores={stores}
      environment={environment}
      notice={<EngineNotice stores={stores} environment={environment.id} />}
      selected={build}
      onSelect={(id) => {
        void navigate({
          to: '/builds',
          search: ({ env }) => ({ ...(env === undefined ? {} : { env }), ...(id === undefined ? {} : { build: id }) }),
          replace: true,
        });
      }}
    />
  );
}
