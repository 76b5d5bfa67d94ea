import { QuaysideError } from '#contract/index.ts';
import { createEngine } from '#engine/engine.ts';
import { version } from '#kit/version.ts';
import { parseWebArguments } from './arguments.ts';
import { builtPanel } from './built-panel.ts';
import { servePanel } from './serve-panel.ts';

/** Runs the web host until it is told to stop; gives the exit status: 0 stopped, 1 could not serve, 2 wrong usage. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { directory, ...options } = parseWebArguments(args, process.cwd());
    const engine = createEngine({ directory, endpoint: {}, hostKind: 'web', version, env: process.env });
    await servePanel({ engine, ...options, staticDir: builtPanel });
    return 0;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  const remedy = error instanceof QuaysideError ? error.remedy : undefined;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`quayside: ${message}\n${remedy === undefined ? '' : `${remedy}\n`}`);
  return error instanceof QuaysideError && error.code === 'USAGE' ? 2 : 1;
}
