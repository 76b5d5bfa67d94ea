export type { LogContainer } from './follow/log-container.ts';
export { createProjectLogs, type ProjectLogs } from './project-logs.ts';
export { checkFilter } from './query/check-filter.ts';
export { parseSince } from './since.ts';
export { streamLogs } from './stream-logs.ts';
