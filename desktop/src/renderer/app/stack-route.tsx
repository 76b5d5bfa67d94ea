import { useNavigate } from '@tanstack/react-router';
import { StackPage } from '#features/stack/index.ts';
import { usePanel } from './use-panel.ts';

export function StackRoute() {
  const { stores, environment } = usePanel();
  const navigate = useNavigate();
  if (environment === undefined) return null;
  return (
    <StackPage
      key={environment.id}
      stores={stores}
      environment={environment}
      onRepair={(repair) => {
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
      onShowLogs={(service) => {
        void navigate({
          to: '/logs',
          search: ({ env }) => ({ ...(env === undefined ? {} : { env }), services: [service] }),
        });
      }}
    />
  );
}
