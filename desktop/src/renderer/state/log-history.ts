import type { LogLine } from '#contract/index.ts';
import type { Core } from './core.ts';
import { type LogRequest, pageLimit } from './log-pull.ts';

const wanted = 500;

/** Lines are numbered from 1. Matching lines whose seq lies between `low` and `high`, both left out. */
async function linesBetween(core: Core, { environment, filter, signal }: LogRequest, low: number, high: number) {
  const found: LogLine[] = [];
  let after = low;
  for (;;) {
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, after }, { signal });
    found.push(...page.lines.filter(({ seq }) => seq < high));
    if (!page.more || page.cursor >= high || page.cursor <= after) return found;
    after = page.cursor;
  }
}

/**
 * Some hundred matching lines from before `seq`, found by stepping back in windows that grow while matches are rare.
 * `atStart` says that there is none older.
 */
export async function linesBefore(
  core: Core,
  request: LogRequest,
  seq: number,
): Promise<{ earlier: LogLine[]; atStart: boolean }> {
  let earlier: LogLine[] = [];
  let high = seq;
  let span = pageLimit;
  while (earlier.length < wanted && high > 1) {
    const low = Math.max(0, high - span - 1);
    earlier = [...(await linesBetween(core, request, low, high)), ...earlier];
    high = low + 1;
    span *= 4;
  }
  return { earlier, atStart: high <= 1 };
}

/** Every matching line that the core holds, oldest first, page by page. */
export async function* allLines(core: Core, request: LogRequest): AsyncGenerator<LogLine[]> {
  const { environment, filter, signal } = request;
  let after = 0;
  for (;;) {
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, after }, { signal });
    yield page.lines;
    if (!page.more || page.cursor <= after) return;
    after = page.cursor;
  }
}
