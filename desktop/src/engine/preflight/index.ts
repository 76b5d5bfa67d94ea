export { isLocalEngine, type PreflightInput } from './check.ts';
export { runPreflight } from './run.ts';
