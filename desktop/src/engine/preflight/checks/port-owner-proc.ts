import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PortOwner } from './port-owner-commands.ts';
import type { Protocol } from './wanted-ports.ts';

const LISTEN = '0A';

/** Inodes of the sockets that hold a port, out of a table such as /proc/net/tcp. */
export function inodesIn(table: string, port: number, protocol: Protocol): string[] {
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

/** The name of its file; a process may call itself anything (Node calls itself MainThread). */
async function programOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => '');
  if (file !== '') return basename(file.replace(/ \(deleted\)$/, ''));
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

/** The owner of a port out of the tables of a Linux kernel. */
export async function ownerByProc(port: number, protocol: Protocol): Promise<PortOwner | undefined> {
  const tables = await Promise.all(
    [`/proc/net/${protocol}`, `/proc/net/${protocol}6`].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const wanted = new Set(
    tables.flatMap((table) => inodesIn(table, port, protocol)).map((inode) => `socket:[${inode}]`),
  );
  if (wanted.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await socketsOf(pid)).some((link) => wanted.has(link))) continue;
    return { pid: Number(pid), name: await programOf(pid) };
  }
  return undefined;
}
