export { collect } from './collect.ts';
export type { DiagnosticsSources, Hidden } from './sources.ts';
