import { ActivityPage } from '#features/activity/index.ts';
import { usePanel } from './use-panel.ts';

export function ActivityRoute() {
  const { stores, environment } = usePanel();
  if (environment === undefined) return null;
  return <ActivityPage key={environment.id} stores={stores} environment={environment} />;
}
