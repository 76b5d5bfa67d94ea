import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { misuse } from './trouble.mjs';

export const usage = `Usage: npm start -- [--web] [--no-open] [--port N] [-C DIR]

  --web      serve the panel for the browser, also where Electron could open it
  --no-open  only print the address
  --port N   the port of the web panel (default: a free one)
  -C DIR     the folder with the compose files (default: the current folder)`;

const options = {
  web: { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  port: { type: 'string' },
  directory: { type: 'string', short: 'C' },
  help: { type: 'boolean', short: 'h', default: false },
};

function parse(args) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw misuse(error.message, usage);
  }
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The flags of `npm start`; paths count from `base`. Anything unknown or impossible is wrong usage. */
export function startOptions(args, base) {
  const { web, 'no-open': noOpen, port, directory, help } = parse(args);
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65_535)) {
    throw misuse(`--port wants a number from 0 to 65535, not "${port}".`, usage);
  }
  const folder = resolve(base, directory ?? '.');
  if (!isFolder(folder)) throw misuse(`There is no folder ${folder}.`, usage);
  return { web, open: !noOpen, port: port === undefined ? undefined : Number(port), folder, help };
}
