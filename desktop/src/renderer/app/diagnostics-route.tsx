import { DiagnosticsPage } from '#features/diagnostics/index.ts';
import { usePanel } from './use-panel.ts';

export function DiagnosticsRoute() {
  const { stores, environment } = usePanel();
  return <DiagnosticsPage key={environment?.id ?? ''} stores={stores} environment={environment} />;
}
