import { SettingsPage } from '#features/settings/index.ts';
import { shortcuts } from './shortcuts.ts';
import { usePanel } from './use-panel.ts';

export function SettingsRoute() {
  const { stores } = usePanel();
  return <SettingsPage stores={stores} shortcuts={shortcuts} />;
}
