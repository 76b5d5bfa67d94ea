import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** A socket of this machine that leads to an engine's socket on another, through one SSH connection. */
export interface SshTunnel {
  readonly socketPath: string;
  /** False from when the connection has ended. */
  readonly isOpen: () => boolean;
  close(): void;
}

const defaultSocket = '/var/run/docker.sock';
const openMs = 20_000;
const lookMs = 25;
const keptErrors = 2000;

/**
 * Opens one with the system's own `ssh`: its configuration, keys, agent and known hosts count, and it never asks. All
 * requests share the connection. Throws ENGINE_DOWN, ENGINE_PERMISSION or ENGINE_ENDPOINT with what ssh said.
 */
export async function openSshTunnel(url: string, env: NodeJS.ProcessEnv = process.env): Promise<SshTunnel> {
  const { destination, port, remote } = partsOf(url);
  const folder = await mkdtemp(join(tmpdir(), 'quayside-ssh-'));
  const socketPath = join(folder, 'docker.sock');
  const options = [
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    'ConnectTimeout=15',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=3',
  ];
  const args = [
    '-N',
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...port,
    '-L',
    `${socketPath}:${remote}`,
    '--',
    destination,
  ];
  const child = spawn('ssh', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said = gather(child);
  let open = true;
  child.once('close', () => {
    open = false;
    void rm(folder, { recursive: true, force: true });
  });
  const tunnel = { socketPath, isOpen: () => open, close: () => void child.kill() };
  try {
    await untilOpen(child, socketPath, () => open);
  } catch (error) {
    tunnel.close();
    throw failure(url, error, said());
  }
  // The connection alone keeps no process alive that has nothing else to do.
  child.unref();
  return tunnel;
}

function partsOf(text: string): { destination: string; port: string[]; remote: string } {
  const { username, hostname, port, pathname } = new URL(text);
  const user = username === '' ? '' : `${decodeURIComponent(username)}@`;
  const remote = pathname === '' || pathname === '/' ? defaultSocket : decodeURIComponent(pathname);
  return { destination: `${user}${hostname}`, port: port === '' ? [] : ['-p', port], remote };
}

/** The last of what ssh wrote on its standard error. */
function gather(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = `${text}${part}`.slice(-keptErrors);
  });
  return () => text.trim();
}

/** ssh makes the socket when it has logged in. */
async function untilOpen(child: ChildProcess, socketPath: string, isOpen: () => boolean): Promise<void> {
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  const until = performance.now() + openMs;
  while (!existsSync(socketPath)) {
    if (failed) throw failed;
    if (!isOpen()) throw new Error('it ended');
    if (performance.now() > until) throw new Error('it took too long');
    await pause(lookMs);
  }
}

const kinds: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /permission denied|too many authentication failures/i,
    'ENGINE_PERMISSION',
    say`Add your public key on that machine, and load it into your SSH agent: Quayside never asks for a password.`,
  ],
  [
    /host key verification failed|remote host identification has changed/i,
    'ENGINE_ENDPOINT',
    say`Connect once with ssh by hand and compare the fingerprint; the key of that machine is not known, or has changed.`,
  ],
  [/could not resolve hostname/i, 'ENGINE_ENDPOINT', say`Check the name of the machine.`],
];

function failure(url: string, error: unknown, said: string): QuaysideError {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (missing) {
    return new QuaysideError('ENGINE_ENDPOINT', say`To reach ${url}, the program ssh is needed, and it is not here.`, {
      remedy: say`Install the OpenSSH client.`,
    });
  }
  const reason = said.split('\n').at(-1) ?? '';
  const [, code = 'ENGINE_DOWN', remedy = say`Check that the machine is on and reachable by ssh.`] =
    kinds.find(([pattern]) => pattern.test(said)) ?? [];
  const message = reason === '' ? say`No SSH connection to ${url}.` : say`No SSH connection to ${url}: ${reason}.`;
  return new QuaysideError(code, message, {
    remedy,
    details: { endpoint: url },
    cause: error,
  });
}
