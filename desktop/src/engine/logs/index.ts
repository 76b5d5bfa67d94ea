export type { LogContainer } from './follow/follower.ts';
export { createProjectLogs, type ProjectLogs } from './project-logs.ts';
export { parseSince } from './since.ts';
export { streamLogs } from './stream-logs.ts';
