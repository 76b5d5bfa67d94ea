import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The folder that `-C DIR` names, made absolute; undefined without it. Switches of the browser engine are not ours. */
export function directoryFrom(args: readonly string[], cwd: string): string | undefined {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { directory: { type: 'string', short: 'C' } },
  });
  return typeof values.directory === 'string' ? resolve(cwd, values.directory) : undefined;
}
