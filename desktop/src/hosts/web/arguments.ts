import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { QuaysideError } from '#contract/index.ts';
import type { PlaceOptions } from './place.ts';

/** What the command line of the web host asks for. */
export interface WebArguments extends PlaceOptions {
  /** Absolute path of the project folder. */
  readonly directory: string;
  /** Open the panel in the browser of whoever started it. */
  readonly open: boolean;
}

const usage =
  '[-C DIR] [--port N] [--open | --no-open] [--users FILE] [--oidc FILE] [--bind ADDRESS --tls-cert FILE --tls-key FILE | --behind-proxy ORIGIN [--proxy-address IP]] [--socket PATH]';

/** Reads the arguments; whether a panel may be served like that is decided later. Throws USAGE. */
export function parseWebArguments(args: readonly string[], cwd: string): WebArguments {
  const values = parse(args);
  const file = (name: keyof typeof values, as: keyof PlaceOptions): Partial<PlaceOptions> => {
    const value = values[name];
    return typeof value === 'string' ? { [as]: resolve(cwd, value) } : {};
  };
  const text = (name: keyof typeof values, as: keyof PlaceOptions): Partial<PlaceOptions> => {
    const value = values[name];
    return typeof value === 'string' ? { [as]: value } : {};
  };
  return {
    directory: resolve(cwd, values.directory ?? '.'),
    port: parsePort(values.port),
    open: values.open ?? false,
    ...file('users', 'users'),
    ...file('oidc', 'oidc'),
    ...file('socket', 'socket'),
    ...file('tls-cert', 'tlsCert'),
    ...file('tls-key', 'tlsKey'),
    ...text('bind', 'bind'),
    ...text('behind-proxy', 'behindProxy'),
    ...text('proxy-address', 'proxyAddress'),
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
        oidc: { type: 'string' },
        socket: { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'behind-proxy': { type: 'string' },
        'proxy-address': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new QuaysideError('USAGE', error instanceof Error ? error.message : String(error), {
      remedy: `Use: ${usage}`,
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
