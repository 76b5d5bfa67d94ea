import { execFile, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { onPath } from './on-path.ts';

/** An SSH server of a test's own on the loopback address, and a client that trusts it and may log in. */
export interface SshServer {
  readonly port: number;
  /** PATH on which `ssh` is one with this configuration: the client asks nobody and reads nothing of this machine's user. */
  path(options?: { readonly key?: 'own' | 'other'; readonly trusted?: boolean }): Promise<string>;
  /** How many have logged in so far. */
  logins(): number;
  /** Breaks every connection off. */
  breakAll(): Promise<void>;
  dispose(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Starts one. It has to run as root with a user of its own for the part that is not logged in yet; that user exists in a
 * mount namespace only, so that the machine stays as it is.
 */
export async function startSshServer(): Promise<SshServer> {
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-ssh-'));
  const at = (name: string): string => join(folder, name);
  const port = await freePort();
  for (const name of ['host', 'own', 'other'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  await writeFile(
    at('passwd'),
    `${await readFile('/etc/passwd', 'utf8')}sshd:x:64998:65534::/run/sshd:/usr/sbin/nologin\n`,
  );
  const settings = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: at('host'),
    AuthorizedKeysFile: at('own.pub'),
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    UsePAM: 'no',
    StrictModes: 'no',
    PermitRootLogin: 'prohibit-password',
    PidFile: 'none',
    MaxStartups: 100,
  };
  await writeFile(
    at('sshd_config'),
    Object.entries(settings)
      .map(([key, value]) => `${key} ${value}\n`)
      .join(''),
  );
  const program = realpathSync(onPath('sshd', 'openssh-server'));
  const libraries = ['usr/lib', 'lib'].map((part) =>
    join(program, '../../..', part, `${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`),
  );
  const start = `mount --bind ${at('passwd')} /etc/passwd && mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec ${program} -D -e -f ${at('sshd_config')}`;
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(delimiter) };
  const child = spawn('unshare', ['-m', 'sh', '-c', start], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', () => {
      if (log.includes('Server listening')) resolve();
    });
    void ended.then(() => {
      reject(new Error(`sshd ended at once: ${log}`));
    });
  });
  return {
    port,
    async path({ key = 'own', trusted = true } = {}) {
      const bin = await mkdtemp(join(folder, 'bin-'));
      const known = join(bin, 'known_hosts');
      const hostKey = await readFile(at('host.pub'), 'utf8');
      await writeFile(known, trusted ? `[127.0.0.1]:${port} ${hostKey}` : '');
      await writeFile(
        join(bin, 'config'),
        `IdentityFile ${at(key)}\nIdentitiesOnly yes\nUserKnownHostsFile ${known}\nGlobalKnownHostsFile none\nStrictHostKeyChecking yes\n`,
      );
      await writeFile(
        join(bin, 'ssh'),
        `#!/bin/sh\nexec ${onPath('ssh', 'openssh-client')} -F ${join(bin, 'config')} "$@"\n`,
      );
      await chmod(join(bin, 'ssh'), 0o755);
      return `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
    },
    logins: () => log.split('Accepted publickey').length - 1,
    async breakAll() {
      // Its children are the connections.
      await run('pkill', ['-KILL', '-P', String(child.pid)]);
    },
    async dispose() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
