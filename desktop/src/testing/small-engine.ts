import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { onPath } from './on-path.ts';

/** An engine of a test's own, all of whose data lies in a small piece of memory. */
export interface SmallEngine {
  readonly url: string;
  /** Leaves so many bytes free. */
  fill(free: number): Promise<void>;
  /** Ends the engine at once, as a crash does; what runs in its containers goes on. */
  kill(): Promise<void>;
  /** Starts it again, and waits until it answers. */
  start(): Promise<void>;
  dispose(): Promise<void>;
}

const run = promisify(execFile);

/** Reserved for tests of networks, and not what other engines of a machine take by themselves. */
const addresses = 'base=198.18.0.0/16,size=24';

/** Whether this machine can have one: it takes root, and the program itself. */
export function canHaveSmallEngine(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return process.getuid?.() === 0 && folders.some((folder) => existsSync(join(folder, 'dockerd')));
}

/** Starts an engine on `megabytes` of memory, without a bridge of its own, and waits until it answers. */
export async function startSmallEngine(megabytes: number): Promise<SmallEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-small-'));
  const [data, socket] = [join(folder, 'data'), join(folder, 'engine.sock')];
  await mkdir(data);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'qs-test-small', data]);
  let running: Running | undefined;
  const start = async (): Promise<void> => {
    running = begin(folder, data, socket);
    await Promise.race([answers(socket), running.ended.then(() => Promise.reject(new Error('dockerd ended at once')))]);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running?.process.kill(signal);
    await running?.ended;
  };
  const dispose = async (): Promise<void> => {
    await end('SIGTERM');
    await run('umount', ['--recursive', '--lazy', data]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url: `unix://${socket}`,
    async fill(free) {
      const { stdout } = await run('df', ['--output=avail', '-B1', data]);
      const available = Number(stdout.trim().split('\n').at(-1));
      await writeFile(join(data, 'fill'), Buffer.alloc(Math.max(0, available - free)));
    },
    async kill() {
      await end('SIGKILL');
      await rm(join(folder, 'pid'), { force: true });
    },
    start,
    dispose,
  };
}

interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
}

function begin(folder: string, data: string, socket: string): Running {
  const places = ['--data-root', data, '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid')];
  const network = ['--bridge=none', '--iptables=false', '--ip6tables=false', '--default-address-pool', addresses];
  const proxy = ['--userland-proxy-path', onPath('docker-proxy', 'docker.io')];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DOCKER')));
  const options = [...places, ...network, ...proxy, '--host', `unix://${socket}`];
  const engine = spawn('dockerd', options, { env, stdio: 'ignore' });
  return { process: engine, ended: once(engine, 'exit').catch(() => undefined) };
}

async function answers(socketPath: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (await pings(socketPath)) return;
    await pause(100);
  }
  throw new Error('dockerd did not answer within 60 s');
}

function pings(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => {
        resolve(false);
      })
      .end();
  });
}
