import { ReleasesPage } from '#features/releases/index.ts';
import { usePanel } from './use-panel.ts';

export function ReleasesRoute() {
  const { stores, environment } = usePanel();
  if (environment === undefined) return null;
  return <ReleasesPage key={environment.id} stores={stores} environment={environment} />;
}
