export { DiagnosticsPage } from './diagnostics-page.tsx';
