export type { LogView } from './filter.ts';
export { LogsPage } from './logs-page.tsx';
