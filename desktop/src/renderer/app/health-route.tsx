import { HealthPage } from '#features/health/index.ts';
import { serviceLook, stackLook } from '#features/stack/index.ts';
import { useStore } from '#state/index.ts';
import { EngineNotice } from './engine-notice.tsx';
import { usePanel } from './use-panel.ts';

export function HealthRoute() {
  const { stores, environment } = usePanel();
  const condition = useStore(
    stores.stack,
    ({ byEnvironment }) => byEnvironment[environment?.id ?? '']?.stack?.condition,
  );
  if (environment === undefined) return null;
  const badge = condition === undefined ? undefined : stackLook(condition);
  return (
    <HealthPage
      key={environment.id}
      stores={stores}
      environment={environment}
      badge={badge}
      notice={<EngineNotice stores={stores} environment={environment.id} />}
      lookOf={serviceLook}
    />
  );
}
