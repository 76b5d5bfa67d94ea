import { createSocket } from 'node:dgram';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Protocol } from './wanted-ports.ts';

const LISTEN = '0A';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function tryTcp(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(codeOf(error));
    });
    server.listen({ host, port, exclusive: true, ipv6Only: true }, () => {
      server.close(() => {
        resolve('');
      });
    });
  });
}

function tryUdp(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = host.includes(':') ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(codeOf(error));
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.close(() => {
        resolve('');
      });
    });
  });
}

/** One attempt at a time: two at once on the same port would take each other for another program. */
let attempts: Promise<unknown> = Promise.resolve();

/** Whether something on this machine listens there. It is tried out: whoever may not bind low ports gets no answer, which counts as free. */
export function isTaken(hostIp: string, port: number, protocol: Protocol): Promise<boolean> {
  const answer = attempts.then(() => tryOut(hostIp, port, protocol));
  attempts = answer.catch(() => undefined);
  return answer;
}

async function tryOut(hostIp: string, port: number, protocol: Protocol): Promise<boolean> {
  if (protocol === 'sctp') return false;
  const hosts = hostIp === '' ? ['0.0.0.0', '::'] : [hostIp.replace(/^\[|\]$/g, '')];
  for (const host of hosts) {
    const code = await (protocol === 'udp' ? tryUdp : tryTcp)(host, port);
    if (code === 'EADDRINUSE') return true;
  }
  return false;
}

/** Inodes of the sockets that hold a port, out of a table such as /proc/net/tcp. */
function inodesIn(table: string, port: number, protocol: Protocol): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${wanted}`) && (protocol === 'udp' || state === LISTEN))
    .map((fields) => fields[9] ?? '')
    .filter((inode) => inode !== '' && inode !== '0');
}

async function socketsOf(pid: string): Promise<string[]> {
  try {
    const folder = `/proc/${pid}/fd`;
    const names = await readdir(folder);
    return await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  } catch {
    // Another user's process, or one that has ended.
    return [];
  }
}

export interface PortOwner {
  readonly pid: number;
  readonly name: string;
}

/** The process that holds a port; undefined where the system does not tell (other systems, processes of other users). */
export async function findOwner(port: number, protocol: Protocol): Promise<PortOwner | undefined> {
  if (process.platform !== 'linux' || protocol === 'sctp') return undefined;
  const tables = await Promise.all(
    [`/proc/net/${protocol}`, `/proc/net/${protocol}6`].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const wanted = new Set(
    tables.flatMap((table) => inodesIn(table, port, protocol)).map((inode) => `socket:[${inode}]`),
  );
  if (wanted.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await socketsOf(pid)).some((link) => wanted.has(link))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return { pid: Number(pid), name: name.trim() };
  }
  return undefined;
}
