import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { StackPage } from '#features/stack/index.ts';
import { usePanel } from './use-panel.ts';

export function StackRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  const asked = useSearch({ from: '__root__', select: ({ ask }) => ask });
  const onAsked = useCallback(() => {
    void navigate({ to: '/stack', search: ({ env }) => (env === undefined ? {} : { env }), replace: true });
  }, [navigate]);
  if (environment === undefined) return null;
  return (
    <StackPage
      key={environment.id}
      stores={stores}
      environment={environment}
      onRepair={(repair) => {
        if (repair.kind === 'login') {
          stores.registryLogins.getState().ask(repair.registry);
          void navigate({ to: '/settings', search: ({ env }) => (env === undefined ? {} : { env }) });
          return;
        }
        void navigate({
          to: '/configuration',
          search: ({ env }) => ({
            ...(env === undefined ? {} : { env }),
            ...(repair.kind === 'form'
              ? { form: true }
              : { set: repair.name, ...(repair.value === undefined ? {} : { value: repair.value }) }),
          }),
        });
      }}
      asked={asked}
      onAsked={onAsked}
      onShowLogs={(service) => {
        void navigate({
          to: '/logs',
          search: ({ env }) => ({ ...(env === undefined ? {} : { env }), services: [service] }),
        });
      }}
    />
  );
}
