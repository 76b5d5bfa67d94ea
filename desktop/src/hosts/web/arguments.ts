import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { QuaysideError } from '#contract/index.ts';

/** What the command line of the web host asks for. */
export interface WebArguments {
  /** Absolute path of the project folder. */
  readonly directory: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Open the panel in the browser of whoever started it. */
  readonly open: boolean;
  /** Absolute path of a users file. */
  readonly users?: string;
}

const loopbackNames = new Set(['127.0.0.1', 'localhost']);

/** Reads `[-C DIR] [--port N] [--open | --no-open] [--bind 127.0.0.1] [--users FILE]`. Throws USAGE. */
export function parseWebArguments(args: readonly string[], cwd: string): WebArguments {
  const values = parse(args);
  const bind = values.bind ?? '127.0.0.1';
  if (!loopbackNames.has(bind)) {
    throw new QuaysideError('USAGE', `Quayside listens on 127.0.0.1 only, not on ${bind}.`, {
      remedy: 'From another machine use a tunnel with the same port on both ends: ssh -L 4870:127.0.0.1:4870 HOST.',
    });
  }
  return {
    directory: resolve(cwd, values.directory ?? '.'),
    port: parsePort(values.port),
    open: values.open ?? false,
    ...(values.users === undefined ? {} : { users: resolve(cwd, values.users) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowNegative: true,
      options: {
        directory: { type: 'string', short: 'C' },
        port: { type: 'string' },
        open: { type: 'boolean' },
        bind: { type: 'string' },
        users: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new QuaysideError('USAGE', error instanceof Error ? error.message : String(error), {
      remedy: 'Use: [-C DIR] [--port N] [--open | --no-open] [--users FILE]',
      cause: error,
    });
  }
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new QuaysideError('USAGE', `"${text}" is not a port.`, { remedy: 'Give a number from 0 to 65535.' });
}
