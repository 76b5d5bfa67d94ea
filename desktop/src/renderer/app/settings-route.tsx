import { useNavigate } from '@tanstack/react-router';
import { SettingsPage } from '#features/settings/index.ts';
import { shortcutWords } from './shortcuts.ts';
import { usePanel } from './use-panel.ts';

export function SettingsRoute() {
  const { stores } = usePanel();
  const navigate = useNavigate();
  return (
    <SettingsPage
      stores={stores}
      shortcuts={shortcutWords()}
      onDiagnostics={() => {
        void navigate({ to: '/diagnostics', search: ({ env }) => (env === undefined ? {} : { env }) });
      }}
    />
  );
}
