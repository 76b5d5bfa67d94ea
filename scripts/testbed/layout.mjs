import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Trouble } from '../lib/trouble.mjs';

// A unix socket's path holds 107 bytes; the longest one below the state folder takes 39 of them.
const longest = 68;

/** Where everything of one testbed lies. Two state folders are two testbeds. */
export function layout(env = process.env) {
  const dir = resolve(env['QUAYSIDE_TESTBED'] || join(env['HOME'] || homedir(), '.cache', 'quayside-testbed'));
  if (Buffer.byteLength(dir) > longest) {
    throw new Trouble(
      `The testbed's state folder has too long a path for unix sockets: ${dir}`,
      `Set QUAYSIDE_TESTBED to a folder of at most ${longest} characters.`,
    );
  }
  const at = (...parts) => join(dir, ...parts);
  return {
    dir,
    id: createHash('sha256').update(dir).digest('hex').slice(0, 8),
    lock: at('lock'),
    settings: at('testbed.json'),
    apt: at('apt'),
    debs: at('debs'),
    root: at('root'),
    bin: at('bin'),
    config: at('config'),
    data: at('data'),
    exec: at('exec'),
    base: at('base'),
    socket: at('docker.sock'),
    endpoint: `unix://${at('docker.sock')}`,
    containerdSocket: at('exec', 'containerd.sock'),
    registryData: at('registry'),
    pid: (name) => at(`${name}.pid`),
    log: (name) => at(`${name}.log`),
    configOf: (name) => at(`${name}.conf`),
  };
}
