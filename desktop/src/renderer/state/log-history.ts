import type { LogExportPage, LogLine } from '#contract/index.ts';
import type { Core } from './core.ts';
import type { LogRequest } from './log-pull.ts';

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

/** Every matching line that there is, oldest first, page by page. */
export async function* allLines(
  core: Core,
  { environment, filter, signal }: LogRequest,
): AsyncGenerator<LogExportPage> {
  let id: string | undefined;
  do {
    const from = id === undefined ? {} : { id };
    const page = await core.client.logs.export({ environment, filter, ...from }, { signal });
    yield page;
    ({ id } = page);
  } while (id !== undefined);
}
