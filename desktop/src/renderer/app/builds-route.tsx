import { useNavigate, useSearch } from '@tanstack/react-router';
import { BuildsPage } from '#features/builds/index.ts';
import { hindranceOf } from '#features/stack/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { EngineNotice } from './engine-notice.tsx';
import { usePanel } from './use-panel.ts';

/** Why nothing can be built now, in words; nothing where it can. */
function useHindrance(stores: Stores, environment: string | undefined): string | undefined {
  const id = environment ?? '';
  const online = useStore(stores.connection, ({ status }) => status === 'connected');
  const stack = useStore(stores.stack, ({ byEnvironment }) => byEnvironment[id]?.stack);
  const operation = useStore(stores.operation, ({ byEnvironment }) => byEnvironment[id]);
  return hindranceOf({ online, stack, operation });
}

export function BuildsRoute() {
  const { stores, environment } = usePanel();
  const hindrance = useHindrance(stores, environment?.id);
  const navigate = useNavigate();
  const { build } = useSearch({ from: '__root__' });
  if (environment === undefined) return null;
  return (
    <BuildsPage
      key={environment.id}
      stores={stores}
      environment={environment}
      notice={<EngineNotice stores={stores} environment={environment.id} kept />}
      hindrance={hindrance}
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
