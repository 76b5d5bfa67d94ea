import { useNavigate, useSearch } from '@tanstack/react-router';
import { ConfigurationPage } from '#features/configuration/index.ts';
import { usePanel } from './use-panel.ts';

export function ConfigurationRoute() {
  const { stores, project, environment } = usePanel();
  const navigate = useNavigate();
  const { form, set, value } = useSearch({ from: '__root__' });
  if (environment === undefined) return null;
  return (
    <ConfigurationPage
      key={environment.id}
      stores={stores}
      environment={environment}
      environments={project?.environments ?? []}
      wanted={form === true ? { kind: 'form' } : set === undefined ? undefined : { kind: 'variable', name: set, value }}
      onOpened={() => {
        // What was opened once is not opened again by a reload or a step back.
        void navigate({
          to: '/configuration',
          search: ({ env }) => (env === undefined ? {} : { env }),
          replace: true,
        });
      }}
      onShowStack={() => {
        void navigate({ to: '/stack', search: ({ env }) => (env === undefined ? {} : { env }) });
      }}
    />
  );
}
