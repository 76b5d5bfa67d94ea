import type { LogLine, LogStreamQuery } from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import type { StackWatch } from './health/index.ts';
import { type EngineLink, logContainers } from './link.ts';
import { type LogContainer, parseSince, streamLogs } from './logs/index.ts';

/** The lines of a project's containers in merged order, many at a time; with `follow`, containers that come later join in. */
export async function* streamProject(
  link: EngineLink,
  project: string,
  query: LogStreamQuery,
  signal: AbortSignal,
  show: (text: string) => string,
): AsyncGenerator<readonly LogLine[]> {
  const stack = link.watch().project(project);
  await stack.settled();
  const since = query.since === undefined ? {} : { since: parseSince(query.since, Date.now()) };
  const until = query.until === undefined ? {} : { until: parseSince(query.until, Date.now()) };
  const tail = query.tail === undefined ? {} : { tail: query.tail };
  yield* streamLogs({
    gateway: link.gateway,
    containers: query.follow ? lists(stack, signal) : chosen(stack),
    follow: query.follow,
    filter: query.filter,
    signal,
    show,
    ...since,
    ...until,
    ...tail,
  });
}

function chosen(stack: StackWatch): LogContainer[] {
  return stack.snapshot ? logContainers(stack.snapshot) : [];
}

async function* lists(stack: StackWatch, signal: AbortSignal): AsyncGenerator<LogContainer[]> {
  const bell = createBell();
  const end = stack.onChange(bell.ring);
  try {
    while (!signal.aborted) {
      if (stack.snapshot?.stale !== true) yield chosen(stack);
      await bell.next(signal);
    }
  } finally {
    end();
  }
}
