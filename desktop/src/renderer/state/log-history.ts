import type { LogLine, LogPage } from '#contract/index.ts';
import type { Core } from './core.ts';
import { type LogRequest, pageLimit } from './log-pull.ts';

/** The matching line next to `seq`, later or earlier; undefined where there is none. */
export async function lineNextTo(
  core: Core,
  { environment, filter, signal }: LogRequest,
  seq: number,
  step: 1 | -1,
): Promise<LogLine | undefined> {
  const from = step > 0 ? { after: seq } : { before: seq };
  const { lines } = await core.client.logs.read({ environment, filter, limit: 1, ...from }, { signal });
  return lines[0];
}

/** Lines that the core holds, and where older ones are that only the engine has. */
export type HeldLines = Pick<LogPage, 'lines' | 'earlier'>;

/** Every matching line that the core holds, oldest first, page by page. */
export async function* allLines(core: Core, request: LogRequest): AsyncGenerator<HeldLines> {
  const { environment, filter, signal } = request;
  let after = 0;
  for (;;) {
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, after }, { signal });
    yield page;
    if (!page.more || page.cursor <= after) return;
    after = page.cursor;
  }
}
