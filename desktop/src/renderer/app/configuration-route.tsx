import { useNavigate } from '@tanstack/react-router';
import { ConfigurationPage } from '#features/configuration/index.ts';
import { usePanel } from './use-panel.ts';

export function ConfigurationRoute() {
  const { stores, project, environment } = usePanel();
  const navigate = useNavigate();
  if (environment === undefined) return null;
  return (
    <ConfigurationPage
      key={environment.id}
      stores={stores}
      environment={environment}
      environments={project?.environments ?? []}
      onShowStack={() => {
        void navigate({ to: '/stack', search: ({ env }) => (env === undefined ? {} : { env }) });
      }}
    />
  );
}
